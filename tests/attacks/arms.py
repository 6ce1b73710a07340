"""What an attacker brings: subtraction, averages, linear and integer programmes. Nothing of the product is used here.

The programmes are scipy's, the reading of tables is our own: a mistake of the product's audit is not repeated.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

Name = Hashable


@dataclass
class Notebook:
    """All that was read (`figures`, None where a figure is hidden), and what everybody knows to add up.

    A fact is `terms, equal`: the coefficients of figures that add up to 0, or to 0 at least.
    """

    figures: dict[Name, float | None] = field(default_factory=dict)
    facts: list[tuple[dict[Name, float], bool]] = field(default_factory=list)
    _witnessed: dict[int, tuple[Any, Any]] = field(default_factory=dict)
    _parts: list[tuple[Any, Any, Any, Any]] = field(default_factory=list)

    def read(self, name: Name, figure: float | None) -> None:
        """A figure as it is printed. What one page hides another may show."""
        if figure is not None or name not in self.figures:
            self.figures[name] = figure

    def sum(self, whole: Name, parts: Iterable[Name], *, equal: bool = True) -> None:
        """The whole is its parts (or, not `equal`, its parts at least)."""
        terms: dict[Name, float] = {whole: 1.0}
        for part in parts:
            terms[part] = terms.get(part, 0.0) - 1.0
        self.know(terms, equal=equal)

    def know(self, terms: Mapping[Name, float], *, equal: bool = True) -> None:
        """A fact about figures; those never read are unknown."""
        kept = {name: value for name, value in terms.items() if value}
        for name in kept:
            self.figures.setdefault(name, None)
        if kept:
            self.facts.append((kept, equal))

    @cached_property
    def _system(self) -> tuple[dict[Name, int], Any, Any, Any]:
        """Places of unknown figures, and the matrix of the facts about them between sides."""
        place = {name: n for n, name in enumerate(name for name, figure in self.figures.items() if figure is None)}
        rows, columns, values, low, high = [], [], [], [], []
        for terms, equal in self.facts:
            known = sum(value * (self.figures[name] or 0) for name, value in terms.items() if name not in place)
            left = [(place[name], value) for name, value in terms.items() if name in place]
            if not left:
                continue
            rows += [len(low)] * len(left)
            columns += [column for column, _ in left]
            values += [value for _, value in left]
            low.append(-known)
            high.append(-known if equal else np.inf)
        matrix = sparse.csr_array((values, (rows, columns)), shape=(len(low), len(place)))
        return place, matrix, np.array(low), np.array(high)

    def _part(self, at: int) -> tuple[Any, Any, Any, Any]:
        """What facts tie to one unknown figure: places, matrix, sides."""
        for known in self._parts:
            if at in known[0]:
                return known
        _, matrix, low, high = self._system
        part = _around(at, matrix)
        rows = np.flatnonzero(np.abs(matrix[:, part]).sum(axis=1) > 0)
        self._parts.append((part, matrix[rows][:, part], low[rows], high[rows]))
        return self._parts[-1]

    def enclose(self, name: Name, *, whole: bool = False) -> tuple[float, float]:
        """The least and the most that a figure can be: by linear programmes, or integer ones when `whole`."""
        seen = self.figures[name]
        if seen is not None:
            return seen, seen
        place, _, _, _ = self._system
        part, matrix, low, high = self._part(place[name])
        at = int(np.searchsorted(part, place[name]))
        solve = _integer if whole else _linear
        least, most = solve(at, 1.0, matrix, low, high), solve(at, -1.0, matrix, low, high)
        return float(np.ceil(least - 1e-6)), float(np.floor(most + 1e-6))

    def enclose_all(self, names: Sequence[Name] | None = None) -> dict[Name, tuple[float, float]]:
        """The interval of each of `names`, of every hidden figure when not given."""
        chosen = [n for n, figure in self.figures.items() if figure is None] if names is None else names
        return {name: self.enclose(name) for name in chosen}

    def tells(self, name: Name, threshold: float = 5) -> bool:
        """Whether an unknown figure is told to be above 0, or below the threshold.

        Each programme solved gives a full set of possible figures, which answers for many at once.
        """
        seen = self.figures[name]
        if seen is not None:
            return 0 < seen < threshold
        place, _, _, _ = self._system
        part, matrix, low, high = self._part(place[name])
        least, most = self._witnessed.setdefault(int(part[0]), (np.full(len(part), np.inf), np.zeros(len(part))))
        at = int(np.searchsorted(part, place[name]))
        for sign in (1.0, -1.0):
            if least[at] <= 1e-6 if sign > 0 else most[at] >= threshold - 1e-6:
                continue
            possible = _solution(at, sign, matrix, low, high)
            if possible is None:
                continue  # as large as one likes
            np.minimum(least, possible, out=least)
            np.maximum(most, possible, out=most)
            if (possible[at] > 1e-6) if sign > 0 else (possible[at] < threshold - 1e-6):
                return True
        return False


def _around(at: int, matrix: Any) -> Any:
    """The unknown figures that facts tie to one, sorted."""
    rows = matrix.shape[0]
    links = sparse.bmat([[None, matrix], [matrix.T, None]])
    _, part = sparse.csgraph.connected_components(links, directed=False)
    return np.flatnonzero(part[rows:] == part[rows + at])


def _solution(at: int, sign: float, matrix: Any, low: Any, high: Any) -> Any:
    """Possible figures of which one is as low (+1) or high (-1) as can be; None when it has no end."""
    cost = np.zeros(matrix.shape[1])
    cost[at] = sign
    equal = low == high
    found = linprog(
        cost,
        A_ub=-matrix[~equal] if (~equal).any() else None,
        b_ub=-low[~equal] if (~equal).any() else None,
        A_eq=matrix[equal] if equal.any() else None,
        b_eq=low[equal] if equal.any() else None,
        method="highs",
    )
    if found.status == 3:
        return None
    assert found.status == 0, found.message
    return found.x


def _linear(at: int, sign: float, matrix: Any, low: Any, high: Any) -> float:
    possible = _solution(at, sign, matrix, low, high)
    return np.inf if possible is None else float(possible[at])


def _integer(at: int, sign: float, matrix: Any, low: Any, high: Any) -> float:
    cost = np.zeros(matrix.shape[1])
    cost[at] = sign
    found = milp(
        cost,
        constraints=LinearConstraint(matrix, low, high),
        integrality=np.ones(len(cost)),
        bounds=Bounds(0, np.inf),
        options={"time_limit": 20},
    )
    if found.status == 3 or (found.status == 4 and sign < 0):
        return np.inf
    assert found.status == 0, found.message
    return float(sign * found.fun)


def hits(guesses: Mapping[Name, tuple[float, float]], truth: Mapping[Name, float], threshold: float = 5) -> list[Name]:
    """Small figures (1 to threshold − 1) that intervals tell: nobody is excluded, or the threshold is."""
    small = [name for name, value in truth.items() if 0 < value < threshold and name in guesses]
    return [name for name in small if guesses[name][0] > 0 or guesses[name][1] < threshold]


def exactly(guesses: Mapping[Name, tuple[float, float]]) -> list[Name]:
    """Figures of which only one value is left."""
    return [name for name, (low, high) in guesses.items() if low == high]
