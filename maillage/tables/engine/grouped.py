"""Figures of several tables at once for each group of facts (an area and a worker, say), for those who add them up.

A table's figures for a set of groups are the sum of theirs, as long as a fact stands in one group only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .crosstab import COUNT, MONTH, NONE, Counts, CrossTab, month_code
from .histograms import Lines, Planner, counts_of

Ints = NDArray[np.int64]
Answer = tuple[CrossTab, tuple[str, ...], tuple[str, ...], Ints]


@dataclass(frozen=True, slots=True)
class Grouped:
    """`groups` are codes, one of each dimension that facts were grouped by ("" for none); figures stand by group."""

    by: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    answers: dict[str, Answer]

    def counts(self, id: str, chosen: NDArray[np.bool_] | None = None) -> Counts:
        """The table over the chosen groups (all of them by default)."""
        tab, rows, columns, figures = self.answers[id]
        kept = figures if chosen is None else figures[chosen]
        return counts_of(tab, rows, columns, kept.sum(axis=0))

    def vector(self, id: str, row: str | None = None, column: str | None = None, measure: str = COUNT) -> Ints:
        """One figure of a table for each group: its total, that of a row, or of a row and column; 0 where unknown."""
        tab, rows, columns, figures = self.answers[id]
        if (row is not None and row not in rows) or (column is not None and column not in columns):
            return np.zeros(len(self.groups), dtype=np.int64)
        start = (COUNT, *tab.measures).index(measure) * (1 + len(rows) * (1 + len(columns)))
        if row is None:
            return figures[:, start]
        rank = rows.index(row)
        if column is None:
            return figures[:, start + 1 + rank]
        return figures[:, start + 1 + len(rows) + rank * len(columns) + columns.index(column)]


def group(planner: Planner, by: Sequence[str], asked: Sequence[tuple[Sequence[CrossTab], Lines, str]]) -> Grouped:
    """Put together the lines of several histograms, each with its tables and what its group columns begin with."""
    stacks = [np.stack([lines[f"{prefix}{name}"] for name in by], axis=1) for _tabs, lines, prefix in asked]
    every = np.concatenate(stacks) if stacks else np.zeros((0, len(by)), dtype=np.int64)
    numbers, cell = np.unique(every, axis=0, return_inverse=True)
    cell = cell.reshape(-1)
    answers: dict[str, Answer] = {}
    start = 0
    for (tabs, lines, _prefix), stack in zip(asked, stacks, strict=True):
        own = cell[start : start + len(stack)]
        start += len(stack)
        for tab in tabs:
            answers[tab.id] = (tab, *planner.read_by_cell(tab, lines, own, len(numbers)))
    groups = tuple(
        tuple(_code(planner, name, number) for name, number in zip(by, line, strict=True)) for line in numbers.tolist()
    )
    return Grouped(tuple(by), groups, answers)


def _code(planner: Planner, name: str, number: int) -> str:
    if name == MONTH:
        return month_code(number)
    return planner.codes.of(name)[number - 1] if number else NONE
