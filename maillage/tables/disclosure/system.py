"""A problem as its attacker sees it: deviations of the figures that may be unknown, in parts that do not touch.

What is known drops out, an inequality receives a figure of its own (its slack, which nobody shows), a figure that alone
remains in an equality can be computed and drops out too. What is left falls into connected parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import scipy  # its parts are loaded when they are first used
from numpy.typing import NDArray

from .pattern import TooLarge
from .problem import FREE, NEVER_SHOWN, SHOWN_BEFORE, UNSAFE, Problem

MOST_FIGURES = 60_000
MOST_DEMANDS = 6_000
SMALLEST = 1e-7  # a deviation below this is none


class Demand(NamedTuple):
    """Someone must find it possible that a column deviates by `amount` upwards (`sign` 1) or downwards (−1)."""

    column: int
    sign: int
    amount: float


@dataclass(slots=True)
class Part:
    """Columns that hang together: `matrix @ deviation = 0`, `-down <= deviation <= up`.

    `figures` gives the index of each column in the problem, −1 for a slack. `free` columns are shown unless hidden at
    the price of `weight`; the others are hidden already.
    """

    figures: NDArray[np.int64]
    matrix: scipy.sparse.csc_matrix
    down: NDArray[np.float64]
    up: NDArray[np.float64]
    weight: NDArray[np.float64]
    free: NDArray[np.bool_]
    demands: list[Demand]

    @property
    def size(self) -> int:
        """How many columns."""
        return len(self.figures)


def parts(problem: Problem) -> tuple[list[Part], list[int]]:
    """The parts of a problem where something is asked, and the figures that nothing protects. `TooLarge`."""
    system, down, up, status = _columns(problem)
    movable = _movable(system, (status != SHOWN_BEFORE) & (down + up > SMALLEST))
    lost = _lost(problem, movable, down, up)
    demands = [demand for demand in _demands(problem) if demand.column not in lost]
    kept = np.flatnonzero(movable)
    matrix = system[:, kept]
    count, label = _components(matrix)
    asked = sorted({int(label[np.searchsorted(kept, demand.column)]) for demand in demands})
    order = np.argsort(label, kind="stable")
    bounds = np.searchsorted(label[order], np.arange(count + 1))
    weight = np.concatenate([problem.weights, np.zeros(system.shape[1] - problem.size)])
    found = []
    by_part: dict[int, list[Demand]] = {}
    for demand in demands:
        by_part.setdefault(int(label[np.searchsorted(kept, demand.column)]), []).append(demand)
    for number in asked:
        local = order[bounds[number] : bounds[number + 1]]
        columns = kept[local]
        rows = np.unique(matrix[:, local].indices)
        rank = {int(column): place for place, column in enumerate(columns)}
        found.append(
            Part(
                figures=np.where(columns < problem.size, columns, -1),
                matrix=scipy.sparse.csc_matrix(matrix[:, local].tocsr()[rows]),
                down=down[columns],
                up=up[columns],
                weight=weight[columns],
                free=status[columns] == FREE,
                demands=[Demand(rank[d.column], d.sign, d.amount) for d in by_part[number]],
            )
        )
    _refuse_large(found)
    return found, sorted(lost)


def _columns(
    problem: Problem,
) -> tuple[scipy.sparse.csc_matrix, NDArray[np.float64], NDArray[np.float64], NDArray[np.int8]]:
    """All relations as equalities, slacks after the figures; how far each column may go down and up; its status."""
    rows, columns, numbers = [], [], []
    for row, relation in enumerate(problem.relations):
        for column, coefficient in relation.coefficients.items():
            rows.append(row)
            columns.append(column)
            numbers.append(float(coefficient))
    loose = [row for row, relation in enumerate(problem.relations) if not relation.equal]
    total = problem.size + len(loose)
    shape = (len(problem.relations), total)
    figures = scipy.sparse.csc_matrix((numbers, (rows, columns)), shape=(shape[0], problem.size))
    slack = np.maximum((figures @ problem.values)[loose], 0.0) if loose else np.zeros(0)
    rows += loose
    columns += range(problem.size, total)
    numbers += [-1.0] * len(loose)
    system = scipy.sparse.csc_matrix((numbers, (rows, columns)), shape=shape)
    down = np.concatenate([np.maximum(problem.values - problem.lowest, 0.0), slack])
    up = np.concatenate([np.maximum(problem.highest - problem.values, 0.0), np.full(len(loose), np.inf)])
    status = np.concatenate([problem.status, np.full(len(loose), NEVER_SHOWN, dtype=np.int8)])
    return system, down, up, status


def _movable(system: scipy.sparse.csc_matrix, movable: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Without the columns that an equality alone determines, again and again."""
    pattern = scipy.sparse.csr_matrix(
        (np.ones_like(system.data), system.indices, system.indptr), shape=system.shape[::-1]
    )
    while True:
        known = pattern.T @ movable.astype(float) == 1  # rows with one unknown left
        fixed = movable & (pattern @ known.astype(float) > 0)
        if not fixed.any():
            return movable
        movable = movable & ~fixed


def _demands(problem: Problem) -> list[Demand]:
    """What is asked, upwards and downwards, the largest first."""
    asks = np.isin(problem.status, (UNSAFE, NEVER_SHOWN))
    wanted = [
        Demand(int(column), sign, float(amounts[column]))
        for sign, amounts in ((1, problem.above), (-1, problem.below))
        for column in np.flatnonzero(asks & (amounts > SMALLEST))
    ]
    return sorted(wanted, key=lambda d: (-d.amount, d.column, -d.sign))


def _lost(problem: Problem, movable: NDArray[np.bool_], down: NDArray[np.float64], up: NDArray[np.float64]) -> set[int]:
    """Figures that ask for protection though they are known, or can be computed, or are known too closely."""
    n = problem.size
    asks = np.isin(problem.status, (UNSAFE, NEVER_SHOWN)) & (np.maximum(problem.above, problem.below) > SMALLEST)
    short = (problem.above > up[:n] + SMALLEST) | (problem.below > down[:n] + SMALLEST)
    return set(np.flatnonzero(asks & (~movable[:n] | short)).tolist())


def _components(matrix: scipy.sparse.csc_matrix) -> tuple[int, NDArray[np.int32]]:
    """Columns that share a row, directly or not."""
    rows, columns = matrix.shape
    joined = (
        scipy.sparse.bmat([[None, matrix.T], [matrix, None]]) if rows else scipy.sparse.csr_matrix((columns, columns))
    )
    count, label = scipy.sparse.csgraph.connected_components(joined, directed=False)
    return count, label[:columns]


def _refuse_large(found: list[Part]) -> None:
    for part in found:
        if part.size > MOST_FIGURES or len(part.demands) > MOST_DEMANDS:
            raise TooLarge(part.size, len(part.demands))
