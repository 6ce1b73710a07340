"""The questions that people outside the team may ask: finished months, quarters and years of the calendar, or the whole.

Nothing else is answered, so that no question isolates a few records by a choice of dates or filters
(docs/explanation/algorithms/live-protection.md).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.programs.models import Program

from . import periods
from .filters import whole_end

Days = tuple[date, date]


def whole(program: Program, today: date | None = None) -> Days | None:
    """The whole programme, to the end of its last finished month while it goes on; None before there is one."""
    today = today or date.today()
    if program.end and program.end < today:
        return program.start, program.end
    last = today.replace(day=1) - timedelta(days=1)
    return (program.start, last) if last >= program.start else None


def canonical(program: Program, start: date | None, end: date | None, today: date | None = None) -> Days:
    """The open question that these dates ask, None being the programme's own; `Refused`, in a sentence, for another.

    A year, quarter or month that the programme cuts short is still that one.
    """
    today = today or date.today()
    first, last = max(start or program.start, program.start), end or whole_end(program)
    opened = whole(program, today)
    if opened is None:
        raise Refused(
            _(
                "Le premier mois du programme n'est pas terminé : ses chiffres protégés se liront au début du mois suivant."
            )
        )
    if first == program.start and last in (opened[1], whole_end(program)):
        return opened
    bounds = program.start, whole_end(program)
    asked = periods.recognized(first, min(last, bounds[1]), bounds)
    if asked.year == "dates" or first > last:
        raise Refused(
            _(
                "Les chiffres protégés se lisent par mois, trimestre ou année civile, ou pour toute la durée : choisissez "
                "une de ces périodes, sans autre date."
            )
        )
    return _finished(program, *periods.bounds_of(int(asked.year), asked.part), today)


def _finished(program: Program, first: date, last: date, today: date) -> Days:
    days = _within(program, first, last)
    if days[1] >= today:
        raise Refused(
            _(
                "Cette période n'est pas terminée (%(period)s) : choisissez une période passée, ou attendez le lendemain "
                "de sa fin."
            )
            % {"period": periods.words(first, last)}
        )
    return days


def _within(program: Program, first: date, last: date) -> Days:
    return max(first, program.start), min(last, program.end or last)


def without_filters(filters: Mapping[str, Any] | None) -> None:
    """`Refused` where the question bears a filter."""
    if any((filters or {}).values()):
        raise Refused(
            _(
                "Les chiffres protégés se lisent sans filtre : retirez-le. Seuls la période et le territoire se choisissent."
            )
        )


def parts(program: Program, year: int, today: date | None = None) -> list[str]:
    """The parts of `year` that are open: the year, its quarters, its months, as the form names them."""
    today = today or date.today()
    return [part for part, _label in periods.parts() if _is_open(program, *periods.bounds_of(year, part), today)]


def _is_open(program: Program, first: date, last: date, today: date) -> bool:
    start, end = _within(program, first, last)
    return start <= end < today


def years(program: Program, today: date | None = None) -> list[int]:
    """The years of which something is open, the latest first."""
    listed = (int(year) for year in periods.years(program.start, whole_end(program)))
    return [year for year in listed if parts(program, year, today)]
