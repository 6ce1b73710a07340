"""Cuts: inequalities on what is hidden that every safe pattern satisfies, found where a given pattern breaks them.

A pattern `x` (1 hidden, 0 shown, between in a relaxation) lets a column deviate by `capacity × x`. Where the largest
deviation of a demand's column is too small, the dual of that linear programme is a combination of the relations that
says so, hence an inequality on `x`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import highspy
import numpy as np
import scipy  # its parts are loaded when they are first used
from numpy.typing import NDArray

from .moves import solver
from .system import SMALLEST, Demand, Part

PRIMAL = 4
FEW = 8  # demands that are not worth a common move
GAIN = 0.1  # of the columns of a common move, how many must be met for another one to be tried
LARGE = 1e7  # capacity of a column without limit
BROKEN = 0.02  # a demand met but for this part of it is no reason for a cut in a relaxation


@dataclass(frozen=True, slots=True)
class Cut:
    """`coefficients @ x[columns] >= 1`, on free columns."""

    columns: NDArray[np.int64]
    coefficients: NDArray[np.float64]

    @property
    def name(self) -> tuple[bytes, bytes]:
        """Equal for equal cuts."""
        return self.columns.tobytes(), np.round(self.coefficients, 6).tobytes()


class Reach(NamedTuple):
    """How far a demand's column can deviate, by which move, and a price for each relation that shows it."""

    far: float
    move: NDArray[np.float64]
    prices: NDArray[np.float64]


