"""What an attacker holds: the figures that are shown, the relations that everybody knows, and what follows at once.

Part of the audit, which shares nothing with the suppression. Told in prose in
`docs/explanation/algorithms/disclosure-audit.md`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import scipy  # its parts are loaded when they are first used
from numpy.typing import NDArray

from .problem import Relation

TINY: Final = 1e-7  # figures are counts or sums of a few decimals: what differs by less is the same
ROUNDS: Final = 200  # bounds that still creep after so many rounds are left to the linear programmes


class Contradiction(Exception):
    """The figures seen cannot all be true. `relation` is the first relation that breaks, or None when unknown."""

    def __init__(self, relation: int | None = None) -> None:
        super().__init__(f"relation {relation}" if relation is not None else "no set of figures fits")
        self.relation = relation


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The unknown figures, between bounds, and what still ties them.

    Entry k of `row`, `column`, `coefficient` is one term; row i says `sum = side[i]`, or `>= side[i]` when not
    `equal[i]`. `low` and `high` hold one bound for each figure, shown ones included (both ends are its value).
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    row: NDArray[np.int64]
    column: NDArray[np.int64]
    coefficient: NDArray[np.float64]
    side: NDArray[np.float64]
    equal: NDArray[np.bool_]

    def components(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The part of the system in which each figure stands, and each relation: no relation joins two parts."""
        size, rows = len(self.low), len(self.side)
        places = (self.row, rows + self.column)
        links = scipy.sparse.coo_array((np.ones(len(self.row)), places), shape=(rows + size, rows + size))
        _, part = scipy.sparse.csgraph.connected_components(links, directed=False)
        part = part.astype(np.int64)
        return part[rows:], part[:rows]


def knowledge(
    figures: Sequence[float | None],
    relations: Sequence[Relation],
    lowest: Sequence[float] | NDArray[np.float64],
    highest: Sequence[float] | NDArray[np.float64],
) -> Knowledge:
    """Whatever is shown put in its place, and what each relation alone determines drawn until nothing more follows.

    Raises `Contradiction` where the figures seen cannot all be true.
    """
    seen = np.array([np.nan if figure is None else float(figure) for figure in figures])
    known = ~np.isnan(seen)
    low = np.where(known, seen, np.asarray(lowest, dtype=float))
    high = np.where(known, seen, np.asarray(highest, dtype=float))
    lengths = [len(relation.coefficients) for relation in relations]
    total = sum(lengths)
    row = np.repeat(np.arange(len(relations)), lengths)
    column = np.fromiter(chain.from_iterable(r.coefficients for r in relations), np.int64, total)
    coefficient = np.fromiter(chain.from_iterable(r.coefficients.values() for r in relations), float, total)
    equal = np.fromiter((relation.equal for relation in relations), bool, len(relations))
    whole = Knowledge(low, high, row, column, coefficient, np.zeros(len(relations)), equal)
    _refuse(whole, known)
    found = _substitute(whole, known)
    for _ in range(ROUNDS):
        if not _tighten(found):
            break
    return _substitute(found, found.high - found.low <= TINY)


def _refuse(system: Knowledge, known: NDArray[np.bool_]) -> None:
    """`Contradiction` on a relation whose figures are all shown and do not fit."""
    rows = len(system.side)
    terms = known[system.column]
    sums = np.bincount(system.row[terms], system.coefficient[terms] * system.low[system.column[terms]], rows)
    scale = np.bincount(system.row[terms], np.abs(system.coefficient[terms] * system.low[system.column[terms]]), rows)
    full = np.bincount(system.row[~terms], minlength=rows) == 0
    gap = np.where(system.equal, np.abs(sums), -sums)
    broken = np.flatnonzero(full & (gap > TINY * (1 + scale)))
    if len(broken):
        raise Contradiction(int(broken[0]))
    apart = np.flatnonzero(system.low > system.high + TINY)
    if len(apart):
        raise Contradiction


