"""Periods of the calendar of which figures may be published, and the months that they are made of."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.programs.models import Program
from maillage.statistics import periods
from maillage.statistics.enums import PeriodKind
from maillage.tables.disclosure.overlaps import linked, pieces

Months = tuple[int, ...]  # year × 12 + month − 1 of each, in order
_LENGTH = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


def bounds(program: Program, period: str, start: date | None) -> tuple[date, date]:
    """First and last day of the period that begins on `start`, cut to the programme's own.

    `Refused` for a period that is not of the calendar, that lies outside the programme, or that is not over.
    """
    if period == PeriodKind.WHOLE:
        return _whole(program)
    length = _LENGTH.get(PeriodKind(period)) if period in PeriodKind.values else None
    if length is None or start is None:
        raise Refused(_("Choisissez un mois, un trimestre, une année civile ou toute la durée du programme."))
    day = start.replace(day=1) if (start.year, start.month) == (program.start.year, program.start.month) else start
    month = number_of(day)
    if start == program.start:
        month -= month % length  # a year that the programme cuts short is still that year
    elif day.day != 1 or month % length:
        raise Refused(_("La période doit commencer le premier jour d'un mois, d'un trimestre ou d'une année civile."))
    first, last = date(month // 12, month % 12 + 1, 1), last_day(month + length - 1)
    if last < program.start or (program.end and first > program.end):
        raise Refused(_("Cette période est en dehors de celle du programme : choisissez-en une autre."))
    first, last = max(first, program.start), min(last, program.end or last)
    _finished(last)
    return first, last


def _whole(program: Program) -> tuple[date, date]:
    if program.end is None:
        raise Refused(_("Le programme n'a pas de fin : publiez-en une année, un trimestre ou un mois terminé."))
    _finished(program.end)
    return program.start, program.end


def _finished(last: date) -> None:
    if last >= timezone.localdate():
        raise Refused(
            _("La période n'est pas terminée : elle pourra être publiée après le %(day)s.")
            % {"day": periods.day_words(last)}
        )


def number_of(day: date) -> int:
    """The number of the day's month."""
    return day.year * 12 + day.month - 1


def code_of(month: int) -> str:
    """« 2014-03 »."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def last_day(month: int) -> date:
    """The last day of a month."""
    following = month + 1
    return date.fromordinal(date(following // 12, following % 12 + 1, 1).toordinal() - 1)


def months_between(start: date, end: date) -> Months:
    """The months from that of `start` to that of `end`."""
    return tuple(range(number_of(start), number_of(end) + 1))


def runs(months: Months) -> list[Months]:
    """Months cut where one is missing."""
    found: list[list[int]] = []
    for month in months:
        if found and found[-1][-1] == month - 1:
            found[-1].append(month)
        else:
            found.append([month])
    return [tuple(run) for run in found]


def words_of(months: Months) -> str:
    """The months as they stand in a figure's name: « 2014-01..2014-12 », runs joined by +."""
    return "+".join(
        code_of(run[0]) if len(run) == 1 else f"{code_of(run[0])}..{code_of(run[-1])}" for run in runs(months)
    )


def months_of(words: str) -> Months:
    """The months that `words_of` named."""
    found: list[int] = []
    for run in words.split("+"):
        first, _, last = run.partition("..")
        found += range(_number(first), _number(last or first) + 1)
    return tuple(found)


def _number(code: str) -> int:
    return int(code[:4]) * 12 + int(code[5:]) - 1


def overlapping(wanted: Months, others: list[Months]) -> list[int]:
    """Which of `others` are linked to `wanted` by common months, straight or through one another."""
    return linked(others, wanted)


def atoms(periods_: list[Months]) -> list[Months]:
    """The finest pieces in which the periods cut one another: each period is a union of some of them."""
    return pieces(periods_)
