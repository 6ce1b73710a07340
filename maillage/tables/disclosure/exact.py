"""The safe pattern of least weight: cuts, integer programming, and patterns repaired on the way (Benders).

The master problem knows weights, the cuts found so far and, of each relation among free columns, that a hidden column is
of use only if another one of the relation is hidden too. Its optimum is below that of the problem; once its pattern
meets every demand it is the answer.
"""

import time
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from .cuts import BROKEN, Cut, cut_of, single_rows, unmet
from .fast import fast
from .moves import solver
from .system import Part

INFINITY = highspy.kHighsInf
ROUGH = 0.02  # gap within which the first integer patterns are taken


@dataclass(slots=True)
class Found:
    """Columns to hide, their weight (of free columns), and a weight that no safe pattern is below."""

    hidden: NDArray[np.bool_]
    weight: float
    bound: float


def exact(part: Part, start: NDArray[np.bool_], deadline: float) -> Found:
    """Improve `start` (a safe pattern of the part) until it is the lightest, or `time.perf_counter()` says `deadline`."""
    return _Search(part, start, deadline).run()


class _Search:
    def __init__(self, part: Part, start: NDArray[np.bool_], deadline: float) -> None:
        self.part, self.deadline = part, deadline
        self.best = Found(start, float(part.weight[start & part.free].sum()), 0.0)
        self.step = 1.0 if np.array_equal(part.weight, np.round(part.weight)) else 1e-6
        self.names: set[tuple[bytes, bytes]] = set()

    def run(self) -> Found:
        part = self.part
        shown = (~part.free).astype(float)
        self.demands = [demand for demand, _prices in unmet(part, shown, part.demands, broken=0.0)]
        if not self.demands:
            return Found(~part.free, 0.0, 0.0)
        self.master = _Master(part)
        self._add(single_rows(part, self.demands))
        self._relax()
        rough = ROUGH
        while not self._done():
            bound, x = self.master.integer(self.best.weight - self.step, rough, self.deadline)
            self.best.bound = max(self.best.bound, min(bound, self.best.weight))
            if x is None:
                if rough == 0 and time.perf_counter() < self.deadline:
                    self.best.bound = self.best.weight  # nothing lighter
                    break
                rough = 0.0
                continue
            missing = self._cuts(x, 1e-6)
            if not missing:
                self._keep(x > 0.5)
                rough = 0.0
                continue
            if self._add(missing) <= 2:
                rough = 0.0
            self._repair(x)
        return self.best

    def _done(self) -> bool:
        return self.best.bound > self.best.weight - self.step or time.perf_counter() > self.deadline

    def _relax(self) -> None:
        """Cuts until the relaxation breaks none by much."""
        largest = max(demand.amount for demand in self.demands)
        x: NDArray[np.float64] | None = None
        while time.perf_counter() < self.deadline:
            self.best.bound, x = self.master.relax()
            if not self._add(self._cuts(x, BROKEN, largest)):
                break
        if x is not None:
            self._repair(x)

    def _cuts(self, x: NDArray[np.float64], broken: float, largest: float = 1e7) -> list[Cut]:
        found = unmet(self.part, x, self.demands, broken=broken, largest=largest)
        cuts = [cut_of(self.part, demand, prices) for demand, prices in found]
        return [c for c in cuts if c is not None and float(c.coefficients @ x[c.columns]) < 1 - broken / 2]

    def _add(self, cuts: list[Cut]) -> int:
        new = {cut.name: cut for cut in cuts if cut.name not in self.names}
        self.names |= set(new)
        self.master.add(list(new.values()))
        return len(new)

    def _repair(self, x: NDArray[np.float64]) -> None:
        """A safe pattern in which what `x` hides is cheap."""
        self._keep(fast(self.part, self.part.weight * (1 - np.clip(x, 0, 1))))

    def _keep(self, hidden: NDArray[np.bool_]) -> None:
        weight = float(self.part.weight[hidden & self.part.free].sum())
        if weight < self.best.weight:
            self.best = Found(hidden | ~self.part.free, weight, self.best.bound)


