"""What is asked (one definition for page, chart, file and command line) and what is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

COUNT = "count"
NONE = ""  # the code of rows that bear no code of the dimension
MONTH = "month"  # the dimension that every fact has: codes are « 2014-03 »


@dataclass(frozen=True, slots=True)
class OneOf:
    """Facts that bear at least one of `codes` in `dimension`; `child.dimension` speaks of the facts' child rows."""

    dimension: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """Facts from `start` to `end`, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Facts whose `measure` is `value` or more."""

    measure: str
    value: int


def month_code(number: int) -> str:
    """« 2014-03 » for year × 12 + month − 1."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def month_number(code: str) -> int:
    """Year × 12 + month − 1 of « 2014-03 »."""
    return int(code[:4]) * 12 + int(code[5:]) - 1


Condition = OneOf | Days | AtLeast


@dataclass(frozen=True, slots=True)
class CrossTab:
    """A table: counts (and sums of `measures`) of facts, or of their child rows, by one or two dimensions.

    `where` is part of the table (collective entries only); what the reader filters by is given with the question.
    A union is a row of its own: it counts once a fact that bears any of its codes.
    """

    id: str
    rows: str
    columns: str | None = None
    child: str | None = None
    measures: tuple[str, ...] = ()
    where: tuple[OneOf, ...] = ()
    unions: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def dimensions(self) -> tuple[str, ...]:
        """All the dimensions that the table needs, without repetition."""
        asked = [self.rows, *([self.columns] if self.columns else []), *(c.dimension for c in self.where)]
        return tuple(dict.fromkeys(asked))


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures of a table. `values[measure]` is by row, or by row and column; `totals[measure]` is of the table's facts.

    `rows` and `columns` end with `NONE` (months do not). A row that is not there counts 0.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: dict[str, NDArray[np.int64]]
    totals: dict[str, int]

    def count(self, row: str, measure: str = COUNT) -> int:
        """The figure of a row (of a two-way table too: facts of the row, whatever their columns)."""
        if row not in self.rows:
            return 0
        return int(self.values[measure][self.rows.index(row)])

    def cell(self, row: str, column: str, measure: str = COUNT) -> int:
        """The figure where a row and a column meet."""
        if row not in self.rows or column not in self.columns:
            return 0
        return int(self.values[f"{measure}|cells"][self.rows.index(row), self.columns.index(column)])

    def sum(self, rows: Sequence[str], measure: str = COUNT) -> int:
        """The figures of several rows added: right only where rows exclude each other."""
        return sum(self.count(row, measure) for row in rows)

    def total(self, measure: str = COUNT) -> int:
        """The whole table's figure: each fact once."""
        return self.totals[measure]
