"""The list of one's groups, as its page filters it; and the members of one."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext as _

from maillage.core.filters import filters_in_force
from maillage.core.text import fold, stems
from maillage.programs.models import Program
from maillage.territories.models import Division

from .enums import Capacity, GroupState, MemberRole
from .forms.groups import GroupFilter
from .models import Group, Meeting, Member
from .queries import GroupSeen

PER_PAGE, MEMBERS_PER_PAGE = 25, 50


@dataclass(frozen=True)
class Listing:
    """A page of a list, with its form and the filters in force."""

    page: Page
    form: Any = None
    filters: list[dict[str, str]] = field(default_factory=list)


def groups_listed(request: HttpRequest) -> Listing:
    """The groups that the person sees, filtered: those that ended are left out unless asked."""
    seen = Group.objects.visible_to(request.user)
    here = seen.order_by().values("pk")
    programs = Program.objects.filter(groups__in=here).distinct().order_by("name", "id")
    places = Division.objects.filter(groups__in=here).distinct().order_by("name", "id")
    form = GroupFilter(
        request.GET,
        programs=[(program.slug, program.name) for program in programs],
        territories=[(str(place.pk), f"{place.name} ({place.get_level_display()})") for place in places],
    )
    form.is_valid()
    found = _filtered(seen, form.cleaned_data).select_related("territory")
    members = Member.objects.current().filter(group=OuterRef("pk")).order_by()
    mine = members.filter(person__user_id=request.user.pk)
    found = found.annotate(
        member_count=Coalesce(Subquery(members.values("group").annotate(number=Count("pk")).values("number")), 0),
        next_at=Subquery(Meeting.objects.to_come().filter(group=OuterRef("pk")).values("starts_at")[:1]),
        my_role=Subquery(mine.values("role")[:1]),
    )
    page = Paginator(found.order_by("name", "id"), PER_PAGE).get_page(request.GET.get("page"))
    for group in page:
        group.role_label = MemberRole(group.my_role).label if group.my_role not in (None, MemberRole.MEMBER) else ""
    return Listing(page, form, filters_in_force(request, form))


def _filtered(found: Any, asked: dict[str, Any]) -> Any:
    for stem in stems(asked.get("q") or "").split():
        found = found.filter(search__contains=stem)
    if asked.get("type"):
        found = found.filter(kind=asked["type"])
    if asked.get("programme"):
        found = found.filter(programs__slug=asked["programme"])
    if place := asked.get("territoire"):
        inside = Q(territory=place) | Q(territory__parent=place) | Q(territory__parent__parent=place)
        found = found.filter(inside)
    state = asked.get("etat")
    if not state:
        return found.exclude(state=GroupState.ENDED)
    return found if state == "tous" else found.filter(state=state)


def members_listed(request: HttpRequest, seen: GroupSeen) -> dict[str, Any]:
    """The members of a group, by name: those of today or those who left, of one capacity, whose name or organization is sought."""
    former = request.GET.get("anciens") == "1"
    words = request.GET.get("q", "").strip()[:100]
    wanted = request.GET.get("titre", "")
    found = members_of(seen.group, former)
    if wanted in Capacity.values:
        found = found.filter(capacity=wanted)
    if words:
        # The database folds case differently from one engine to another: a group is small enough to fold here.
        labels = found.order_by().values_list("pk", "person__name", "organization__name")
        sought = fold(words)
        found = found.filter(pk__in=[pk for pk, *names in labels if any(sought in fold(name or "") for name in names)])
    page = Paginator(found, MEMBERS_PER_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "q": words,
        "former": former,
        "capacity": wanted if wanted in Capacity.values else "",
        "capacities": Capacity.choices,
        "nothing": _("Aucun membre ne répond à ces filtres.") if words or wanted else "",
    }


def members_of(group: Group, former: bool = False) -> QuerySet[Member]:
    """Members of a group by name, with their person and organization: those of today, or those who left or are to come."""
    current = Member.objects.current().filter(group=group)
    found = Member.objects.filter(group=group).exclude(pk__in=current.values("pk")) if former else current
    return found.select_related("person__user", "organization").order_by("person__name", "id")