class _Master:
    """Which free columns to hide, by what is known of safe patterns so far."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.free = np.flatnonzero(part.free)
        self.place = np.full(part.size, -1)
        self.place[self.free] = np.arange(len(self.free))
        rows = part.matrix.tocsr()
        members = [rows.indices[rows.indptr[r] : rows.indptr[r + 1]] for r in range(rows.shape[0])]
        self.lines = [self.place[m] for m in members if part.free[m].all()]
        self.cuts: list[Cut] = []
        self.bridges: set[tuple[int, int]] = set()
        self.floor, self.reduced = 0.0, np.zeros(len(self.free))
        self.model = self._model(np.arange(len(self.free)), [])

    def add(self, cuts: list[Cut]) -> None:
        """Cuts of the problem, from now on."""
        self.cuts += cuts
        for cut in cuts:
            _row(self.model, 1.0, INFINITY, self.place[cut.columns], cut.coefficients)

    def relax(self) -> tuple[float, NDArray[np.float64]]:
        """The optimum of the relaxation and its pattern. Bridges enter as they are broken."""
        while True:
            self.model.run()
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
                _row(self.model, -INFINITY, 0.0, np.array([place, len(self.free) + number]), np.array([2.0, -1.0]))
        self.floor = self.model.getInfo().objective_function_value
        self.reduced = np.array(solution.col_dual)[: len(self.free)]
        return self.floor, self._pattern(values)

    def integer(self, ceiling: float, gap: float, deadline: float) -> tuple[float, NDArray[np.float64] | None]:
        """A bound, and the lightest pattern of at most `ceiling` (within `gap`), None if none is found."""
        kept = np.flatnonzero(self.floor + self.reduced <= ceiling + 1e-6)
        model = self._model(kept, [(n, p) for n, line in enumerate(self.lines) for p in line.tolist()])
        rank = np.full(len(self.free), -1)
        rank[kept] = np.arange(len(kept))
        for cut in self.cuts:
            places = rank[self.place[cut.columns]]
            _row(model, 1.0, INFINITY, places[places >= 0], cut.coefficients[places >= 0])
        for option, value in (
            ("presolve", "on"),
            ("mip_abs_gap", 0.999 if float(ceiling).is_integer() else 1e-6),
            ("mip_rel_gap", gap),
            ("time_limit", max(deadline - time.perf_counter(), 0.01)),
        ):
            model.setOptionValue(option, value)
        model.changeColsIntegrality(
            len(kept), np.arange(len(kept), dtype=np.int32), np.full(len(kept), highspy.HighsVarType.kInteger)
        )
        model.run()
        info = model.getInfo()
        if info.primal_solution_status != 2 or info.objective_function_value > ceiling + 1e-6:
            return max(self.floor, min(info.mip_dual_bound, ceiling)), None
        values = np.zeros(len(self.free))
        values[kept] = np.round(np.array(model.getSolution().col_value)[: len(kept)])
        return info.mip_dual_bound, self._pattern(values)

    def _pattern(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        x = np.ones(self.part.size)
        x[self.free] = np.clip(values, 0.0, 1.0)
        return x

    def _model(self, kept: NDArray[np.int64], bridges: list[tuple[int, int]]) -> highspy.Highs:
        """Columns that may be hidden and, of each line, how much of it is; `bridges` names (line, column) pairs."""
        model, size = solver(), len(kept)
        rank = np.full(len(self.free), -1)
        rank[kept] = np.arange(size)
        total = size + len(self.lines)
        model.addVars(total, np.zeros(total), np.concatenate([np.ones(size), np.full(len(self.lines), INFINITY)]))
        model.changeColsCost(size, np.arange(size, dtype=np.int32), self.part.weight[self.free[kept]])
        for number, line in enumerate(self.lines):
            places = rank[line]
            places = places[places >= 0]
            _row(model, 0.0, 0.0, np.append(places, size + number), np.append(np.ones(len(places)), -1.0))
        for number, place in bridges:
            if rank[place] >= 0:
                _row(model, -INFINITY, 0.0, np.array([rank[place], size + number]), np.array([2.0, -1.0]))
        return model


def _row(
    model: highspy.Highs, low: float, high: float, places: NDArray[np.int64], numbers: NDArray[np.float64]
) -> None:
    model.addRow(low, high, len(places), places.astype(np.int32), numbers)
