"""What meetings and trainings offer to statistics: what was held for a programme, and who took part, as what.

There are some thousand lines where a journal has millions: they are read at each question and not mirrored, so what was
committed before the question is in the answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from maillage.programs.models import Program
from maillage.tables.engine import FactSource
from maillage.territories.enums import Level

from .enums import MeetingState
from .models import Attendance, GuestCount, Meeting

SOURCES: tuple[FactSource, ...] = ()
_UP = ("", "__parent", "__parent__parent")  # a division, what holds it, and what holds that


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting or training that took place: what it is called for ever, its kind, how long it lasted."""

    name: bytes
    kind: str
    minutes: int


@dataclass(frozen=True, slots=True)
class TakingPart:
    """Somebody took part: as what, on site or not; `person` is a number that says who is the same, None when unknown."""

    name: bytes
    capacity: str
    person: int | None = None


def took_place(program: Program, start: date, end: date, mrc: str = "") -> tuple[list[Held], list[TakingPart]]:
    """What the groups of `program` held from `start` to `end`, both included, and who took part; three queries.

    `mrc` keeps the meetings of one MRC: where they were held, else that of the group. A meeting counts when it is said
    to be held, or is planned in the past and somebody was noted there.
    """
    meetings = dict(_meetings(program, start, end, mrc))
    return list(meetings.values()), [*_named(meetings), *_counted(meetings)]


def _meetings(program: Program, start: date, end: date, mrc: str) -> Iterator[tuple[int, Held]]:
    noted = Exists(Attendance.objects.filter(meeting=OuterRef("pk")))
    noted |= Exists(GuestCount.objects.filter(meeting=OuterRef("pk"), count__gt=0))
    over = Q(state=MeetingState.PLANNED, ends_at__lt=timezone.now())
    rows = Meeting.objects.filter(group__programs=program).filter(Q(state=MeetingState.HELD) | (over & noted))
    rows = rows.filter(starts_at__gte=_midnight(start), starts_at__lt=_midnight(end + timedelta(days=1)))
    places = [
        f"{path}{up}__{name}" for path in ("division", "group__territory") for up in _UP for name in ("level", "code")
    ]
    told = rows.order_by("pk").values_list("pk", "uid", "kind", "starts_at", "ends_at", "hours", *places)
    for pk, uid, kind, starts, ends, hours, *found in told:
        if not mrc or _mrc(found) == mrc:
            minutes = hours * 60 if hours is not None else (ends - starts).total_seconds() // 60
            yield pk, Held(uid.bytes, kind, int(minutes))


def _mrc(places: list[Any]) -> str:
    """The code of the first MRC among pairs of level and code: of the meeting's place, else of the group's."""
    pairs = zip(places[::2], places[1::2], strict=True)
    return next((code for level, code in pairs if level == Level.MRC), "")


def _named(meetings: dict[int, Held]) -> Iterator[TakingPart]:
    rows = Attendance.objects.filter(meeting__in=meetings).order_by("pk")
    for uid, capacity, person in rows.values_list("uid", "capacity", "person_id"):
        yield TakingPart(uid.bytes, capacity, person)


def _counted(meetings: dict[int, Held]) -> Iterator[TakingPart]:
    """Each of those who were counted without a name."""
    rows = GuestCount.objects.filter(meeting__in=meetings).order_by("pk")
    for pk, capacity, count in rows.values_list("meeting_id", "capacity", "count"):
        for rank in range(count):
            yield TakingPart(meetings[pk].name + f"{capacity}:{rank}".encode(), capacity)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
