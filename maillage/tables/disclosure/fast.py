"""A safe pattern in little time: demand by demand, the attacker's cheapest move; then what is needless is shown again.

The relaxation tells beforehand which columns are worth hiding, and which are not worth a thought.
"""

import numpy as np
from numpy.typing import NDArray

from .cuts import LARGE, Room, met_together, unmet
from .moves import Moves
from .pattern import Unprotectable
from .relaxation import Relaxation
from .system import SMALLEST, Part
from .witnesses import Witnesses

SOME, MANY = 8, 100  # after so many moves, when more demands than that are left, some are met together
QUESTIONS = 8_000_000  # of the clean-up, times the columns of the part: so much and no more
ALMOST_NOTHING = 1e-4  # what an already hidden column costs, so that moves stay short


class Builder:
    """Makes safe patterns of a part; `relaxation` is None when what is hidden already meets every demand."""

    def __init__(self, part: Part) -> None:
        self.part = part
        hidden = (~part.free).astype(float)
        self.demands = [demand for demand, _prices in unmet(part, hidden, part.demands, broken=0.0)]
        self.relaxation: Relaxation | None = None
        if self.demands:
            self.relaxation = Relaxation(part, self.demands)
            found = self.relaxation.settle()
            self.guide = hidden if found is None else found
            self.among = np.arange(part.size) if found is None else self._worth(self.relaxation)

    @property
    def bound(self) -> float:
        """No safe pattern weighs less."""
        return 0.0 if self.relaxation is None else self.relaxation.floor

    def build(self, guide: NDArray[np.float64] | None = None) -> NDArray[np.bool_]:
        """Columns to hide; those that `guide` hides are cheap. `Unprotectable` with columns of the part."""
        hidden = ~self.part.free
        if self.relaxation is None:
            return hidden
        cost = self.part.weight * (1 - (self.guide if guide is None else guide))
        witnesses = Witnesses(self.part, self.demands)
        self._cover(hidden, witnesses, cost)
        _show_needless(self.part, hidden, witnesses)
        if not witnesses.stand(hidden):
            raise ArithmeticError("a pattern without its witnesses")
        return hidden

    def _worth(self, relaxation: Relaxation) -> NDArray[np.int64]:
        """Columns that are hidden, or may be: the cheapest beyond the bound."""
        reduced = relaxation.reduced
        limit = np.partition(reduced, len(reduced) // 4)[len(reduced) // 4]
        return np.sort(np.concatenate([np.flatnonzero(~self.part.free), relaxation.free[reduced <= limit + 1e-6]]))

    def _cover(self, hidden: NDArray[np.bool_], witnesses: Witnesses, cost: NDArray[np.float64]) -> None:
        part = self.part
        small = ALMOST_NOTHING * max(float(part.weight.max(initial=0.0)), 1.0) / part.size
        prices = np.where(hidden, ALMOST_NOTHING, cost + small)
        moves, wide = Moves(part, prices, self.among), None
        lost, since = [], 0
        for number, demand in enumerate(self.demands):
            if not witnesses.lacks[number]:
                continue
            move = moves.cheapest(demand)
            if move is None:
                wide = wide or Moves(part, np.where(hidden, ALMOST_NOTHING, prices))
                move = wide.cheapest(demand)
            if move is None:
                lost.append(demand.column)
                continue
            new = np.flatnonzero((move != 0) & ~hidden)
            hidden[new] = True
            moves.price(new, ALMOST_NOTHING)
            if wide is not None:
                wide.price(new, ALMOST_NOTHING)
            witnesses.note(move)
            since += 1
            if since >= SOME and np.count_nonzero(witnesses.lacks) > MANY:
                _together(part, hidden, witnesses)
                since = 0
        if lost:
            raise Unprotectable(lost)


def _together(part: Part, hidden: NDArray[np.bool_], witnesses: Witnesses) -> None:
    """Witnesses for the demands that what is hidden by now meets, many at once."""
    lacking = np.flatnonzero(witnesses.lacks)
    column, sign, amount = witnesses.column[lacking], witnesses.sign[lacking], witnesses.amount[lacking]
    _met, moves = met_together(Room(part, hidden.astype(float), LARGE), column, sign, amount)
    for move in moves:
        move[np.abs(move) < SMALLEST] = 0.0
        witnesses.note(move)


def _show_needless(part: Part, hidden: NDArray[np.bool_], witnesses: Witnesses) -> None:
    """Shows again, from the heaviest on, each column without which every demand can still be met."""
    extra = np.flatnonzero(hidden & part.free)
    moves = Moves(part, np.where(part.free, part.weight, 0.0) + ALMOST_NOTHING, np.flatnonzero(hidden))
    left = QUESTIONS // part.size
    for column in extra[np.lexsort((extra, -part.weight[extra]))].tolist():
        needing = witnesses.using(column)
        if len(needing) > left:
            continue
        before = witnesses.take(needing)
        moves.forbid(column)
        for number in needing:
            if not witnesses.lacks[number]:
                continue
            move = moves.cheapest(witnesses.demands[number])
            left -= 1
            if move is None:
                witnesses.give(before)
                moves.allow(column)
                break
            witnesses.note(move)
        else:
            hidden[column] = False
