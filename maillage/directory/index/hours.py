"""Hours as the index keeps them: stretches of the week, so that « open now » is told of all services at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from maillage.directory.opening import Hours, is_open
from maillage.directory.opening.recurrence import is_closure, rule_of

from .packed import EPOCH, LAST_DAY, RULED

Row = tuple[int, int, int, int, int]  # days, opens, closes, first, last
DAY = 24 * 60
_STANDARD_OFFSET = -5.0


def rows_of(places: Iterable[Sequence[Hours]]) -> list[Row]:
    """The hours of a service as rows; one row of `RULED` when a rule is not of every week."""
    rows: dict[Row, None] = {}
    for lines in places:
        found = _weekly(lines)
        if found is None:
            return [(RULED, 0, 0, 0, LAST_DAY)]
        rows.update(dict.fromkeys(found))
    return list(rows)


def _weekly(lines: Sequence[Hours]) -> list[Row] | None:
    rows = []
    for line in lines:
        rule = rule_of(line)
        if is_closure(line) or line.utc_offset not in (None, _STANDARD_OFFSET):
            return None
        if rule is None or line.opens_at is None or line.closes_at is None:
            continue  # it does not tell: it is open by no moment of these
        if not rule.is_plain:
            return None
        first = max((day.toordinal() - EPOCH for day in (line.valid_from, rule.start) if day), default=0)
        last = rule.end.toordinal() - EPOCH if rule.end else LAST_DAY
        if last < 0 or first > LAST_DAY:
            continue
        opens, closes = _minute(line.opens_at), _minute(line.closes_at)
        if line.closes_at >= time(23, 59):
            closes = DAY
        elif closes <= opens:
            closes += DAY
        days = sum(1 << day for day in rule.weekdays)
        rows.append((days, opens, closes, min(max(first, 0), LAST_DAY), min(last, LAST_DAY)))
    return rows


def _minute(value: time) -> int:
    return value.hour * 60 + value.minute


def open_offsets(hours: NDArray[np.void], at: datetime) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """Of a block's hours: the offsets of what is open at `at` by weekly rows, and of what only full rules can tell."""
    local = timezone.localtime(at)
    today = local.date().toordinal()
    weekday, minute = local.weekday(), _minute(local.time())
    opened = _holds(hours, weekday, today, minute) | _holds(hours, (weekday - 1) % 7, today - 1, minute + DAY)
    ruled = hours["days"] == RULED
    return np.unique(hours["offset"][opened & ~ruled]), np.unique(hours["offset"][ruled])


def _holds(hours: NDArray[np.void], weekday: int, ordinal: int, minute: int) -> NDArray[np.bool_]:
    day = ordinal - EPOCH
    falls = (hours["days"] >> weekday & 1).astype(bool) & (hours["first"] <= day) & (hours["last"] >= day)
    return falls & (hours["opens"] <= minute) & (minute < hours["closes"])


def any_open(places: Iterable[Sequence[Hours]], at: datetime) -> bool:
    """Whether the service is open at one of its places."""
    return any(is_open(lines, at) for lines in places)
