"""The additive cube: figures of whole cells (a month of an area), added up when a question takes cells whole.

Its size does not depend on how many facts there are. It is made of the same histograms as any answer, so it can only
say what they would; cells that changed are counted again before the next answer.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .conditions import numbers_of
from .crosstab import COUNT, MONTH, Condition, Counts, CrossTab, Days, OneOf, month_code
from .encoding import EPOCH_DAY
from .histograms import Histogram, Lines, Planner, counts_of
from .schema import FactSchema

Ints = NDArray[np.int64]
Cell = tuple[int, ...]
Lit = Callable[[Histogram], Lines]  # the lines of a histogram, by cell, of the cells that are being counted
FIRST, LAST = "first_day", "last_day"
BIG = 1 << 20  # more than any number of an order dimension or of a month

Layout = tuple[tuple[CrossTab, tuple[str, ...], tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Cube:
    """Figures of `tabs` for each cell of one partition. Never changed: a newer one takes its place."""

    step: int
    layout: Layout
    calendars: tuple[CrossTab, ...]
    keys: dict[str, Ints]
    count: Ints
    first: Ints
    last: Ints
    figures: Ints

    def answer(self, schema: FactSchema, planner: Planner, where: Sequence[Condition]) -> dict[str, Counts] | None:
        """The figures of the cells that `where` takes; None if it cuts through one."""
        taken = np.ones(len(self.first), dtype=bool)
        for condition in where:
            if isinstance(condition, Days):
                start, end = (day.toordinal() - EPOCH_DAY for day in (condition.start, condition.end))
                inside = (self.first >= start) & (self.last <= end)
                if np.any(taken & ~inside & (self.last >= start) & (self.first <= end)):
                    return None
                taken &= inside
            elif isinstance(condition, OneOf) and condition.dimension != schema.order[0]:
                taken &= np.isin(self.keys[condition.dimension], numbers_of(condition, planner.codes))
        total = self.figures[taken].sum(axis=0)
        answers = {tab.id: self._calendar(taken) for tab in self.calendars}
        start = 0
        for tab, rows, columns in self.layout:
            width = (1 + len(tab.measures)) * (1 + len(rows) * (1 + len(columns)))
            answers[tab.id] = counts_of(tab, rows, columns, total[start : start + width])
            start += width
        return answers

    def _calendar(self, taken: NDArray[np.bool_]) -> Counts:
        """Facts by month, which the cells themselves say."""
        months, rank = np.unique(self.keys[MONTH][taken], return_inverse=True)
        counts = np.bincount(rank, weights=self.count[taken], minlength=len(months)).astype(np.int64)
        codes = tuple(month_code(int(month)) for month in months)
        return Counts(codes, (), {COUNT: counts}, {COUNT: int(counts.sum())})


def is_calendar(tab: CrossTab) -> bool:
    """Whether the table is that of facts by month, and no more."""
    return tab == CrossTab(tab.id, rows=MONTH)


def can_hold(tabs: Sequence[CrossTab]) -> bool:
    """Whether a cube can hold these tables: rows by month have no fixed length, unless they are all there is."""
    return all(is_calendar(tab) or MONTH not in tab.dimensions for tab in tabs)


def cell_dimensions(schema: FactSchema) -> tuple[str, ...]:
    """What a cell is made of, inside a partition (the first order dimension)."""
    return (*schema.order[1:], MONTH)


def partition_of(schema: FactSchema, where: Sequence[Condition]) -> str | None:
    """The code of the one partition that the question is about, if a cube can answer it; None otherwise."""
    found = None
    for condition in where:
        match condition:
            case OneOf(name, (code,)) if schema.order and name == schema.order[0] and found is None:
                found = code
            case OneOf(name, _) if name in cell_dimensions(schema):
                pass
            case Days():
                pass
            case _:
                return None
    return found


def build(schema: FactSchema, planner: Planner, tabs: Sequence[CrossTab], step: int, extent: Lines, lit: Lit) -> Cube:
    """Count cells: `extent` has a line for each, with its facts, first and last days; `lit` gives histograms by cell."""
    names = cell_dimensions(schema)
    packed = _packed(extent, names)
    order = np.argsort(packed)
    layout: list[tuple[CrossTab, tuple[str, ...], tuple[str, ...]]] = []
    parts: list[Ints] = [np.zeros((len(packed), 0), dtype=np.int64)]
    for histogram in planner.plan(tab for tab in tabs if not is_calendar(tab)):
        lines = lit(histogram)
        prefix = "fact_" if histogram.child else ""
        cell = np.searchsorted(packed[order], _packed({name: lines[f"{prefix}{name}"] for name in names}, names))
        for tab in histogram.tabs:
            rows, columns, figures = planner.read_by_cell(tab, lines, cell, len(packed))
            layout.append((tab, rows, columns))
            parts.append(figures)
    return Cube(
        step=step,
        layout=tuple(layout),
        calendars=tuple(tab for tab in tabs if is_calendar(tab)),
        keys={name: extent[name][order] for name in names},
        count=extent[COUNT][order],
        first=extent[FIRST][order],
        last=extent[LAST][order],
        figures=np.concatenate(parts, axis=1),
    )


def _packed(keys: dict[str, Ints], names: Sequence[str]) -> Ints:
    """One number a cell."""
    packed = np.zeros(len(keys[names[0]]), dtype=np.int64)
    for name in names:
        packed = packed * BIG + keys[name]
    return packed


def patched(cube: Cube, schema: FactSchema, part: Cube, cells: Iterable[Cell]) -> Cube | None:
    """`cube` with `cells` as `part` counts them now; None if the rows of a table are not the same in both."""
    if cube.layout != part.layout:
        return None
    names = cell_dimensions(schema)
    gone = np.isin(_packed(cube.keys, names), [_pack(cell) for cell in cells])

    def joined(kept: Ints, new: Ints) -> Ints:
        return np.concatenate([kept[~gone], new])

    return replace(
        cube,
        step=part.step,
        keys={name: joined(cube.keys[name], part.keys[name]) for name in names},
        count=joined(cube.count, part.count),
        first=joined(cube.first, part.first),
        last=joined(cube.last, part.last),
        figures=joined(cube.figures, part.figures),
    )


def _pack(cell: Cell) -> int:
    packed = 0
    for number in cell:
        packed = packed * BIG + number
    return packed
