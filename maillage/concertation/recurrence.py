"""Which days a meeting that comes back falls on: days of the calendar first, moments afterwards, so that an hour stays
the same on the clock when summer time begins or ends."""

from datetime import date, datetime, time
from itertools import islice

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST = 60  # occurrences made at once
HORIZON = relativedelta(months=24)


class Repeat(models.TextChoices):
    """How a meeting comes back."""

    WEEKLY = "weekly", _("Chaque semaine")
    FORTNIGHTLY = "fortnightly", _("Aux deux semaines")
    MONTHLY_WEEKDAY = "monthly_weekday", _("Chaque mois, la même semaine (le 2e mardi)")
    MONTHLY_LAST = "monthly_last", _("Chaque mois, la dernière semaine (le dernier mardi)")
    MONTHLY_DAY = "monthly_day", _("Chaque mois, le même quantième (le 15)")
    TWO_MONTHS = "two_months", _("Aux deux mois, la même semaine")
    QUARTERLY = "quarterly", _("Aux trois mois, la même semaine")


_MONTHS = {Repeat.TWO_MONTHS: 2, Repeat.QUARTERLY: 3}


def days_of(repeat: str, first: date, until: date | None = None, times: int | None = None) -> list[date]:
    """The days from `first` on, until a day included or so many times; at most `MOST`, within two years.

    `first` is always one of them. « The same week » of a day that is the fifth of its month is the last such day of
    each month; a month without the day of the month (the 31st) is passed over.
    """
    end = min(until or first + HORIZON, first + HORIZON)
    wanted = min(times or MOST, MOST)
    if end < first or wanted < 1:
        return []
    begins, ends = datetime.combine(first, time()), datetime.combine(end, time())
    found = [moment.date() for moment in islice(_rule(Repeat(repeat), begins, ends), wanted + 1)]
    return list(dict.fromkeys([first, *found]))[:wanted]


def _rule(repeat: Repeat, first: datetime, until: datetime) -> rrule:
    if repeat in (Repeat.WEEKLY, Repeat.FORTNIGHTLY):
        return rrule(WEEKLY, interval=1 if repeat == Repeat.WEEKLY else 2, dtstart=first, until=until)
    if repeat == Repeat.MONTHLY_DAY:
        return rrule(MONTHLY, bymonthday=first.day, dtstart=first, until=until)
    rank = (first.day - 1) // 7 + 1
    nth = -1 if repeat == Repeat.MONTHLY_LAST or rank == 5 else rank
    byday = weekday(first.weekday(), nth)
    return rrule(MONTHLY, interval=_MONTHS.get(repeat, 1), byweekday=byday, dtstart=first, until=until)
