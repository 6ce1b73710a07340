"""The least and the most that unknown figures can be, by linear programmes that HiGHS solves. Part of the audit."""

from collections.abc import Iterable
from typing import Final

import highspy
import numpy as np
from numpy.typing import NDArray

from .attacker import Contradiction, Knowledge

NEAR: Final = 1e-6  # how far from a relation a solution may stand and still be a witness, relatively


class Extremes:
    """One part of a system, whose figures are pushed one by one to their ends.

    Each solution is a *witness*: a whole set of figures that fits all that is known, checked here apart from the
    solver. `low` and `high` hold, for each of `figures`, the least and the most that a witness showed: whatever the
    solver does, the truth is at least as wide.
    """

    def __init__(self, system: Knowledge, figures: NDArray[np.int64], rows: NDArray[np.int64]) -> None:
        self.figures = figures
        self.bottom, self.top = system.low[figures], system.high[figures]
        self.low, self.high = np.full(len(figures), np.inf), np.full(len(figures), -np.inf)
        self.solved = 0
        terms = np.isin(system.row, rows)
        self._row = np.searchsorted(rows, system.row[terms])
        self._column = np.searchsorted(figures, system.column[terms])
        self._coefficient = system.coefficient[terms]
        self._side, self._equal = system.side[rows], system.equal[rows]
        self._solver = self._load()

    def short_of(self, ends: NDArray[np.float64], sign: int) -> NDArray[np.bool_]:
        """For each figure, whether no witness shows it at this end yet, or beyond (+1: as low, -1: as high)."""
        seen, goal = (self.low, ends) if sign > 0 else (-self.high, -ends)
        slack = NEAR * (1 + np.abs(np.where(np.isfinite(goal), goal, 0)))
        return np.asarray(seen > goal + slack)

    def push(self, at: Iterable[int], sign: int) -> None:
        """Looks for a solution in which the figures at these places are together as low (+1) or high (-1) as can be."""
        places = np.fromiter(at, np.int32)
        self._solver.changeColsCost(len(places), places, np.full(len(places), float(sign)))
        self._solver.run()
        self.solved += 1
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise Contradiction
        if status == highspy.HighsModelStatus.kUnbounded and len(places) == 1:
            ends = self.low if sign > 0 else self.high
            ends[places[0]] = -np.inf if sign > 0 else np.inf
        self._witness(np.array(self._solver.getSolution().col_value))
        self._solver.changeColsCost(len(places), places, np.zeros(len(places)))

    def _witness(self, solution: NDArray[np.float64]) -> None:
        """Keeps what a solution shows, if it truly fits."""
        if len(solution) != len(self.figures):
            return
        terms = self._coefficient * solution[self._column]
        sums = np.bincount(self._row, terms, len(self._side))
        scale = NEAR * (1 + np.bincount(self._row, np.abs(terms), len(self._side)))
        gap = sums - self._side
        fits = (gap >= -scale).all() and (gap[self._equal] <= scale[self._equal]).all()
        slack = NEAR * (1 + np.abs(solution))
        if fits and (solution >= self.bottom - slack).all() and (solution <= self.top + slack).all():
            np.minimum(self.low, solution, out=self.low)
            np.maximum(self.high, solution, out=self.high)

    def _load(self) -> highspy.Highs:
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        # From one objective to the next the last solution still fits: primal simplex goes on from it.
        for name, value in (("presolve", "off"), ("solver", "simplex"), ("parallel", "off")):
            solver.setOptionValue(name, value)
        solver.setOptionValue("simplex_strategy", 4)
        solver.passModel(self._model())
        return solver

    def _model(self) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.figures), len(self._side)
        model.col_cost_ = np.zeros(len(self.figures))
        model.col_lower_, model.col_upper_ = self.bottom, self.top
        model.row_lower_ = self._side
        model.row_upper_ = np.where(self._equal, self._side, np.inf)
        order = np.lexsort((self._column, self._row))
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.searchsorted(self._row[order], np.arange(len(self._side) + 1)).astype(np.int32)
        model.a_matrix_.index_ = self._column[order].astype(np.int32)
        model.a_matrix_.value_ = self._coefficient[order]
        return model

    def whole(self, at: int, seconds: float) -> tuple[float, float]:
        """The least and the most that one figure can be when all are whole numbers (integer programmes).

        Infinite where there is no end; `TimeoutError` when the solver does not end in `seconds` (for each side).
        """
        model = self._model()
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.figures)
        found = []
        for sign in (1.0, -1.0):
            solver = highspy.Highs()
            solver.setOptionValue("output_flag", False)
            solver.setOptionValue("time_limit", seconds)
            solver.passModel(model)
            solver.changeColCost(at, sign)
            solver.run()
            found.append(_end(solver, sign))
        return found[0], found[1]


def _end(solver: highspy.Highs, sign: float) -> float:
    """What an integer programme found."""
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return float(sign * solver.getInfo().objective_function_value)
    if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return -sign * float("inf")
    if status == highspy.HighsModelStatus.kInfeasible:
        raise Contradiction
    raise TimeoutError
