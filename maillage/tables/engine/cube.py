"""The additive cube: figures of whole cells (a month of an area), added up when a question takes cells whole.

Its size does not depend on how many facts there are. It is made of the same histograms as any answer, so it can only
say what they would; cells that changed are counted again before the next answer.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .conditions import numbers_of
from .crosstab import COUNT, MONTH, Condition, Counts, CrossTab, Days, OneOf, month_code
from .encoding import EPOCH_DAY
from .histograms import Histogram, Lines, Planner, counts_of
from .schema import FactSchema

Ints = NDArray[np.int64]
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
        answers = {tab.id: self._calendar(tab, taken) for tab in self.calendars}
        start = 0
        for tab, rows, columns in self.layout:
            width = (1 + len(tab.measures)) * (1 + len(rows) * (1 + len(columns)))
            answers[tab.id] = counts_of(tab, rows, columns, total[start : start + width])
            start += width
        return answers

    def _calendar(self, calendar: CrossTab, taken: NDArray[np.bool_]) -> Counts:
        """Facts by month, which the cells themselves say, and their measures, which the whole of another table says."""
        months, rank = np.unique(self.keys[MONTH][taken], return_inverse=True)
        values = {
            measure: np.bincount(rank, weights=column[taken], minlength=len(months)).astype(np.int64)
            for measure, column in self._wholes(calendar)
        }
        codes = tuple(month_code(int(month)) for month in months)
        return Counts(codes, (), values, {measure: int(column.sum()) for measure, column in values.items()})

    def _wholes(self, calendar: CrossTab) -> Iterator[tuple[str, Ints]]:
        """For each measure of `calendar`, its figure in each cell."""
        yield COUNT, self.count
        start = 0
        for tab, rows, columns in self.layout if calendar.measures else ():
            width = 1 + len(rows) * (1 + len(columns))
            if is_whole(tab, calendar.measures):
                for measure in calendar.measures:
                    yield measure, self.figures[:, start + width * (1 + tab.measures.index(measure))]
                return
            start += width * (1 + len(tab.measures))


def is_calendar(tab: CrossTab) -> bool:
    """Whether the table is that of facts by month (and sums of measures), and no more."""
    return tab == CrossTab(tab.id, rows=MONTH, measures=tab.measures)


def is_whole(tab: CrossTab, measures: Sequence[str]) -> bool:
    """Whether the totals of the table are those of all facts, for each of `measures`."""
    return tab.child is None and not tab.where and MONTH not in tab.dimensions and set(measures) <= set(tab.measures)


def can_hold(tabs: Sequence[CrossTab]) -> bool:
    """Whether a cube can hold these tables: rows by month have no fixed length, unless they are all there is."""
    return all(
        MONTH not in tab.dimensions
        or (is_calendar(tab) and (not tab.measures or any(is_whole(other, tab.measures) for other in tabs)))
        for tab in tabs
    )


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


def extent_of(schema: FactSchema, rows: Lines) -> Lines:
    """The cells of these facts, as a question to the store would give them."""
    names = cell_dimensions(schema)
    _cells, at, cell = np.unique(_packed(rows, names), return_index=True, return_inverse=True)
    first, last = rows["day"][at].copy(), rows["day"][at].copy()
    np.minimum.at(first, cell, rows["day"])
    np.maximum.at(last, cell, rows["day"])
    return {name: rows[name][at] for name in names} | {COUNT: np.bincount(cell), FIRST: first, LAST: last}


def added(cube: Cube, schema: FactSchema, part: Cube, sign: int) -> Cube | None:
    """`cube` with the facts of `part` (taken away where `sign` is −1); None if their tables differ in rows.

    Days of a cell from which facts are taken away stay as they were: at worst a question seems to cut it.
    """
    if cube.layout != part.layout:
        return None
    names = cell_dimensions(schema)
    packed = _packed(cube.keys, names), _packed(part.keys, names)
    cells = np.union1d(*packed)
    old, new = np.searchsorted(cells, packed[0]), np.searchsorted(cells, packed[1])
    count = np.zeros(len(cells), dtype=np.int64)
    figures = np.zeros((len(cells), cube.figures.shape[1]), dtype=np.int64)
    first, last = np.full(len(cells), BIG), np.full(len(cells), -BIG)
    keys = {name: np.zeros(len(cells), dtype=np.int64) for name in names}
    for at, source, times in ((old, cube, 1), (new, part, sign)):
        count[at] += times * source.count
        figures[at] += times * source.figures
        first[at], last[at] = np.minimum(first[at], source.first), np.maximum(last[at], source.last)
        for name in names:
            keys[name][at] = source.keys[name]
    left = count > 0
    return replace(
        cube,
        keys={name: column[left] for name, column in keys.items()},
        count=count[left],
        first=first[left],
        last=last[left],
        figures=figures[left],
    )
