"""The attacker's moves: the cheapest deviation of all figures that lets one of them deviate, by linear programming.

One model for a part, kept warm: only costs and bounds change from one question to the next.
"""

import highspy
import numpy as np
from numpy.typing import NDArray

from .system import SMALLEST, Demand, Part

EXACTNESS = 1e-9


def solver() -> highspy.Highs:
    """HiGHS, silent, exact enough for counts, and the same at each run."""
    highs = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("presolve", "off"),
        ("solver", "simplex"),
        ("parallel", "off"),
        ("primal_feasibility_tolerance", EXACTNESS),
        ("dual_feasibility_tolerance", EXACTNESS),
    ):
        highs.setOptionValue(option, value)
    return highs


class Moves:
    """Cheapest moves in a part, of which only the columns of `among` may deviate."""

    def __init__(self, part: Part, cost: NDArray[np.float64], among: NDArray[np.int64] | None = None) -> None:
        self.columns = np.arange(part.size) if among is None else among
        self.whole = part.size
        self.place = np.full(part.size, -1)
        self.place[self.columns] = np.arange(len(self.columns))
        self.up, self.down = part.up[self.columns], part.down[self.columns]
        self.size = len(self.columns)
        matrix = part.matrix[:, self.columns]
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = 2 * self.size, matrix.shape[0]
        model.col_cost_ = np.tile(cost[self.columns], 2)
        model.col_lower_ = np.zeros(2 * self.size)
        model.col_upper_ = np.concatenate([self.up, self.down])
        model.row_lower_ = model.row_upper_ = np.zeros(matrix.shape[0])
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.concatenate([matrix.indptr, matrix.indptr[1:] + matrix.nnz])
        model.a_matrix_.index_ = np.tile(matrix.indices, 2)
        model.a_matrix_.value_ = np.concatenate([matrix.data, -matrix.data])
        self.highs = solver()
        self.highs.passModel(model)

    def price(self, columns: NDArray[np.int64], cost: float) -> None:
        """From now on these columns deviate at this cost."""
        for place in self.place[columns].tolist():
            self.highs.changeColCost(place, cost)
            self.highs.changeColCost(place + self.size, cost)

    def forbid(self, column: int) -> None:
        """From now on this column does not deviate."""
        self._limit(self.place[column], 0.0, 0.0)

    def allow(self, column: int) -> None:
        """It does again."""
        place = self.place[column]
        self._limit(place, self.down[place], self.up[place])

    def cheapest(self, demand: Demand) -> NDArray[np.float64] | None:
        """The cheapest deviation that meets a demand, or None where there is none."""
        place = int(self.place[demand.column])
        forward, back = (place, place + self.size) if demand.sign > 0 else (place + self.size, place)
        self.highs.changeColBounds(forward, demand.amount, demand.amount)
        self.highs.changeColBounds(back, 0.0, 0.0)
        self.highs.run()
        found = None
        if self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            values = np.array(self.highs.getSolution().col_value)
            found = np.zeros(self.whole)
            found[self.columns] = values[: self.size] - values[self.size :]
            found[np.abs(found) < SMALLEST] = 0.0
        self._limit(place, self.down[place], self.up[place])
        return found

    def _limit(self, place: int, down: float, up: float) -> None:
        self.highs.changeColBounds(place, 0.0, up)
        self.highs.changeColBounds(place + self.size, 0.0, down)
