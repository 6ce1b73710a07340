"""Proofs that a pattern is safe: for each demand, a deviation of hidden columns that meets it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .system import SMALLEST, Demand, Part


class Witnesses:
    """For each demand of a part, a deviation that meets it."""

    def __init__(self, part: Part, demands: Sequence[Demand]) -> None:
        self.part, self.demands = part, demands
        self.column = np.array([d.column for d in demands], dtype=np.int64)
        self.sign = np.array([d.sign for d in demands], dtype=np.float64)
        self.amount = np.array([d.amount for d in demands], dtype=np.float64)
        self.lacks = np.ones(len(demands), dtype=bool)
        self.of: dict[int, NDArray[np.float64]] = {}

    def note(self, move: NDArray[np.float64]) -> None:
        """Keep a move for every demand without a witness that it meets, as it is or turned round, stretched if need be."""
        used = np.flatnonzero(move)
        for turned in (move, -move):
            limit = np.where(turned[used] > 0, self.part.up[used], self.part.down[used])
            reach = float(np.min(limit / np.abs(turned[used]), initial=1e6))
            missing = np.flatnonzero(self.lacks)
            met = missing[reach * turned[self.column[missing]] * self.sign[missing] >= self.amount[missing] - SMALLEST]
            for number in met.tolist():
                stretch = self.amount[number] / abs(turned[self.column[number]])
                self.of[number] = turned * min(stretch, reach)
            self.lacks[met] = False

    def take(self, numbers: Sequence[int]) -> dict[int, NDArray[np.float64]]:
        """The witnesses of these demands, which lack one from now on."""
        self.lacks[list(numbers)] = True
        return {number: self.of.pop(number) for number in numbers}

    def give(self, taken: dict[int, NDArray[np.float64]]) -> None:
        """Give witnesses back."""
        self.of |= taken
        self.lacks[list(taken)] = False

    def using(self, column: int) -> list[int]:
        """The demands whose witness moves a column."""
        return [number for number, move in self.of.items() if move[column] != 0]

    def stand(self, hidden: NDArray[np.bool_]) -> bool:
        """Whether every demand is met by a deviation of hidden columns within the limits and the relations."""
        if self.lacks.any():
            return False
        for number, move in self.of.items():
            demand = self.demands[number]
            if (
                np.abs(self.part.matrix @ move).max(initial=0.0) > 1e-5
                or ((move > self.part.up + 1e-6) | (move < -self.part.down - 1e-6)).any()
                or (move[~hidden] != 0).any()
                or move[demand.column] * demand.sign < demand.amount - 1e-6
            ):
                return False
        return True
