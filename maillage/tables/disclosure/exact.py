"""The safe pattern of least weight: cuts, integer programming, and patterns repaired on the way (Benders).

The optimum over the cuts known so far is below that of the problem; once its pattern meets every demand, it is the answer.
"""

import time
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from .cuts import Cut
from .fast import Builder
from .relaxation import INFINITY, Relaxation, row
from .system import Part

ROUGH = 0.02  # gap within which the first integer patterns are taken
ROUNDS = 30  # of completing a pattern by its cheapest column in each cut


@dataclass(slots=True)
class Found:
    """Columns to hide, their weight (of free columns), and a weight that no safe pattern is below."""

    hidden: NDArray[np.bool_]
    weight: float
    bound: float


def exact(builder: Builder, start: NDArray[np.bool_], deadline: float) -> Found:
    """The lightest safe pattern, or the best one (`start` at worst) when `time.perf_counter()` says `deadline`."""
    best = Found(start, _weight(builder.part, start), 0.0)
    if builder.relaxation is None:
        best.bound = best.weight
        return best
    return _Search(builder, builder.relaxation, best, deadline).run()


class _Search:
    def __init__(self, builder: Builder, relaxation: Relaxation, best: Found, deadline: float) -> None:
        self.builder, self.relaxation, self.best, self.deadline = builder, relaxation, best, deadline
        whole = np.array_equal(builder.part.weight, np.round(builder.part.weight))
        self.step = 1.0 if whole else 1e-6 * max(best.weight, 1.0)  # the least by which a lighter pattern is lighter
        best.bound = relaxation.floor

    def run(self) -> Found:
        best, rough = self.best, ROUGH
        while best.bound <= best.weight - self.step and time.perf_counter() < self.deadline:
            bound, x = self._integer(best.weight - self.step, rough)
            best.bound = max(best.bound, min(bound, best.weight))
            if x is None:
                if rough == 0 and time.perf_counter() < self.deadline:
                    best.bound = best.weight  # nothing lighter
                rough = 0.0
                continue
            added = self._complete(x)
            if not added:
                self._keep(x > 0.5)
            else:
                self._keep(self.builder.build(x))
            if added <= 2:
                rough = 0.0
        best.bound = best.weight if best.bound > best.weight - self.step else best.bound
        return best

    def _complete(self, x: NDArray[np.float64]) -> int:
        """Cuts that the pattern breaks, and those that it would break next; how many are new."""
        x, added = x.copy(), 0
        for _round in range(ROUNDS):
            cuts = self.relaxation.broken(x, 1e-6)
            if not cuts:
                break
            added += self.relaxation.add(cuts)
            for cut in cuts:
                x[_cheapest(self.builder.part, cut, x)] = 1.0
        return added

    def _keep(self, hidden: NDArray[np.bool_]) -> None:
        weight = _weight(self.builder.part, hidden)
        if weight < self.best.weight:
            self.best.hidden, self.best.weight = hidden, weight

    def _integer(self, ceiling: float, gap: float) -> tuple[float, NDArray[np.float64] | None]:
        """A bound, and the lightest pattern of at most `ceiling` (within `gap`) that breaks no known cut, if any."""
        known = self.relaxation
        kept = known.core(ceiling)
        model = known.programme(kept, ((n, p) for n, line in enumerate(known.lines) for p in line.tolist()))
        rank = np.full(len(known.free), -1)
        rank[kept] = np.arange(len(kept))
        for cut in known.cuts.values():
            places = rank[known.place[cut.columns]]
            row(model, 1.0, INFINITY, places[places >= 0], cut.coefficients[places >= 0])
        for option, value in (
            ("presolve", "on"),
            ("mip_abs_gap", 0.999 if self.step == 1.0 else self.step / 2),
            ("mip_rel_gap", gap),
            ("time_limit", max(self.deadline - time.perf_counter(), 0.01)),
        ):
            model.setOptionValue(option, value)
        whole = np.full(len(kept), highspy.HighsVarType.kInteger)
        model.changeColsIntegrality(len(kept), np.arange(len(kept), dtype=np.int32), whole)
        model.run()
        info = model.getInfo()
        if model.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return ceiling + self.step, None
        if info.primal_solution_status != 2 or info.objective_function_value > ceiling + 1e-6:
            return min(info.mip_dual_bound, ceiling + self.step), None
        values = np.zeros(len(known.free))
        values[kept] = np.round(np.array(model.getSolution().col_value)[: len(kept)])
        return info.mip_dual_bound, known.pattern(values)


def _weight(part: Part, hidden: NDArray[np.bool_]) -> float:
    return float(part.weight[hidden & part.free].sum())


def _cheapest(part: Part, cut: Cut, x: NDArray[np.float64]) -> int:
    """The column that helps most for its weight, of those not hidden."""
    price = np.where(x[cut.columns] > 0.5, np.inf, part.weight[cut.columns] / cut.coefficients)
    return int(cut.columns[np.argmin(price)])
