"""What a calendar's file would change in a group: new meetings, changed ones, those that are called off; shown before it is done."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from maillage.concertation.enums import MeetingState
from maillage.concertation.models import Group, Meeting

from .reading import Read, Reading, read

MONTHS = 18
AHEAD = timedelta(days=548)  # eighteen months


@dataclass(slots=True)
class Plan:
    """What would be done, and what the file says that is not understood."""

    reading: Reading
    new: list[Read] = field(default_factory=list)
    changed: list[tuple[Meeting, Read, set[str]]] = field(default_factory=list)  # with what the calendar changed of it
    cancelled: list[Meeting] = field(default_factory=list)
    same: int = 0

    @property
    def changes(self) -> int:
        """How many meetings it would touch."""
        return len(self.new) + len(self.changed) + len(self.cancelled)


def span(now: datetime | None = None) -> tuple[datetime, datetime]:
    """From the beginning of today to eighteen months from now: what is over is not touched."""
    now = timezone.localtime(now)
    return now.replace(hour=0, minute=0, second=0, microsecond=0), now + AHEAD


def plan(group: Group, data: bytes) -> Plan:
    """Compare a file with the meetings of `group`. Raises `Refused` for what is no calendar.

    A meeting is known by the source that it came from. Only what the file changed since it was last read is changed:
    what people wrote in it stays. One that the file no longer holds, of an event that it does hold, is called off.
    """
    first, last = span()
    reading = read(data, first, last)
    made = Plan(reading)
    sources = {one.source for one in reading.occurrences}
    known = {
        meeting.calendar_source: meeting
        for meeting in Meeting.objects.filter(group=group).exclude(calendar_source="").select_related("group")
    }
    for one in reading.occurrences:
        meeting = known.get(one.source)
        if meeting is None:
            if not one.cancelled:
                made.new.append(one)
        else:
            _compare(meeting, one, made)
    for source, meeting in known.items():
        gone = source not in sources and source.rpartition("|")[0] in reading.names
        if gone and meeting.starts_at is not None and first <= meeting.starts_at <= last:
            _call_off(meeting, made)
    return made


def _compare(meeting: Meeting, one: Read, made: Plan) -> None:
    before = meeting.calendar_said
    moved = {name for name, value in one.said.items() if before.get(name) != value}
    if not moved or meeting.state == MeetingState.HELD:
        made.same += 1
    elif one.cancelled:
        _call_off(meeting, made)
    elif meeting.state == MeetingState.CANCELLED and not before.get("cancelled"):
        made.same += 1  # called off here: the calendar does not put it back
    else:
        made.changed.append((meeting, one, moved))


def _call_off(meeting: Meeting, made: Plan) -> None:
    if meeting.state in (MeetingState.PLANNED, MeetingState.CHOOSING):
        made.cancelled.append(meeting)
    else:
        made.same += 1
