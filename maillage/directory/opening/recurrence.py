"""On which days a line of hours falls: the rules of RFC 5545, read with the errors that files hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol

from dateutil import rrule

from maillage.core.text import fold

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = {"DAILY": rrule.DAILY, "WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY, "YEARLY": rrule.YEARLY}
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?\d{1,3}")
_CLOSED = re.compile(r"(?:fermes?|fermees?|fermeture|relache|conge|closed|closure)\b")
# A Monday: where a rule without a first day is counted from, when that changes nothing to it.
_LONG_AGO = date(1900, 1, 1)


class Hours(Protocol):
    """A line of hours: the model `Schedule`, or `HoursLine` of a sheet."""

    frequency: str
    interval: int
    byday: str
    bymonthday: str
    byweekno: str
    byyearday: str
    week_start: str
    dtstart: date | None
    until: date | None
    count: int | None
    valid_from: date | None
    valid_to: date | None
    opens_at: time | None
    closes_at: time | None
    utc_offset: float | None
    description: str
    notes: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can be computed. `byday` holds (ordinal or 0, weekday from Monday 0); `start` None: since always."""

    frequency: str
    interval: int = 1
    byday: tuple[tuple[int, int], ...] = ()
    bymonthday: tuple[int, ...] = ()
    byweekno: tuple[int, ...] = ()
    byyearday: tuple[int, ...] = ()
    week_start: int = 0
    start: date | None = None
    end: date | None = None
    count: int | None = None

    @property
    def is_plain(self) -> bool:
        """Every week, or every day, on the same days."""
        numbered = self.bymonthday or self.byweekno or self.byyearday or self.count or self.interval > 1
        return not numbered and self.frequency in ("DAILY", "WEEKLY")

    @property
    def weekdays(self) -> frozenset[int]:
        """The days of the week of a plain rule."""
        return frozenset(day for _, day in self.byday) or frozenset(range(7))


def rule_of(line: Hours) -> Rule | None:
    """The rule of a line; None when its days cannot be told from it."""
    return _rule(
        (line.frequency or "").strip().upper(),
        line.interval or 1,
        (line.byday or "", line.bymonthday or "", line.byweekno or "", line.byyearday or ""),
        (line.week_start or "").upper(),
        (line.dtstart, line.until, line.count),
        (line.valid_from, line.valid_to),
    )


@lru_cache(maxsize=20_000)
def _rule(
    frequency: str,
    interval: int,
    lists: tuple[str, str, str, str],
    week_start: str,
    times: tuple[date | None, date | None, int | None],
    validity: tuple[date | None, date | None],
) -> Rule | None:
    byday, numbers = _days(lists[0]), [_numbers(text, top) for text, top in zip(lists[1:], (31, 53, 366), strict=True)]
    if byday is None or None in numbers:
        return None
    months, weeks, years = (found or () for found in numbers)
    dtstart, until, count = times
    start = dtstart or validity[0]
    if not frequency:
        frequency, until = _unsaid(bool(byday), bool(months), dtstart, until, validity)
    if frequency not in _FREQUENCIES or (start is None and (interval > 1 or count)):
        return None
    if frequency != "DAILY" and not (byday or months or weeks or years):
        if start is None:
            return None
        byday = ((0, start.weekday()),) if frequency == "WEEKLY" else ()
    first = WEEKDAYS.index(week_start) if week_start in WEEKDAYS else 0
    end = min((day for day in (until, validity[1]) if day), default=None)
    return Rule(frequency, interval, byday, months, weeks, years, first, start, end, count)


def _unsaid(
    days: bool, months: bool, dtstart: date | None, until: date | None, validity: tuple[date | None, date | None]
) -> tuple[str, date | None]:
    """What repeats when no frequency is said: the days of each week, of each month, a day, or a lapse of time."""
    if days:
        return "WEEKLY", until
    if months:
        return "MONTHLY", until
    if dtstart:
        return "DAILY", until or validity[1] or dtstart
    return ("DAILY", until) if validity[0] and validity[1] else ("", until)


def _days(text: str) -> tuple[tuple[int, int], ...] | None:
    found = []
    for part in filter(None, re.split(r"[,;\s]+", text.upper())):
        match = _DAY.fullmatch(part)
        if not match or match[1] in ("0", "-0", "+0"):
            return None
        found.append((int(match[1] or 0), WEEKDAYS.index(match[2])))
    return tuple(found)


def _numbers(text: str, top: int) -> tuple[int, ...] | None:
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    if not all(_NUMBER.fullmatch(part) and 1 <= abs(int(part)) <= top for part in parts):
        return None
    return tuple(int(part) for part in parts)


def occurrences(line: Hours, first: date, last: date) -> list[date] | None:
    """The days from `first` to `last` on which the line falls; None when that cannot be told."""
    rule = rule_of(line)
    if rule is None:
        return None
    low = max(first, line.valid_from or first)
    high = min(last, rule.end or last)
    return list(_days_of(rule, low, high)) if low <= high else []


@lru_cache(maxsize=8_000)
def _days_of(rule: Rule, first: date, last: date) -> Sequence[date]:
    if rule.is_plain:
        low, wanted = max(first, rule.start or first), rule.weekdays
        days = (low + timedelta(days=number) for number in range((last - low).days + 1))
        return [day for day in days if day.weekday() in wanted]
    found = _dateutil(rule, first).between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)
    return [moment.date() for moment in found]


def _dateutil(rule: Rule, near: date) -> rrule.rrule:
    start = rule.start or _LONG_AGO
    listed = rule.byday or rule.bymonthday or rule.byweekno or rule.byyearday
    step = {"DAILY": rule.interval, "WEEKLY": 7 * rule.interval}.get(rule.frequency)
    if not rule.count and near > start:  # the same rule, begun later: nothing is computed that nobody asked for
        if step:
            start += timedelta(days=max((near - start).days // step - 1, 0) * step)
        elif listed and rule.interval == 1:
            start = max(start, date(near.year - 1, 1, 1))
    try:
        return rrule.rrule(
            _FREQUENCIES[rule.frequency],
            dtstart=datetime.combine(start, time()),
            interval=rule.interval,
            wkst=rule.week_start,
            count=rule.count,
            byweekday=[rrule.weekdays[day](nth) if nth else rrule.weekdays[day] for nth, day in rule.byday] or None,
            bymonthday=rule.bymonthday or None,
            byweekno=rule.byweekno or None,
            byyearday=rule.byyearday or None,
        )
    except ValueError:  # lists that contradict each other
        return rrule.rrule(rrule.DAILY, dtstart=datetime.combine(start, time()), count=0)


def is_closure(line: Hours) -> bool:
    """The line says when it is closed: no hours, and words that begin by « fermé », « congé », `closed`…"""
    if line.opens_at or line.closes_at:
        return False
    return bool(_CLOSED.match(fold(line.description or line.notes or "")))
