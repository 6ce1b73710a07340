"""The meetings that a calendar shows to somebody: those of their groups, and those that are announced to everybody."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from maillage.concertation.enums import MeetingState
from maillage.concertation.models import Group, Meeting, Member
from maillage.core.text import fold
from maillage.territories.models import Division

# A region holds MRC, which hold municipalities, which hold boroughs and local communities.
DEPTH = 4
SHOWN = (MeetingState.PLANNED, MeetingState.HELD, MeetingState.CANCELLED)


def groups_of(user: Any) -> QuerySet[Group]:
    """The groups whose member `user` is now: a calendar is of what one takes part in, for administrators too."""
    if not user.is_authenticated:
        return Group.objects.none()
    mine = Member.objects.current().filter(person__user_id=user.pk).order_by().values("group")
    return Group.objects.filter(pk__in=mine).order_by("name", "id")


def meetings_seen(user: Any, *, public: bool = True, territory: Division | None = None) -> QuerySet[Meeting]:
    """The meetings with a date of the groups of `user`, and the `public` ones; those of `territory` and of what it holds.

    A meeting without territory is where its group is. In order of time.
    """
    seen = Q(group__in=groups_of(user).order_by().values("pk"))
    if public:
        seen |= Q(is_public=True, group__is_discreet=False)
    found = Meeting.objects.filter(seen, state__in=SHOWN, starts_at__isnull=False, ends_at__isnull=False)
    if territory is not None:
        found = found.filter(inside(territory))
    return found.select_related("group").order_by("starts_at", "id")


def inside(territory: Division) -> Q:
    """Meetings of `territory` and of the divisions that it holds."""
    own, of_group = Q(), Q()
    for depth in range(DEPTH):
        up = "__parent" * depth
        own |= Q(**{f"division{up}": territory.pk})
        of_group |= Q(**{f"group__territory{up}": territory.pk})
    return own | (Q(division__isnull=True) & of_group)


def page_of(meeting: Meeting, member_of: Collection[int]) -> str:
    """Where somebody who is a member of these groups reads of the meeting; nothing when there is no page for them."""
    if meeting.group_id in member_of:
        return reverse("concertation:meeting", args=[meeting.uid])
    if meeting.takes_registrations and meeting.state == MeetingState.PLANNED:
        return reverse("concertation:register", args=[meeting.uid])
    return reverse("concertation:group_sheet", args=[meeting.group.slug]) if meeting.group.is_public else ""


def territories_of(meetings: QuerySet[Meeting]) -> list[Division]:
    """The territories in which these meetings stand, and those that hold them, by name; in two queries."""
    rows = meetings.order_by().values_list("division", "group__territory").distinct()
    numbers = {division or territory for division, territory in rows} - {None}
    chain = "parent__parent__parent"
    found: dict[int, Division] = {}
    for division in Division.objects.filter(pk__in=numbers).select_related(chain).order_by("pk"):
        held: Division | None = division
        for _depth in range(DEPTH):
            if held is None:
                break
            found[held.pk] = held
            held = held.parent
    return sorted(found.values(), key=lambda division: (fold(division.name), division.pk))
