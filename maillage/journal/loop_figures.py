"""What comes of referrals, counted for the team: share closed, delay, barriers, by destination, need and organization.

Definitions are in `docs/explanation/algorithms/referral-loop.md`. Three queries whatever the number of referrals.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.directory.models import Organization
from maillage.programs.models import Program, Term

from .enums import Barrier, LoopState
from .loops import CLOSED
from .models import Referral

MOST_ORGANIZATIONS = 15


@dataclass(slots=True)
class Line:
    """Loops of one destination, need or organization. `followed` is the denominator of `closed`; `closed` that of
    `obtained`. `days` is the median from the day of the entry to the answer, of closed loops."""

    label: str
    made: int = 0
    followed: int = 0
    states: Counter[str] = field(default_factory=Counter)
    delays: list[int] = field(default_factory=list)

    def count(self, state: str, closed_after: int | None) -> None:
        """One more loop that is followed, in `state`; `closed_after` its delay."""
        self.followed += 1
        self.states[state] += 1
        if closed_after is not None:
            self.delays.append(closed_after)

    @property
    def closed(self) -> int:
        """Loops of which one knows what came."""
        return sum(self.states[state] for state in CLOSED)

    @property
    def share_closed(self) -> float | None:
        """Of the loops that are followed, the fraction closed."""
        return self.closed / self.followed if self.followed else None

    @property
    def obtained(self) -> int:
        """Loops that ended with the service."""
        return self.states[LoopState.OBTAINED]

    @property
    def share_obtained(self) -> float | None:
        """Of the closed loops, the fraction that ended with the service."""
        return self.obtained / self.closed if self.closed else None

    @property
    def waiting(self) -> int:
        """Loops on a waiting list now."""
        return self.states[LoopState.WAITING]

    @property
    def refused(self) -> int:
        """Loops that a service refused."""
        return self.states[LoopState.REFUSED]

    @property
    def not_reached(self) -> int:
        """Loops of persons who were not reached."""
        return self.states[LoopState.NOT_REACHED]

    @property
    def abandoned(self) -> int:
        """Loops that the person dropped."""
        return self.states[LoopState.ABANDONED]

    @property
    def days(self) -> float | None:
        """Median days from the entry to the answer."""
        return median(self.delays) if self.delays else None


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of one kind that somebody follows; those with the most first."""

    code: str
    title: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole page: everything together, three tables, the barriers with how many loops they stopped."""

    total: Line
    tables: Sequence[Table]
    barriers: Sequence[tuple[str, int]]


def figures_of(actor: Any, program: Program, start: date | None = None, end: date | None = None) -> Figures:
    """Figures of the referrals of entries of `program` from `start` to `end`, for those who read its journal."""
    found = Referral.objects.visible_to(actor).filter(entry__program=program)
    if start:
        found = found.filter(entry__date__gte=start)
    if end:
        found = found.filter(entry__date__lte=end)
    total = Line(_("Toutes les références"))
    by: tuple[dict[Any, Line], ...] = ({}, {}, {})
    barriers: Counter[str] = Counter()
    for keys, day, state, barrier, state_at, is_followed in _rows(found):
        lines = [total, *(_line(known, key) for known, key in zip(by, keys, strict=True) if key)]
        after = None
        if state in CLOSED and state_at is not None:
            after = max(0, (timezone.localtime(state_at).date() - day).days)
        for line in lines:
            line.made += 1
            if is_followed:
                line.count(state, after)
        if barrier:
            barriers[barrier] += 1
    return Figures(total, _tables(by), _ranked(barriers))


def _rows(found: QuerySet[Referral]) -> Iterator[tuple[Any, ...]]:
    """Loops that are followed one by one; the others (information given, old journals) too, they are only counted."""
    asked = ("destination_id", "need_id", "organization_id", "service__organization_id", "entry__date", "state")
    rows = found.order_by().values_list(*asked, "barrier", "state_at", "due_on")
    for destination, need, organization, of_service, day, state, barrier, state_at, due_on in rows.iterator(2000):
        is_followed = due_on is not None or state != LoopState.GIVEN
        yield (destination, need, organization or of_service), day, state, barrier, state_at, is_followed


def _line(known: dict[Any, Line], key: Any) -> Line:
    if key not in known:
        known[key] = Line("")
    return known[key]


def _tables(by: tuple[dict[Any, Line], ...]) -> list[Table]:
    destinations, needs, organizations = by
    terms = {term.pk: term for term in Term.objects.filter(pk__in={*destinations, *needs})}
    names = dict(Organization.objects.filter(pk__in=set(organizations)).order_by().values_list("pk", "name"))
    for known in (destinations, needs):
        for key, line in known.items():
            line.label = terms[key].label
    for key, line in organizations.items():
        line.label = names[key]
    return [
        Table("destination", _("Par destination"), _sorted(destinations.values())),
        Table("need", _("Par besoin"), _sorted(needs.values())),
        Table("organization", _("Par organisation"), _sorted(organizations.values())[:MOST_ORGANIZATIONS]),
    ]


def _sorted(lines: Iterable[Line]) -> list[Line]:
    return sorted((line for line in lines if line.followed), key=lambda line: (-line.followed, -line.made, line.label))


def _ranked(barriers: Counter[str]) -> list[tuple[str, int]]:
    return [(str(Barrier(code).label), count) for code, count in sorted(barriers.items(), key=lambda p: (-p[1], p[0]))]


def csv_columns() -> list[str]:
    """Titles of the file: the columns of the page, after the table and the line."""
    return [
        _("Tableau"),
        _("Ligne"),
        _("Références"),
        _("Suivies"),
        _("Fermées"),
        _("Part fermée"),
        _("Service obtenu"),
        _("Liste d'attente"),
        _("Refusées"),
        _("Non rejointes"),
        _("Abandonnées"),
        _("Délai médian (jours)"),
    ]


def csv_rows(figures: Figures) -> Iterator[Sequence[Any]]:
    """The lines of the page, in its order; barriers last, with how many loops they stopped."""
    for title, line in [(_("Ensemble"), figures.total), *((t.title, line) for t in figures.tables for line in t.lines)]:
        share = None if line.share_closed is None else round(line.share_closed, 4)
        counts = (line.obtained, line.waiting, line.refused, line.not_reached, line.abandoned)
        yield (title, line.label, line.made, line.followed, line.closed, share, *counts, line.days)
    for label, count in figures.barriers:
        yield (_("Obstacles"), label, count, *[None] * 9)
