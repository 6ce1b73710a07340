"""Periods that a portrait can be read for: the whole programme, a year, a quarter, a month, or two dates."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from maillage.core.typography import NBSP

from .links import month_bounds
from .sentences import month_names

# What `date` cannot pass: years of the common era that a form may name.
FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included, with the words of the form that chose it."""

    start: date
    end: date
    year: str
    part: str = ""

    def words(self) -> str:
        """« de janvier à mars 2014 », « 2014 », « du 2014-01-03 au 2014-02-07 »."""
        return words(self.start, self.end)


def words(start: date, end: date) -> str:
    """A period in words: a year, months, or days when it is not made of whole months."""
    if not (is_first(start) and is_last(end)):
        return _("du %(start)s au %(end)s") % {"start": day_words(start), "end": day_words(end)}
    if (start.month, end.month) == (1, 12):
        if start.year == end.year:
            return str(start.year)
        return _("de %(start)s à %(end)s") % {"start": start.year, "end": end.year}
    names = month_names()
    last = f"{names[end.month - 1]} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return last
    first = names[start.month - 1] if start.year == end.year else f"{names[start.month - 1]} {start.year}"
    if first[0] in "aeiouAEIOU":
        return _("d'%(start)s à %(end)s") % {"start": first, "end": last}
    return _("de %(start)s à %(end)s") % {"start": first, "end": last}


def day_words(day: date) -> str:
    """« 1er mai 2014 », « 7 mai 2014 »."""
    first = _("1er") if day.day == 1 else str(day.day)
    return f"{first}{NBSP}{month_names()[day.month - 1]} {day.year}"


def is_first(day: date) -> bool:
    """Whether a month begins with `day`."""
    return day.day == 1


def is_last(day: date) -> bool:
    """Whether a month ends with `day`."""
    return (day + timedelta(days=1)).day == 1


def parts() -> list[tuple[str, str]]:
    """The parts of a year that can be chosen: the whole, quarters, months."""
    quarters = [
        ("t1", _("Janvier à mars")),
        ("t2", _("Avril à juin")),
        ("t3", _("Juillet à septembre")),
        ("t4", _("Octobre à décembre")),
    ]
    months = [(f"{n:02d}", name.capitalize()) for n, name in enumerate(month_names(), start=1)]
    return [("", _("Toute l'année")), *quarters, *months]


def bounds_of(year: int, part: str) -> tuple[date, date]:
    """First and last day of a part of a year; ValueError for an unknown part."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    if part == "":
        return date(year, 1, 1), date(year, 12, 31)
    if part in ("t1", "t2", "t3", "t4"):
        first = 3 * int(part[1]) - 2
        return date(year, first, 1), month_bounds(f"{year}-{first + 2:02d}")[1]
    if part.isdigit() and len(part) == 2:
        return month_bounds(f"{year}-{part}")
    raise ValueError(part)


def recognized(start: date, end: date, whole: tuple[date, date]) -> Period:
    """The choice of the form that gives these dates; a year that the programme cuts short is still that year."""
    if (start, end) == whole:
        return Period(start, end, "tout")
    for part, _label in parts():
        first, last = bounds_of(start.year, part)
        if (max(first, whole[0]), min(last, whole[1])) == (start, end):
            return Period(start, end, str(start.year), part)
    return Period(start, end, "dates")


def years(start: date, end: date) -> list[str]:
    """The years that a programme touches, the latest first."""
    return [str(year) for year in range(end.year, start.year - 1, -1)]
