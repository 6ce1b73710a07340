"""The finished periods of a programme that a coordinator may choose to publish, and how a form names them."""

from collections.abc import Collection
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.programs.models import Program

from . import periods
from .definitions import ORDER
from .enums import AreaLevel, PeriodKind
from .filters import whole_end
from .models import Release
from .release import calendar

Choices = list[tuple[str, list[tuple[str, str]]]]
_STEPS = {PeriodKind.YEAR: 12, PeriodKind.QUARTER: 3, PeriodKind.MONTH: 1}


def offered(program: Program) -> Choices:
    """The periods that are over, the longest first, the latest first within each kind; groups that are empty left out."""
    found: Choices = []
    if whole := _choice(program, PeriodKind.WHOLE, None):
        label = _("Toute la durée : %(period)s") % {"period": whole[1]}
        found.append((str(PeriodKind.WHOLE.label), [(whole[0], label)]))
    titles = {
        PeriodKind.YEAR: _("Années"),
        PeriodKind.QUARTER: _("Trimestres"),
        PeriodKind.MONTH: _("Mois"),
    }
    for kind, step in _STEPS.items():
        last = calendar.number_of(whole_end(program))
        first = calendar.number_of(program.start)
        starts = range(first - first % step, last + 1, step)
        lines = [_choice(program, kind, date(month // 12, month % 12 + 1, 1)) for month in reversed(starts)]
        if kept := [line for line in lines if line]:
            found.append((titles[kind], kept))
    return found


def _choice(program: Program, kind: PeriodKind, start: date | None) -> tuple[str, str] | None:
    try:
        bounds = calendar.bounds(program, kind, start)
    except Refused:
        return None
    return value_of(kind, start), _label(kind, start, bounds)


def _label(kind: PeriodKind, start: date | None, bounds: tuple[date, date]) -> str:
    """A year that the programme cuts short is said with its months."""
    words = periods.words(*bounds)
    if kind == PeriodKind.YEAR and start and words != str(start.year):
        return f"{start.year} ({words})"
    return words[:1].upper() + words[1:]


def value_of(kind: str, start: date | None) -> str:
    """`year:2014-01-01`, `whole`."""
    return f"{kind}:{start.isoformat()}" if start else str(kind)


def chosen(value: str) -> tuple[str, date | None]:
    """What `value_of` named; ValueError for anything else."""
    kind, _sep, day = value.partition(":")
    return PeriodKind(kind).value, date.fromisoformat(day) if day else None


def of_portrait(program: Program, start: date, end: date) -> str:
    """The value of the finished period of the calendar that is exactly these days; "" where there is none."""
    for kind in (PeriodKind.WHOLE, *_STEPS):
        step = _STEPS.get(kind, 1)
        month = calendar.number_of(start)
        month -= month % step
        first = None if kind == PeriodKind.WHOLE else date(month // 12, month % 12 + 1, 1)
        try:
            if calendar.bounds(program, kind, first) == (start, end):
                return value_of(kind, first)
        except Refused:
            continue
    return ""


def proposal(release: Release, without: Collection[str] = ()) -> str:
    """The query of the form that would prepare `release` again, with its tables but those of `without`."""
    words = [("periode", of_portrait(release.program, release.start, release.end)), ("titre", release.title)]
    words += [("niveaux", level) for level in release.levels if level != AreaLevel.WHOLE]
    words += [("tableaux", id) for id in release.tables or ORDER if id not in without]
    return urlencode(words)
