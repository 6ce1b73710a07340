"""The weeks of a month, each day with its meetings."""

from calendar import SUNDAY, Calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from maillage.concertation.models import Meeting
from maillage.concertation.times import LOCAL

PER_DAY = 3  # meetings named in the square of a day
LONGEST = 42  # days that one meeting fills at most: no more are shown


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the page: its meetings (the first ones, and how many more), whether it is of the month, and today."""

    date: date
    meetings: list[Meeting]
    more: int
    inside: bool
    today: bool

    @property
    def count(self) -> int:
        """How many meetings the day has."""
        return len(self.meetings) + self.more


def bounds(month: date) -> tuple[date, date]:
    """The first and the last day that the page of a month shows: whole weeks, from Sunday."""
    days = [day for week in _weeks(month) for day in week]
    return days[0], days[-1]


def weeks(month: date, meetings: Iterable[Meeting]) -> list[list[Day]]:
    """The weeks of the page, each of seven days."""
    first, last = bounds(month)
    there: dict[date, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        for day in days_of(meeting):
            if first <= day <= last:
                there[day].append(meeting)
    today = timezone.localdate()
    return [
        [
            Day(day, there[day][:PER_DAY], max(0, len(there[day]) - PER_DAY), day.month == month.month, day == today)
            for day in week
        ]
        for week in _weeks(month)
    ]


def days_of(meeting: Meeting) -> list[date]:
    """The days on which a meeting stands in Toronto; one that ends at midnight does not stand on the next day."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return []
    first = meeting.starts_at.astimezone(LOCAL).date()
    last = (meeting.ends_at.astimezone(LOCAL) - timedelta(microseconds=1)).date()
    return [first + timedelta(days=number) for number in range(min((last - first).days + 1, LONGEST))]


def moved(month: date, by: int) -> str:
    """The month before (-1) or after (1), as addresses write it."""
    number = month.year * 12 + month.month - 1 + by
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _weeks(month: date) -> list[list[date]]:
    return Calendar(SUNDAY).monthdatescalendar(month.year, month.month)
