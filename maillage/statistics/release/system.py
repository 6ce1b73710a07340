"""One linked system out of the journal and of every release of the programme that shares months with it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from maillage.core.errors import Refused
from maillage.tables.disclosure import (
    FREE,
    NEVER_SHOWN,
    SHOWN_BEFORE,
    UNSAFE,
    Audit,
    Contradiction,
    Problem,
    Relation,
    audit,
)

from . import refusals
from .editions import Edition, Link
from .names import ENTRIES, HOURS, Figure, total_of
from .territory import WHOLE

WHOLE_COSTS = 5.0  # times more to hide a figure of the whole territory than one of an area
Key = tuple[str, Figure]  # the edition whose own a figure is ("" when all that hold it agree), and the figure


@dataclass(slots=True)
class Joint:
    """Figures of several editions put together. `index` is the place of each in `values`."""

    index: dict[Key, int] = field(default_factory=dict)
    values: list[float] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    wanted: dict[int, tuple[float, float]] = field(default_factory=dict)
    shown: set[int] = field(default_factory=set)
    _agreed: dict[Figure, float] = field(default_factory=dict)
    _seen: set[Hashable] = field(default_factory=set)

    def key(self, edition: Edition, figure: Figure) -> Key:
        """The key of an edition's figure: shared with the editions before it as long as they count the same."""
        value = edition.figures.get(figure)
        if value is None or self._agreed.setdefault(figure, value) == value:
            return "", figure
        return edition.name, figure

    def place(self, edition: Edition, figure: Figure) -> int:
        """The place of an edition's figure, given to it now if it is new."""
        key = self.key(edition, figure)
        if key not in self.index:
            self.index[key] = len(self.values)
            self.values.append(edition.figures.get(figure, 0.0))  # an attacker's system has no values
        return self.index[key]

    def add(self, edition: Edition, links: Sequence[Link]) -> None:
        """The relations between an edition's figures, each once."""
        for link in links:
            terms: dict[int, float] = {}
            for figure, coefficient in link.terms:
                place = self.place(edition, figure)
                terms[place] = terms.get(place, 0) + coefficient
            kept = {place: n for place, n in terms.items() if n}
            mark = (frozenset(kept.items()), link.equal)
            if kept and mark not in self._seen:
                self._seen.add(mark)
                self.relations.append(Relation(kept, link.equal))

    def ask(self, edition: Edition) -> None:
        """The bounds that must stay possible: the widest that any edition asks of the same figure."""
        for figure, (lowest, highest) in edition.wanted.items():
            place = self.place(edition, figure)
            before = self.wanted.get(place, (lowest, highest))
            self.wanted[place] = min(lowest, before[0]), max(highest, before[1])


def join(editions: Sequence[Edition]) -> Joint:
    """The editions as one system, the newest first: it gives its values to the figures that all agree upon."""
    joint = Joint()
    for edition in editions:
        for figure in edition.figures:
            joint.place(edition, figure)
        joint.add(edition, edition.links)
        joint.ask(edition)
    return joint


def say(joint: Joint, edition: Edition) -> None:
    """An edition is read: what it shows is known."""
    joint.shown |= {joint.place(edition, figure) for figure in edition.shown}


def forget_what_is_known(joint: Joint) -> set[Figure]:
    """Ask nothing for what was published, nor for what is 0 since its whole was published at 0. Returns what is let go."""
    zeros = {place for place in joint.shown if joint.values[place] == 0}
    grew = True
    while grew:
        grew = False
        for relation in joint.relations:
            parts = [place for place, n in relation.coefficients.items() if n < 0 and place not in zeros]
            if parts and all(place in zeros for place, n in relation.coefficients.items() if n > 0):
                zeros.update(parts)
                grew = True
    names = list(joint.index)
    gone = {place for place in zeros | joint.shown if place in joint.wanted}
    for place in gone:
        del joint.wanted[place]
    return {names[place][1] for place in gone}


def problem(joint: Joint, now: Edition) -> Problem:
    """What is to be protected, for the suppression: the figures of `now` are to be printed, the others are not."""
    size = len(joint.values)
    values = np.array(joint.values)
    status = np.full(size, NEVER_SHOWN, dtype=np.int8)
    below, above = np.zeros(size), np.zeros(size)
    for figure in now.printed:
        place = joint.place(now, figure)
        status[place] = UNSAFE if place in joint.wanted else FREE
    for place in joint.shown:
        status[place] = SHOWN_BEFORE
    for place, (lowest, highest) in joint.wanted.items():
        if place not in joint.shown:
            below[place], above[place] = max(0.0, values[place] - lowest), max(0.0, highest - values[place])
    weights = np.array([_weight(figure, value) for (_, figure), value in zip(joint.index, values, strict=True)])
    return Problem(
        values=values,
        weights=weights,
        status=status,
        below=below,
        above=above,
        lowest=np.zeros(size),
        highest=np.full(size, np.inf),
        relations=joint.relations,
        keys=tuple(joint.index),
    )


def _weight(figure: Figure, value: float) -> float:
    """What is lost with a figure: its value; more for the whole territory, and for what counts all entries."""
    lost = 1.0 + value / units_of(figure)
    if figure.area == WHOLE:
        lost *= WHOLE_COSTS
    return lost * (2.0 if figure.stat == ENTRIES else 1.0)


def units_of(figure: Figure) -> int:
    """Into how many units a figure is counted: minutes are read as hours."""
    return 60 if figure.stat == total_of(HOURS) or figure.stat.startswith(HOURS) else 1


def possible(joint: Joint, seen: Sequence[float | None], wanted: Mapping[int, tuple[float, float]]) -> Audit:
    """What an attacker who reads `seen` (None where a figure is not shown) finds possible, by the independent audit.

    `Refused` when what was published contradicts itself.
    """
    size = len(joint.values)
    try:
        return audit(seen, joint.relations, lowest=np.zeros(size), highest=np.full(size, np.inf), wanted=wanted)
    except Contradiction as trouble:
        raise Refused(refusals.contradiction()) from trouble