class Room:
    """What a pattern lets the columns do: only the columns with some capacity are in the model."""

    def __init__(self, part: Part, x: NDArray[np.float64], largest: float) -> None:
        self.part = part
        self.columns = np.flatnonzero(x > SMALLEST)
        self.place = np.full(part.size, -1)
        self.place[self.columns] = np.arange(len(self.columns))
        matrix = part.matrix[:, self.columns]
        self.rows = np.unique(matrix.indices)
        matrix = scipy.sparse.csc_matrix(matrix.tocsr()[self.rows])
        share = x[self.columns]
        self.lower = -np.minimum(part.down[self.columns], largest) * share
        self.upper = np.minimum(part.up[self.columns], largest) * share
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.columns), len(self.rows)
        model.col_cost_, model.col_lower_, model.col_upper_ = np.zeros(len(self.columns)), self.lower, self.upper
        model.row_lower_ = model.row_upper_ = np.zeros(len(self.rows))
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = (
            matrix.indptr,
            matrix.indices,
            matrix.data,
        )
        self.highs = solver()
        self.highs.setOptionValue("simplex_strategy", PRIMAL)  # from one question to the next only costs change
        self.highs.passModel(model)

    def reach(self, demand: Demand) -> Reach:
        """The largest deviation, up to twice what the demand asks."""
        place = int(self.place[demand.column])
        far = min(2 * demand.amount, float((self.part.up if demand.sign > 0 else self.part.down)[demand.column]))
        self.highs.changeColBounds(place, *((0.0, far) if demand.sign > 0 else (-far, 0.0)))
        self.highs.changeColCost(place, -float(demand.sign))
        move, prices = self._optimum()
        self.highs.changeColCost(place, 0.0)
        self.highs.changeColBounds(place, self.lower[place], self.upper[place])
        return Reach(demand.sign * float(move[demand.column]), move, prices)

    def together(
        self, columns: NDArray[np.int64], sign: NDArray[np.float64], amount: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """A move that takes as many of these columns as it may, each by `amount` at most in the direction of `sign`."""
        places = self.place[columns].astype(np.int32)
        lower = np.where(sign > 0, self.lower[places], np.maximum(self.lower[places], -amount))
        upper = np.where(sign > 0, np.minimum(self.upper[places], amount), self.upper[places])
        self.highs.changeColsBounds(len(places), places, lower, upper)
        self.highs.changeColsCost(len(places), places, -sign / amount)
        move, _prices = self._optimum()
        self.highs.changeColsCost(len(places), places, np.zeros(len(places)))
        self.highs.changeColsBounds(len(places), places, self.lower[places], self.upper[places])
        return move

    def _optimum(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError("a deviation without an optimum")
        solution = self.highs.getSolution()
        move, prices = np.zeros(self.part.size), np.zeros(self.part.matrix.shape[0])
        move[self.columns], prices[self.rows] = solution.col_value, solution.row_dual
        return move, prices


def unmet(
    part: Part, x: NDArray[np.float64], demands: Sequence[Demand], *, broken: float, largest: float = LARGE
) -> list[tuple[Demand, NDArray[np.float64]]]:
    """The demands that a pattern does not meet but for `broken` of them, each with prices that show it."""
    if not demands:
        return []
    room = Room(part, x, largest)
    column, sign = np.array([d.column for d in demands]), np.array([d.sign for d in demands])
    enough = np.array([d.amount for d in demands]) * (1 - broken) - SMALLEST
    met, _moves = met_together(room, column, sign, enough)
    found = []
    for number, demand in enumerate(demands):
        if met[number]:
            continue
        reach = room.reach(demand)
        met |= reach.move[column] * sign >= enough
        if reach.far < enough[number]:
            found.append((demand, reach.prices))
    return found


def met_together(
    room: Room, column: NDArray[np.int64], sign: NDArray[Any], enough: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], list[NDArray[np.float64]]]:
    """The demands that a few moves meet, each of which takes many columns, up or down at random, as far as they go."""
    met, draw = np.zeros(len(column), dtype=bool), np.random.default_rng(0)
    moves: list[NDArray[np.float64]] = []
    while True:
        left = np.flatnonzero(~met)
        order = left[draw.permutation(len(left))]
        chosen = order[np.unique(column[order], return_index=True)[1]]
        if len(chosen) < FEW:
            return met, moves
        move = room.together(column[chosen], sign[chosen].astype(np.float64), np.maximum(enough[chosen], SMALLEST))
        moves.append(move)
        met |= move[column] * sign >= enough - SMALLEST
        if len(left) - np.count_nonzero(~met) < len(chosen) * GAIN:
            return met, moves


def cut_of(part: Part, demand: Demand, prices: NDArray[np.float64]) -> Cut | None:
    """What every safe pattern satisfies, by these prices of relations; None when they say nothing.

    For any deviation, `sum(price × relation) = 0`, so the demand's column deviates by the sum of what others do.
    """
    weights = -(part.matrix.T @ prices)  # of each column in the combination
    own = weights[demand.column] * demand.sign
    return _cut(part, demand, weights / own) if own > SMALLEST else None


def _cut(part: Part, demand: Demand, weights: NDArray[np.float64]) -> Cut | None:
    """From a combination in which the demand's column weighs as much as its sign."""
    used = np.flatnonzero(np.abs(weights) > SMALLEST)
    used = used[used != demand.column]
    capacity = np.where(weights[used] > 0, part.down[used], part.up[used])
    amounts = np.minimum(np.abs(weights[used]) * np.minimum(capacity, LARGE), demand.amount)
    free = part.free[used] & (amounts > SMALLEST)
    left = demand.amount - float(amounts[~part.free[used]].sum())
    if left <= SMALLEST:
        return None
    return Cut(used[free], np.minimum(amounts[free] / left, 1.0))


def single_rows(part: Part, demands: Sequence[Demand]) -> list[Cut]:
    """What each relation of a demand's column asks by itself."""
    found, rows = {}, part.matrix.tocsr()
    for demand in demands:
        for place in range(part.matrix.indptr[demand.column], part.matrix.indptr[demand.column + 1]):
            row = part.matrix.indices[place]
            weights = np.zeros(part.size)
            span = slice(rows.indptr[row], rows.indptr[row + 1])
            weights[rows.indices[span]] = rows.data[span] / part.matrix.data[place] * demand.sign
            cut = _cut(part, demand, weights)
            if cut is not None:
                found[cut.name] = cut
    return list(found.values())
