"""From tables to few fused queries, and back.

A histogram groups facts by the columns that several tables need; each table is then read off it by adding up lines.
All is linear, so histograms of parts of the facts add up to that of the whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .crosstab import COUNT, MONTH, NONE, Counts, CrossTab, OneOf, month_code
from .encoding import Codes, mask_columns, split
from .schema import FactSchema

MAX_CELLS = 4096  # cells that one histogram may be expected to have: small enough to stay near the processor

Lines = dict[str, NDArray[np.int64]]


def counts_of(tab: CrossTab, rows: tuple[str, ...], columns: tuple[str, ...], figures: NDArray[np.int64]) -> Counts:
    """The answer from a line of figures: for each measure the total, then each row, then each row × column."""
    values: dict[str, NDArray[np.int64]] = {}
    totals: dict[str, int] = {}
    width = 1 + len(rows) * (1 + len(columns))
    for rank, measure in enumerate((COUNT, *tab.measures)):
        part = figures[rank * width : (rank + 1) * width]
        totals[measure] = int(part[0])
        values[measure] = part[1 : 1 + len(rows)]
        if tab.columns:
            values[f"{measure}|cells"] = part[1 + len(rows) :].reshape(len(rows), len(columns))
    return Counts(rows, columns, values, totals)


@dataclass(slots=True)
class Histogram:
    """A query to come: group `child` rows (or facts) by the columns of `dimensions`, count and add up `measures`."""

    child: str | None
    dimensions: set[str] = field(default_factory=set)
    measures: set[str] = field(default_factory=set)
    tabs: list[CrossTab] = field(default_factory=list)


class Planner:
    """Fuses tables in histograms, and reads tables off their lines."""

    def __init__(self, schema: FactSchema, codes: Codes) -> None:
        self.schema = schema
        self.codes = codes

    def plan(self, tabs: Iterable[CrossTab]) -> list[Histogram]:
        """The histograms that serve `tabs`, each as large as `MAX_CELLS` lets it be."""
        found: list[Histogram] = []
        for tab in sorted(tabs, key=lambda tab: -self._cells(tab.child, set(tab.dimensions))):
            home = next((h for h in found if self._fits(h, tab)), None)
            if home is None:
                home = Histogram(tab.child)
                found.append(home)
            home.dimensions |= set(tab.dimensions)
            home.measures |= set(tab.measures)
            home.tabs.append(tab)
        return found

    def _fits(self, histogram: Histogram, tab: CrossTab) -> bool:
        if histogram.child != tab.child:
            return False
        together = histogram.dimensions | set(tab.dimensions)
        return together == histogram.dimensions or self._cells(tab.child, together) <= MAX_CELLS

    def _cells(self, child: str | None, dimensions: set[str]) -> int:
        cells = 1
        for name in dimensions:
            size = len(self.codes.of(self._full(child, name)))
            cells *= 2 ** min(size, 30) if self._is_mask(child, name) else (120 if name == MONTH else size + 1)
        return cells

    def _full(self, child: str | None, name: str) -> str:
        return f"{child}.{name}" if child else name

    def _is_mask(self, child: str | None, name: str) -> bool:
        return child is None and name != MONTH and self.schema.dimension(name).multiple

    def columns(self, histogram: Histogram) -> list[str]:
        """The columns to group by."""
        columns: list[str] = []
        for name in sorted(histogram.dimensions):
            if self._is_mask(histogram.child, name):
                columns += mask_columns(name, self.codes.words(name))
            else:
                columns.append(name)
        return columns

    def read(self, tab: CrossTab, lines: Lines) -> Counts:
        """The figures of `tab` from the lines of its histogram."""
        one = np.zeros(len(lines[COUNT]), dtype=np.int64)
        rows, columns, values = self.read_by_cell(tab, lines, one, 1)
        return counts_of(tab, rows, columns, values[0])

    def read_by_cell(
        self, tab: CrossTab, lines: Lines, cell: NDArray[np.int64], cells: int
    ) -> tuple[tuple[str, ...], tuple[str, ...], NDArray[np.int64]]:
        """Rows and columns of `tab`, and its figures for each of `cells` cells; `cell` says which a line belongs to.

        Figures of a cell stand as `counts_of` takes them.
        """
        kept = np.ones(len(cell), dtype=bool)
        for condition in tab.where:
            kept &= self._bearing(tab.child, condition, lines)
        rows, row_flags = self._flags(tab, tab.rows, lines, tab.unions)
        columns, column_flags = self._flags(tab, tab.columns, lines, ()) if tab.columns else ((), [])
        flags = [kept, *(kept & row for row in row_flags)]
        flags += [kept & row & column for row in row_flags for column in column_flags]
        chosen = [np.flatnonzero(flag) for flag in flags]
        figures = [
            np.bincount(cell[lit], weights=lines[measure][lit], minlength=cells)
            for measure in (COUNT, *tab.measures)
            for lit in chosen
        ]
        return rows, columns, np.stack(figures, axis=1).astype(np.int64)

    def _flags(
        self, tab: CrossTab, name: str, lines: Lines, unions: Sequence[tuple[str, tuple[str, ...]]]
    ) -> tuple[tuple[str, ...], list[NDArray[np.bool_]]]:
        """For each row of the table (codes, unions, none), which lines it counts."""
        if name == MONTH and tab.child is None:
            months = np.unique(lines[MONTH])
            codes = tuple(month_code(int(month)) for month in months)
            return codes, [lines[MONTH] == m for m in months]
        codes = tuple(self.codes.of(self._full(tab.child, name)))
        replaced = {code for code, _ in unions}
        flags = [self._bearing(tab.child, OneOf(name, (c,)), lines) for c in codes if c not in replaced]
        flags += [self._bearing(tab.child, OneOf(name, members), lines) for _, members in unions]
        flags.append(~self._bearing(tab.child, OneOf(name, codes), lines))
        shown = (*(c for c in codes if c not in replaced), *(code for code, _ in unions), NONE)
        return shown, flags

    def _bearing(self, child: str | None, condition: OneOf, lines: Lines) -> NDArray[np.bool_]:
        name = self._full(child, condition.dimension)
        numbers = [n for n in (self.codes.number(name, code) for code in condition.codes) if n]
        if self._is_mask(child, condition.dimension):
            bears = np.zeros(len(lines[COUNT]), dtype=bool)
            for column, bits in zip(mask_columns(condition.dimension, 99), split(numbers), strict=False):
                bears |= (lines[column] & bits) != 0
            return bears
        return np.isin(lines[condition.dimension], [*numbers, *([0] if NONE in condition.codes else [])])
