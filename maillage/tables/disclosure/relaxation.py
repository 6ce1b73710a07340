"""What every safe pattern satisfies, as a linear programme over how much of each free column is hidden.

It knows the weights, the cuts found so far and, of each relation among free columns, that a hidden column is of use only
if another one of the relation is hidden too (a *bridge*). Its optimum is a bound, its solution a guide.
"""

from collections.abc import Iterable, Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

from .cuts import BROKEN, LARGE, Cut, cut_of, single_rows, unmet
from .moves import solver
from .system import Demand, Part

INFINITY = highspy.kHighsInf
ROUNDS = 12  # of cuts


class Relaxation:
    """The programme of a part, for the demands that hidden columns do not meet already."""

    def __init__(self, part: Part, demands: Sequence[Demand]) -> None:
        self.part, self.demands = part, demands
        self.free = np.flatnonzero(part.free)
        self.place = np.full(part.size, -1)
        self.place[self.free] = np.arange(len(self.free))
        rows = part.matrix.tocsr()
        members = np.split(rows.indices, rows.indptr[1:-1])
        self.lines = [self.place[m] for m in members if len(m) and part.free[m].all()]
        self.cuts: dict[tuple[bytes, bytes], Cut] = {}
        self.bridges: set[tuple[int, int]] = set()
        self.floor, self.reduced = 0.0, np.zeros(len(self.free))
        self.model = self.programme(np.arange(len(self.free)), ())
        self.add(single_rows(part, demands))

    def settle(self) -> NDArray[np.float64] | None:
        """Adds cuts until none is broken by much; the pattern, in parts of columns, or None where there is none."""
        largest = max(demand.amount for demand in self.demands)
        x = None
        for _round in range(ROUNDS):
            x = self._solve()
            if x is None or not self.add(self.broken(x, BROKEN, largest)):
                break
        return x

    def broken(self, x: NDArray[np.float64], by: float, largest: float = LARGE) -> list[Cut]:
        """Cuts that a pattern breaks."""
        found = unmet(self.part, x, self.demands, broken=by, largest=largest)
        cuts = [cut_of(self.part, demand, prices) for demand, prices in found]
        return [c for c in cuts if c is not None and float(c.coefficients @ x[c.columns]) < 1 - by / 2]

    def add(self, cuts: Iterable[Cut]) -> int:
        """From now on these hold; how many are new."""
        new = {cut.name: cut for cut in cuts if cut.name not in self.cuts}
        self.cuts |= new
        for cut in new.values():
            row(self.model, 1.0, INFINITY, self.place[cut.columns], cut.coefficients)
        return len(new)

    def core(self, ceiling: float) -> NDArray[np.int64]:
        """Ranks of the free columns that a pattern of at most `ceiling` may hide."""
        return np.flatnonzero(self.floor + self.reduced <= ceiling + 1e-6)

    def pattern(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """All columns of the part, from the free ones."""
        x = np.ones(self.part.size)
        x[self.free] = np.clip(values, 0.0, 1.0)
        return x

    def programme(self, kept: NDArray[np.int64], bridges: Iterable[tuple[int, int]]) -> highspy.Highs:
        """A model of the free columns of rank `kept`: how much of each is hidden, and the sum of each line.

        `bridges` names pairs of a line and the rank of one of its columns: twice the column is at most the sum.
        """
        model, size = solver(), len(kept)
        rank = np.full(len(self.free), -1)
        rank[kept] = np.arange(size)
        total = size + len(self.lines)
        model.addVars(total, np.zeros(total), np.concatenate([np.ones(size), np.full(len(self.lines), INFINITY)]))
        model.changeColsCost(size, np.arange(size, dtype=np.int32), self.part.weight[self.free[kept]])
        for number, line in enumerate(self.lines):
            places = rank[line]
            places = places[places >= 0]
            row(model, 0.0, 0.0, np.append(places, size + number), np.append(np.ones(len(places)), -1.0))
        for number, place in bridges:
            if rank[place] >= 0:
                row(model, -INFINITY, 0.0, np.array([rank[place], size + number]), np.array([2.0, -1.0]))
        return model

    def _solve(self) -> NDArray[np.float64] | None:
        """Bridges enter as they are broken."""
        while True:
            self.model.run()
            if self.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            solution = self.model.getSolution()
            values = np.array(solution.col_value)[: len(self.free)]
            broken = [
                (number, int(place))
                for number, line in enumerate(self.lines)
                for place in line[2 * values[line] > values[line].sum() + BROKEN]
                if (number, int(place)) not in self.bridges
            ]
            if not broken:
                break
            self.bridges |= set(broken)
            for number, place in broken:
                row(self.model, -INFINITY, 0.0, np.array([place, len(self.free) + number]), np.array([2.0, -1.0]))
        self.floor = self.model.getInfo().objective_function_value
        self.reduced = np.array(solution.col_dual)[: len(self.free)]
        return self.pattern(values)


def row(model: highspy.Highs, low: float, high: float, places: NDArray[np.int64], numbers: NDArray[np.float64]) -> None:
    """Adds `low <= numbers @ columns[places] <= high`."""
    model.addRow(low, high, len(places), places.astype(np.int32), numbers)
