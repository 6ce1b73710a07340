"""What the forms of a group offer to choose from."""

from typing import Any

from django.db.models import Q, QuerySet

from maillage.core.text import as_uid
from maillage.directory.models import Organization, Person
from maillage.directory.permissions import can_keep_directory
from maillage.programs.models import Program

from .models import Group, Member

MOST, MOST_PEOPLE = 200, 20


def organizations_offered(actor: Any, group: Group | None) -> list[str]:
    """Names of organizations: those that sit in the group, and partners of its programmes, or of the actor's."""
    programs = Program.objects.filter(groups=group) if group else Program.objects.visible_to(actor)
    near = Q(partnerships__program__in=programs.order_by().values("pk"))
    if group is not None:
        near |= Q(seats__group=group)
    found = Organization.objects.active().filter(near).distinct().order_by("name", "id")
    return list(found.values_list("name", flat=True)[:MOST])


def people_known_to(actor: Any) -> QuerySet[Person]:
    """Whom `actor` may choose by name: who consents to be listed, who sits with them somewhere; everybody, for those
    who keep the directory."""
    if can_keep_directory(actor):
        return Person.objects.all()
    here = Group.objects.visible_to(actor).order_by().values("pk")
    beside = Member.objects.current().filter(group__in=here).order_by().values("person")
    return Person.objects.filter(Q(is_listed=True) | Q(pk__in=beside))


def people_found(actor: Any, group: Group, words: str) -> list[Person]:
    """People of the directory whose name holds `words` and who are not in the group yet, a few."""
    if len(words.strip()) < 2:
        return []
    inside = Member.objects.current().filter(group=group).order_by().values("person")
    found = people_known_to(actor).filter(name__icontains=words.strip()).exclude(pk__in=inside)
    return list(found.prefetch_related("affiliations__organization").order_by("name", "pk")[:MOST_PEOPLE])


def person_chosen(actor: Any, text: str | None) -> Person | None:
    """The person that an address names, among those whom `actor` may choose."""
    uid = as_uid(text)
    return people_known_to(actor).filter(uid=uid).first() if uid else None
