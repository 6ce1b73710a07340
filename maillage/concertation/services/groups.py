"""Opens groups and changes them."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.addresses import address_of
from maillage.concertation.capacities import capacity_for
from maillage.concertation.enums import GroupState, MemberRole
from maillage.concertation.models import Group, Member
from maillage.concertation.permissions import can_keep_members, can_open_group
from maillage.core.errors import require
from maillage.core.services import Outcome, Written, audit, write
from maillage.core.text import stems
from maillage.directory.models import Affiliation, Organization
from maillage.directory.services import person_of
from maillage.programs.models import Program
from maillage.programs.queries import coordinates_somewhere
from maillage.territories.models import HousingSite

VERBS = {"new": "concertation.group_added", "changed": "concertation.group_edited"}
DEEPEST = 6  # sub-groups of sub-groups


@transaction.atomic
def open_group(
    *, actor: Any, programs: Iterable[Program] = (), sites: Iterable[HousingSite] = (), **values: Any
) -> Group:
    """Open a group. Whoever opens it coordinates it, but for an administrator who works in no programme."""
    parent = values.get("parent")
    require(can_open_group(actor, parent))
    values = {**values, "slug": address_of(values.get("name", "")), "search": _search(values.get("name", ""))}
    group = write(actor=actor, obj=Group(), values=values, **VERBS).obj
    group.programs.set(programs)
    group.sites.set(sites)
    if not actor.is_administrator or coordinates_somewhere(actor):
        _seat_opener(actor, group)
    return group


@transaction.atomic
def edit_group(
    *,
    actor: Any,
    group: Group,
    programs: Iterable[Program] | None = None,
    sites: Iterable[HousingSite] | None = None,
    **values: Any,
) -> Written[Group]:
    """Change a group; only the `values` given are touched. `programs` and `sites` are all of them."""
    require(can_keep_members(actor, group))
    group = Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    if "parent" in values and values["parent"] != group.parent:
        _check_parent(actor, group, values["parent"])
    if "name" in values:
        values["search"] = _search(values["name"])
    if values.get("state") == GroupState.ENDED and not values.get("ended_on", group.ended_on):
        values["ended_on"] = timezone.localdate()
    written = write(actor=actor, obj=group, values=values, **VERBS)
    moved = {}
    for name, given in (("programs", programs), ("sites", sites)):
        if given is not None and (change := _set_many(getattr(group, name), list(given))):
            moved[name] = change
    if moved:
        audit(actor=actor, verb=VERBS["changed"], obj=group, changes=moved)
        return Written(group, Outcome.CHANGED, {**written.changes, **moved})
    return written


def _seat_opener(actor: Any, group: Group) -> None:
    person = getattr(actor, "directory_person", None) or person_of(
        actor=actor, name=actor.full_name or actor.email, email=actor.email
    )
    organization = _organization_of(actor, person.pk)
    seat = Member(
        group=group,
        person=person,
        organization=organization,
        capacity=capacity_for(organization),
        role=MemberRole.COORDINATOR,
        start=timezone.localdate(),
    )
    seat.full_clean()
    seat.save()
    audit(actor=actor, verb="concertation.member_added", obj=seat, changes={"role": [None, seat.role]})


def _organization_of(actor: Any, person: int) -> Organization | None:
    """Where the opener works: what the directory says, else their programme."""
    row = Affiliation.objects.current().filter(person=person).select_related("organization").order_by("pk").first()
    if row is not None:
        return row.organization
    found = actor.memberships.exclude(organization=None).select_related("organization").order_by("-pk").first()
    return found.organization if found else None


def _check_parent(actor: Any, group: Group, parent: Group | None) -> None:
    if parent is None:
        return
    require(can_open_group(actor, parent))
    above: Group | None = parent
    for _level in range(DEEPEST):
        if above is None:
            return
        if above.pk == group.pk:
            raise ValidationError({"parent": _("Ce groupe est lui-même un sous-groupe de « %s ».") % group})
        above = above.parent
    raise ValidationError({"parent": _("Ce serait trop de groupes les uns sous les autres.")})


def _set_many(links: Any, given: list[Any]) -> list[str] | None:
    """Before and after as names, when something changes."""
    before = {row.pk: str(row) for row in links.order_by("pk")}
    after = {row.pk: str(row) for row in given}
    if before.keys() == after.keys():
        return None
    links.set(given)
    return ["; ".join(sorted(before.values())), "; ".join(sorted(after.values()))]


def _search(name: str) -> str:
    return stems(name)[:600]
