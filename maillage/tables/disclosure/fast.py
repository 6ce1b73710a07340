"""A safe pattern in little time: demand by demand, the attacker's cheapest move; then what is needless is shown again.

Each demand keeps a witness: a deviation of hidden figures only that meets it. As long as all witnesses stand, the
pattern is safe.
"""

import numpy as np
from numpy.typing import NDArray

from .moves import Moves
from .pattern import Unprotectable
from .system import SMALLEST, Demand, Part

ALMOST_NOTHING = 1e-4  # what an already hidden figure costs, so that moves stay short


class Witnesses:
    """For each demand of a part, a deviation that meets it."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.column = np.array([d.column for d in part.demands])
        self.sign = np.array([d.sign for d in part.demands])
        self.amount = np.array([d.amount for d in part.demands])
        self.of: dict[int, NDArray[np.float64]] = {}

    def missing(self) -> NDArray[np.int64]:
        """The demands without a witness."""
        return np.array([n for n in range(len(self.column)) if n not in self.of], dtype=np.int64)

    def note(self, move: NDArray[np.float64]) -> None:
        """Keep a move for every demand without a witness that it meets, as it is or turned round, stretched if need be."""
        for turned in (move, -move):
            missing = self.missing()
            if not len(missing):
                return
            reach = self._reach(turned)
            met = missing[reach * turned[self.column[missing]] * self.sign[missing] >= self.amount[missing] - SMALLEST]
            for number in met.tolist():
                stretch = self.amount[number] / abs(turned[self.column[number]])
                self.of[number] = turned * min(max(stretch, 0.0), reach)

    def _reach(self, move: NDArray[np.float64]) -> float:
        """How many times the move can be made before a figure would leave its limits."""
        used = np.flatnonzero(move)
        limit = np.where(move[used] > 0, self.part.up[used], self.part.down[used])
        return float(np.min(limit / np.abs(move[used]), initial=1e6))

    def using(self, column: int) -> list[int]:
        """The demands whose witness moves a column."""
        return [number for number, move in self.of.items() if move[column] != 0]

    def stand(self, hidden: NDArray[np.bool_]) -> bool:
        """Whether every demand is met by a deviation of hidden columns within the limits and the relations."""
        if len(self.missing()):
            return False
        for number, move in self.of.items():
            d: Demand = self.part.demands[number]
            if (
                np.abs(self.part.matrix @ move).max(initial=0.0) > 1e-5
                or ((move > self.part.up + 1e-6) | (move < -self.part.down - 1e-6)).any()
                or (move[~hidden] != 0).any()
                or move[d.column] * d.sign < d.amount - 1e-6
            ):
                return False
        return True


def fast(part: Part, cost: NDArray[np.float64] | None = None) -> NDArray[np.bool_]:
    """The columns to hide. `Unprotectable` with the columns (of the part) that cannot be protected.

    `cost`: of moving each column while the pattern is made, its weight unless given.
    """
    hidden, witnesses = _cover(part, part.weight if cost is None else cost)
    _show_needless(part, hidden, witnesses)
    if not witnesses.stand(hidden):
        raise ArithmeticError("a pattern without its witnesses")
    return hidden


def _cover(part: Part, cost: NDArray[np.float64]) -> tuple[NDArray[np.bool_], Witnesses]:
    hidden, witnesses = ~part.free, Witnesses(part)
    scale = max(float(part.weight.max(initial=0.0)), 1.0)
    moves = Moves(part, np.where(hidden, ALMOST_NOTHING, cost + ALMOST_NOTHING * scale / part.size))
    lost = []
    for number, demand in enumerate(part.demands):
        if number in witnesses.of:
            continue
        move = moves.cheapest(demand)
        if move is None:
            lost.append(demand.column)
            continue
        new = np.flatnonzero((move != 0) & ~hidden)
        hidden[new] = True
        moves.price(new, ALMOST_NOTHING)
        witnesses.note(move)
    if lost:
        raise Unprotectable(lost)
    return hidden, witnesses


def _show_needless(part: Part, hidden: NDArray[np.bool_], witnesses: Witnesses) -> None:
    """Shows again, from the heaviest on, each figure without which every demand can still be met."""
    extra = np.flatnonzero(hidden & part.free)
    if not len(extra):
        return
    moves = Moves(part, np.where(part.free, part.weight, 0.0) + ALMOST_NOTHING, np.flatnonzero(hidden))
    for column in extra[np.lexsort((extra, -part.weight[extra]))].tolist():
        needing = witnesses.using(column)
        before = {number: witnesses.of.pop(number) for number in needing}
        moves.forbid(column)
        for number in needing:
            if number in witnesses.of:
                continue
            move = moves.cheapest(part.demands[number])
            if move is None:
                witnesses.of.update(before)
                moves.allow(column)
                break
            witnesses.note(move)
        else:
            hidden[column] = False