def _substitute(system: Knowledge, known: NDArray[np.bool_]) -> Knowledge:
    """The system over the other figures only: known ones pass to the other side, relations that say nothing go."""
    low, high = system.low.copy(), system.high.copy()
    middle = (low[known] + high[known]) / 2
    low[known] = high[known] = middle
    rows = len(system.side)
    terms = known[system.column]
    moved = np.bincount(system.row[terms], system.coefficient[terms] * low[system.column[terms]], rows)
    side = system.side - moved
    row, column, coefficient = system.row[~terms], system.column[~terms], system.coefficient[~terms]
    kept = np.bincount(row, minlength=rows) > 0
    least, endless = _least(coefficient, low[column], high[column], row, rows)
    kept &= system.equal | (endless > 0) | (least < side - TINY)
    kept &= _first(row, column, coefficient, side, system.equal)
    number = np.cumsum(kept) - 1
    stays = kept[row]
    return Knowledge(low, high, number[row[stays]], column[stays], coefficient[stays], side[kept], system.equal[kept])


def _first(
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    coefficient: NDArray[np.float64],
    side: NDArray[np.float64],
    equal: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Which relations are not the repetition of one above (linked tables say the same thing many times)."""
    order = np.lexsort((column, row))
    row, column, coefficient = row[order], column[order], coefficient[order]
    starts = np.searchsorted(row, np.arange(len(side)))
    ends = np.searchsorted(row, np.arange(len(side)), side="right")
    first = np.zeros(len(side), dtype=bool)
    met: set[tuple[bytes, bytes, float, bool]] = set()
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if start == end:
            continue
        sign = np.sign(coefficient[start]) if equal[number] else 1.0
        terms = (coefficient[start:end] * sign).tobytes()
        name = (column[start:end].tobytes(), terms, float(np.round(side[number] * sign, 6)) + 0.0, bool(equal[number]))
        first[number] = name not in met
        met.add(name)
    return first


def _least(
    coefficient: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    row: NDArray[np.int64],
    rows: int,
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """For each relation the least that its terms can add up to, apart from those that have no end; how many those."""
    ends = np.where(coefficient > 0, low, high)
    finite = np.isfinite(ends)
    sums = np.bincount(row[finite], coefficient[finite] * ends[finite], rows)
    return sums.astype(float), np.bincount(row[~finite], minlength=rows).astype(np.int64)


def _tighten(system: Knowledge) -> bool:
    """Draws, in place, the bounds that each relation gives to each of its figures; whether any moved."""
    moved = False
    for sign in (1.0, -1.0):
        # sign = -1: the terms add up to the side at least; sign = +1: at most, for equalities only.
        use = system.equal[system.row] if sign > 0 else np.ones(len(system.row), dtype=bool)
        row, column = system.row[use], system.column[use]
        coefficient = system.coefficient[use] * sign
        low, high = system.low, system.high
        least, endless = _least(coefficient, low[column], high[column], row, len(system.side))
        end = np.where(coefficient > 0, low[column], high[column])
        alone = endless[row] - ~np.isfinite(end)
        rest = least[row] - np.where(np.isfinite(end), coefficient * end, 0)
        limit = np.where(alone > 0, np.inf, (system.side[row] * sign - rest) / np.abs(coefficient))
        up, down = coefficient > 0, coefficient < 0
        before_low, before_high = low.copy(), high.copy()
        np.minimum.at(high, column[up], limit[up])
        np.maximum.at(low, column[down], -limit[down])
        gained = (before_high > high + TINY) | (low > before_low + TINY)
        moved |= bool(gained.any())
        if (low > high + TINY * (1 + np.abs(low))).any():
            raise Contradiction
    crossed = system.low > system.high
    system.low[crossed] = system.high[crossed] = (system.low[crossed] + system.high[crossed]) / 2
    return moved
