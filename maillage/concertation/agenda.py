"""The agenda of a meeting as it is read: each item with its hour, the total, and how far it is from the meeting's length."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from .enums import MeetingState
from .models import AgendaItem, Meeting, ProposedItem
from .queries import GroupSeen

CARRIED_FROM = 3  # past meetings whose items are offered
# How many proposed items wait for an answer, read with their meeting.
PROPOSALS_WAITING = Coalesce(
    Subquery(
        ProposedItem.objects.filter(meeting=OuterRef("pk"), item=None, declined_at=None)
        .order_by()
        .values("meeting")
        .annotate(count=Count("pk"))
        .values("count")
    ),
    0,
)


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An item with the hour at which it should begin, and whether this is its hour now."""

    item: AgendaItem
    starts_at: datetime | None
    is_now: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """The lines, the minutes planned, and those that are left in the meeting (negative: too many)."""

    lines: list[AgendaLine]
    total: int
    left: int | None
    untimed: int

    @property
    def over(self) -> int:
        """The minutes planned beyond the end of the meeting."""
        return max(0, -(self.left or 0))


def agenda_of(meeting: Meeting, items: list[AgendaItem]) -> Agenda:
    """The agenda made of `items`. Hours stand while every item before has its minutes."""
    lines, total, hour, now = [], 0, meeting.starts_at, timezone.now()
    for item in items:
        ends = hour + timedelta(minutes=item.minutes) if hour and item.minutes else None
        running = meeting.state == MeetingState.PLANNED and hour is not None and ends is not None
        lines.append(AgendaLine(item, hour, bool(running and hour <= now < ends)))  # type: ignore[operator]
        total += item.minutes or 0
        hour = ends
    length = None
    if meeting.starts_at and meeting.ends_at:
        length = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    untimed = sum(not item.minutes for item in items)
    return Agenda(lines, total, None if length is None else length - total, untimed)


def items_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The items in their order, with who leads them and where they come from; not what was said of them."""
    found = AgendaItem.objects.filter(meeting=meeting).select_related("led_by__person", "carried_from__meeting")
    return found.defer("notes", "carried_from__notes", "carried_from__details").order_by("position", "id")


def to_carry(meeting: Meeting) -> list[AgendaItem]:
    """Items of the group's last meetings that this one has not taken up yet, the latest meeting first."""
    before = Meeting.objects.filter(group=meeting.group, state__in=[MeetingState.HELD, MeetingState.PLANNED])
    before = before.exclude(pk=meeting.pk).filter(starts_at__lt=meeting.starts_at or timezone.now())
    last = list(before.order_by("-starts_at", "-id").values_list("pk", flat=True)[:CARRIED_FROM])
    found = AgendaItem.objects.filter(meeting__in=last).exclude(carried_to__meeting=meeting)
    return list(found.select_related("meeting").defer("notes").order_by("-meeting__starts_at", "position", "id")[:60])


def proposals_of(meeting: Meeting) -> list[ProposedItem]:
    """What members propose, unanswered first."""
    found = meeting.proposed_items.select_related("proposed_by__person")
    return list(found.order_by("item", "declined_at", "proposed_at", "id")[:100])


def agenda_part(request: HttpRequest, seen: GroupSeen, meeting: Meeting) -> dict[str, Any]:
    """The agenda on the page of the meeting, and how many proposals wait."""
    waiting = getattr(meeting, "proposals_waiting", 0) if seen.animates else 0
    return {"agenda": agenda_of(meeting, list(items_of(meeting))), "proposals_waiting": waiting}
