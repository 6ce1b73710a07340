"""Whether it is open at a moment, until when, and when it opens next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from datetime import timezone as fixed

from django.utils import timezone

from .recurrence import Hours, is_closure, occurrences

# Hours of Québec are often marked −5, whatever the season: that is the offset of the zone without summer time.
_STANDARD_OFFSET = -5.0
_HORIZONS = (8, 400)  # days: nearly everything opens within the week


@dataclass(frozen=True, slots=True)
class Opening:
    """`open` is None when the hours do not tell. `until` is told when open, `opens` (the next time) when closed."""

    open: bool | None
    until: datetime | None = None
    opens: datetime | None = None


def is_open(schedules: Iterable[Hours], at: datetime) -> bool | None:
    """Whether it is open at `at` by these hours, in the time of the place; None when they do not tell."""
    lines, at = list(schedules), _aware(at)
    if not lines:
        return None
    day = at.astimezone(timezone.get_default_timezone()).date()
    stretches, doubtful = _stretches(lines, day - timedelta(days=1), day)
    if any(start <= at < end for start, end in stretches):
        return True
    return None if None in doubtful or day in doubtful else False


def open_until(schedules: Iterable[Hours], at: datetime) -> datetime | None:
    """When it closes, if it is open at `at`; stretches that touch are one."""
    lines, end = list(schedules), _aware(at)
    day = end.astimezone(timezone.get_default_timezone()).date()
    stretches, _ = _stretches(lines, day - timedelta(days=1), day + timedelta(days=7))
    open_ = False
    for start, close in stretches:
        if start <= end < close:
            end, open_ = close, True
        elif open_ and start <= end:
            end = max(end, close)
    return _local(end) if open_ else None


def next_opening(schedules: Iterable[Hours], at: datetime) -> datetime | None:
    """The first time after `at` at which it opens, within a year or so; None when there is none, or none is told."""
    lines, at = list(schedules), _aware(at)
    day = at.astimezone(timezone.get_default_timezone()).date()
    for horizon in _HORIZONS:
        stretches, _ = _stretches(lines, day, day + timedelta(days=horizon))
        for start, _end in stretches:
            if start > at:
                return _local(start)
    return None


def opening_at(schedules: Iterable[Hours], at: datetime) -> Opening:
    """All that a page says of a moment."""
    lines = list(schedules)
    state = is_open(lines, at)
    if state:
        return Opening(True, until=open_until(lines, at))
    return Opening(state, opens=next_opening(lines, at) if state is False else None)


def _aware(at: datetime) -> datetime:
    return at if timezone.is_aware(at) else timezone.make_aware(at, timezone.get_default_timezone())


def _local(moment: datetime) -> datetime:
    return moment.astimezone(timezone.get_default_timezone())


def _zone(line: Hours) -> tzinfo:
    offset = line.utc_offset
    if offset is None or offset == _STANDARD_OFFSET or not -14 <= offset <= 14:
        return timezone.get_default_timezone()
    return fixed(timedelta(hours=offset))


def _stretches(
    lines: Sequence[Hours], first: date, last: date
) -> tuple[list[tuple[datetime, datetime]], set[date | None]]:
    """What is open on these days, in UTC and in order, and the days on which hours are not told (None: always)."""
    closed = {day for line in lines if is_closure(line) for day in occurrences(line, first, last) or ()}
    found: list[tuple[datetime, datetime]] = []
    doubtful: set[date | None] = set()
    for line in lines:
        if is_closure(line):
            continue
        days = occurrences(line, first, last)
        if days is None:
            doubtful.add(None)
        elif line.opens_at is None or line.closes_at is None:
            doubtful.update(day for day in days if day not in closed)
        else:
            zone = _zone(line)
            found += [_stretch(day, line.opens_at, line.closes_at, zone) for day in days if day not in closed]
    return sorted(found), doubtful


def _stretch(day: date, opens: time, closes: time, zone: tzinfo) -> tuple[datetime, datetime]:
    """From an hour to another, the day after when it is earlier; the same hour twice is a whole day."""
    closing_day = day + timedelta(days=1) if closes <= opens or closes >= time(23, 59) else day
    closes = time() if closes >= time(23, 59) else closes
    # Compared in UTC: within a zone, Python compares the hours of the clock, which come twice in the autumn.
    return (
        datetime.combine(day, opens.replace(tzinfo=None), zone).astimezone(UTC),
        datetime.combine(closing_day, closes.replace(tzinfo=None), zone).astimezone(UTC),
    )
