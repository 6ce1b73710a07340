"""The figures of the board: exact for the team, protected for the others, in the same shape."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import Count
from django.db.models.functions import ExtractQuarter, ExtractYear
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.core.typography import number
from maillage.programs.models import Term
from maillage.tables.disclosure import cell_keys
from maillage.territories.models import Division

from .asking import NOWHERE, UnmetAsked, need_name, place_name
from .kinds import UnmetKind

ENOUGH, ENOUGH_SENSITIVE = 5, 10  # a figure that is not surely so large is hidden from those outside the team
HIDDEN = "x"
Figure = int | None  # None: hidden


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure and the address of its evidence ("" outside the team)."""

    label: Any
    figure: Figure
    href: str = ""

    @property
    def shown(self) -> str:
        """How the figure prints; « x » when it is hidden."""
        return HIDDEN if self.figure is None else number(self.figure, 0, get_language() or "fr")


@dataclass(slots=True)
class Line:
    """A need, or a period: its total, its figures by kind and by territory."""

    code: str
    label: Any
    total: Cell
    kinds: list[Cell] = field(default_factory=list)
    places: list[Cell] = field(default_factory=list)
    query: str = ""


@dataclass(slots=True)
class Board:
    """All that the page shows. `heads` are the territories of the columns."""

    total: Line
    lines: list[Line]
    periods: list[Line]
    heads: list[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Referrals of one need, territory, kind and quarter: how many, and the sum of their record keys."""

    need: int | None
    mrc: int | None
    kind: str
    quarter: tuple[int, int]
    count: int
    keys: int = 0


def board_of(asked: UnmetAsked) -> Board:
    """The board that is asked for (two queries beside the programme's codes and territories)."""
    groups = _exact(asked) if asked.exact else _keyed(asked)
    shown: Callable[..., Figure] = _as_it_is if asked.exact else _protected
    needs = [*asked.needs.values(), None] if not asked.need else [asked.needs.get(asked.need)]
    mrcs = [*asked.mrcs.values(), None] if not asked.mrc else [asked.mrcs.get(asked.mrc)]
    if not asked.exact:  # what nobody wrote is no question that outsiders ask
        needs, mrcs = [one for one in needs if one], [one for one in mrcs if one]
    elif not any(group.mrc is None for group in groups):
        mrcs = [one for one in mrcs if one] or mrcs
    of_need = _by(groups, lambda group: group.need)
    lines = [_line(asked, term, of_need[term.pk if term else None], mrcs, shown) for term in needs]
    if asked.exact:
        lines = sorted((line for line in lines if line.total.figure), key=lambda line: -(line.total.figure or 0))
    total = _figures(asked, groups, mrcs, shown, "total", _("Tous les besoins"))
    return Board(total, lines, _periods(asked, groups, shown), [place_name(one) for one in mrcs])


def protected_figure(asked: UnmetAsked) -> Figure:
    """The figure that people outside the team may read of the referrals asked for; None when it is hidden."""
    sensitive = bool(asked.need in asked.needs and asked.needs[asked.need].is_sensitive)
    return _protected(_keyed(asked), sensitive)


def _exact(asked: UnmetAsked) -> list[Group]:
    by = {"year": ExtractYear("entry__date"), "quarter": ExtractQuarter("entry__date")}
    rows = asked.referrals().annotate(**by).values_list("need_id", "entry__mrc_id", "unmet", "year", "quarter")
    return [Group(*row[:3], (row[3], row[4]), row[5]) for row in rows.annotate(n=Count("pk"))]


def _keyed(asked: UnmetAsked) -> list[Group]:
    """The same with record keys: rows are read one by one, their keys added up by group."""
    names = ("need_id", "entry__mrc_id", "unmet", "entry__date", "uid")
    counts: Counter[Any] = Counter()
    keys: Counter[Any] = Counter()
    rows = list(asked.referrals().values_list(*names))
    for row, key in zip(rows, cell_keys.record_keys(_secret(), (row[4].bytes for row in rows)), strict=True):
        place = (row[0], row[1], row[2], _quarter(row[3]))
        counts[place] += 1
        keys[place] += key
    return [Group(*place, count, keys[place]) for place, count in counts.items()]


def _quarter(on: date) -> tuple[int, int]:
    return on.year, (on.month + 2) // 3


def _secret() -> bytes:
    return str(settings.DISCLOSURE_KEY).encode()


def _as_it_is(groups: Iterable[Group], sensitive: bool = False) -> Figure:
    return sum(group.count for group in groups)


def _protected(groups: Iterable[Group], sensitive: bool = False) -> Figure:
    """Cell keys and rounding, whatever the table; hidden unless it is surely large enough, zeros included."""
    held = list(groups)
    count, keys = sum(group.count for group in held), sum(group.keys for group in held)
    enough = ENOUGH_SENSITIVE if sensitive else ENOUGH
    if count < enough:  # its figure would be hidden, whatever the noise
        return None
    figure = int(cell_keys.perturbed(_secret(), np.array([count]), np.array([keys % cell_keys.KEYS]))[0])
    return figure if cell_keys.surely(figure, enough) else None


def _by(groups: Iterable[Group], key: Callable[[Group], Any]) -> defaultdict[Any, list[Group]]:
    found: defaultdict[Any, list[Group]] = defaultdict(list)
    for group in groups:
        found[key(group)].append(group)
    return found


def _line(
    asked: UnmetAsked,
    term: Term | None,
    groups: list[Group],
    mrcs: list[Division | None],
    shown: Callable[..., Figure],
) -> Line:
    code = term.code if term else NOWHERE
    sensitive = bool(term and term.is_sensitive)
    return _figures(asked, groups, mrcs, shown, code, need_name(term), sensitive=sensitive, besoin=code)


def _figures(
    asked: UnmetAsked,
    groups: list[Group],
    mrcs: list[Division | None],
    shown: Callable[..., Figure],
    code: str,
    label: Any,
    sensitive: bool = False,
    **chosen: str,
) -> Line:
    page = reverse("journal:unmet_evidence")

    def cell(name: Any, some: list[Group], **more: str) -> Cell:
        figure = shown(some, sensitive)
        return Cell(name, figure, page + asked.address(**chosen, **more) if asked.exact and figure else "")

    of_kind, of_mrc = _by(groups, lambda group: group.kind), _by(groups, lambda group: group.mrc)
    kinds = [cell(kind.label, of_kind[kind.value], quoi=kind.value) for kind in UnmetKind]
    places = [cell(place_name(one), of_mrc[one.pk if one else None], mrc=one.code if one else NOWHERE) for one in mrcs]
    return Line(code, label, cell(label, groups), kinds, places, asked.address(**chosen))


def _periods(asked: UnmetAsked, groups: list[Group], shown: Callable[..., Figure]) -> list[Line]:
    """The team's by quarter; the others' by year, and only when the whole time is asked for."""
    if not asked.exact:
        if asked.period != asked.whole:
            return []
        of_year = _by(groups, lambda group: group.quarter[0])
        return [_figures(asked, of_year[year], [], shown, str(year), str(year)) for year in asked.years]
    of_quarter = _by(groups, lambda group: group.quarter)
    found = []
    for year, quarter in sorted(of_quarter):
        first, last = _bounds(year, quarter)
        first, last = max(first, asked.period[0]), min(last, asked.period[1])
        label = _("%(year)d, trimestre %(quarter)d") % {"year": year, "quarter": quarter}
        days = {"annee": "", "du": first.isoformat(), "au": last.isoformat()}
        some = of_quarter[year, quarter]
        found.append(_figures(asked, some, [], shown, f"{year}-{quarter}", label, **days))
    return found


def _bounds(year: int, quarter: int) -> tuple[date, date]:
    following = date(year + 1, 1, 1) if quarter == 4 else date(year, 3 * quarter + 1, 1)
    return date(year, 3 * quarter - 2, 1), date.fromordinal(following.toordinal() - 1)
