"""What follows from figures of overlapping periods or territories: pieces that nobody published, and differences.

Told with worked cases in `docs/explanation/algorithms/differencing.md`.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .problem import Relation

Element = TypeVar("Element", bound=Hashable)
Days = tuple[date, date]  # a closed interval of days


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Published sets (of days, of places) cut into pieces: the coarsest partition of which each is a union.

    - `pieces[k]`: what piece k is, intervals of days or places; two elements are in one piece when the same sets hold
      both, so a piece of days may be in several runs (a year without its second quarter);
    - `published[i]`: the pieces of published set i;
    - `added`: sets that nobody published and that subtraction gives. The first `remainders` are pieces, the others are
      the differences of two nested published sets, where these are no piece and no published set, once each.

    Sets are numbered: 0 … published, then added. A same figure (a row of a table) then has one value for each set.
    """

    pieces: tuple[tuple[Hashable, ...], ...]
    published: tuple[frozenset[int], ...]
    added: tuple[frozenset[int], ...]
    remainders: int

    @property
    def sets(self) -> tuple[frozenset[int], ...]:
        """All numbered sets, as pieces."""
        return self.published + self.added

    def values(self, published: ArrayLike) -> NDArray[np.float64]:
        """The values of the added sets, given those of the published ones (first axis: the sets).

        NaN for what cannot be had from them by addition and subtraction.
        """
        known = np.asarray(published, dtype=float)
        shape = known.shape[1:]
        known = known.reshape(len(self.published), -1)
        matrix = np.array([[float(k in s) for k in range(len(self.pieces))] for s in self.sets])
        matrix = matrix.reshape(len(self.sets), len(self.pieces))
        above, below = matrix[: len(self.published)], matrix[len(self.published) :]
        # Each added set as a combination of published ones, where there is one.
        weights, *_ = np.linalg.lstsq(above.T, below.T, rcond=None)
        weights = np.round(weights, 9)
        found = weights.T @ known
        found[~np.isclose(weights.T @ above, below, atol=1e-6).all(axis=1)] = np.nan
        return np.asarray(found.reshape(len(self.added), *shape))

    def relations(self, figures: Sequence[int | None]) -> list[Relation]:
        """`a set = the sum of its pieces`, over the numbers that the figures of the sets have in a problem.

        None for an added set that has no figure: a difference that needs no protection. Every piece needs one.
        """
        place: dict[int, int] = {}
        for number, pieces in enumerate(self.sets):
            figure = figures[number]
            if len(pieces) == 1 and figure is not None:
                place.setdefault(next(iter(pieces)), figure)
        found = []
        for number, pieces in enumerate(self.sets):
            figure = figures[number]
            parts = [place[k] for k in sorted(pieces)]
            if figure is not None and parts != [figure]:
                found.append(Relation({figure: 1.0, **dict.fromkeys(parts, -1.0)}))
        return found


def periods(published: Sequence[Days]) -> Overlaps:
    """The overlaps of published periods. A piece is a tuple of runs of days, each closed."""
    starts = sorted({day for start, end in published for day in (start, end + timedelta(days=1))})
    runs = [(start, after - timedelta(days=1)) for start, after in pairwise(starts)]
    return _overlaps([[r for r in runs if start <= r[0] and r[1] <= end] for start, end in published], _joined)


def areas(published: Sequence[Collection[Hashable]]) -> Overlaps:
    """The overlaps of published territories, each a collection of places that are never published apart."""
    return _overlaps([sorted(places, key=str) for places in published], tuple)


def pieces(sets: Sequence[Collection[Element]]) -> list[tuple[Element, ...]]:
    """The coarsest partition of which each set is a union, in order; elements must have an order."""
    return sorted(tuple(sorted(elements)) for elements in _alike([sorted(one) for one in sets]).values())  # type: ignore[type-var]


def linked(sets: Sequence[Collection[Hashable]], to: Collection[Hashable]) -> list[int]:
    """Which sets have to do with another: those that overlap it, those that overlap these, and so on."""
    found: set[int] = set()
    reached = [frozenset(to)]
    while reached:
        here = reached.pop()
        near = [number for number, one in enumerate(sets) if number not in found and not here.isdisjoint(one)]
        found.update(near)
        reached += [frozenset(sets[number]) for number in near]
    return sorted(found)


def agreeing(relations: Iterable[Relation], values: Sequence[float]) -> tuple[list[Relation], list[Relation]]:
    """The relations that these values satisfy, and those they do not.

    What was published is frozen; the journal may have been corrected since. A relation that the frozen values break
    teaches nothing sure, and is no part of what an attacker knows.
    """
    kept: list[Relation] = []
    broken: list[Relation] = []
    for relation in relations:
        terms = [coefficient * values[index] for index, coefficient in relation.coefficients.items()]
        slack = 1e-6 * (1 + sum(map(abs, terms)))
        holds = abs(sum(terms)) <= slack if relation.equal else sum(terms) >= -slack
        (kept if holds else broken).append(relation)
    return kept, broken


def _alike(held: Sequence[Sequence[Element]]) -> dict[tuple[bool, ...], list[Element]]:
    """Elements by the sets that hold them."""
    members = [frozenset(elements) for elements in held]
    alike: dict[tuple[bool, ...], list[Element]] = {}
    for element in dict.fromkeys(chain.from_iterable(held)):
        alike.setdefault(tuple(element in one for one in members), []).append(element)
    return alike


def _overlaps(held: Sequence[Sequence[Any]], named: Callable[[list[Any]], tuple[Hashable, ...]]) -> Overlaps:
    """The partition of what is held by membership, and the sets that follow."""
    alike = _alike(held)
    groups = list(alike)
    published = tuple(frozenset(k for k, g in enumerate(groups) if g[i]) for i in range(len(held)))
    known = set(published)
    pieces = [frozenset({k}) for k in range(len(groups)) if frozenset({k}) not in known]
    known.update(pieces)
    differences = dict.fromkeys(
        bigger - smaller for bigger in published for smaller in published if smaller < bigger and smaller
    )
    added = (*pieces, *(difference for difference in differences if difference not in known))
    return Overlaps(tuple(named(alike[g]) for g in groups), published, added, len(pieces))


def _joined(runs: Iterable[Days]) -> tuple[Days, ...]:
    """Runs of days, those that follow each other made one."""
    found: list[Days] = []
    for start, end in sorted(runs):
        if found and found[-1][1] + timedelta(days=1) == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)
