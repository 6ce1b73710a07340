"""Histograms by SQL, on a cursor that sees one state of the facts."""

from collections.abc import Sequence

import duckdb
import numpy as np

from .conditions import to_sql
from .crosstab import COUNT, Condition, Counts, CrossTab
from .cube import FIRST, LAST, Cell, cell_dimensions
from .histograms import Histogram, Lines, Planner
from .schema import FactSchema


class Reader:
    """Asks DuckDB for histograms."""

    def __init__(self, schema: FactSchema, planner: Planner, cursor: duckdb.DuckDBPyConnection) -> None:
        self.schema = schema
        self.planner = planner
        self._cursor = cursor

    def answer(self, tabs: Sequence[CrossTab], where: Sequence[Condition]) -> dict[str, Counts]:
        """The figures of `tabs` from the facts themselves."""
        answers: dict[str, Counts] = {}
        for histogram in self.planner.plan(tabs):
            tests = [to_sql(self.schema, self.planner.codes, condition, histogram.child) for condition in where]
            lines = self._lines(histogram, tests, [])
            answers |= {tab.id: self.planner.read(tab, lines) for tab in histogram.tabs}
        return answers

    def extent(self, partition: int, cells: Sequence[Cell] | None) -> Lines:
        """The cells of a partition (all of them, or those of `cells`): their facts, first and last days."""
        names = ", ".join(f'"{name}"' for name in cell_dimensions(self.schema))
        sql = (
            f'SELECT {names}, count(*) AS "{COUNT}", min(day) AS {FIRST}, max(day) AS {LAST} FROM facts '
            f"WHERE {self._inside(partition, cells, '')} GROUP BY {names}"
        )
        return self._fetch(sql)

    def by_cell(self, histogram: Histogram, partition: int, cells: Sequence[Cell] | None) -> Lines:
        """The histogram of each cell of a partition."""
        prefix = "fact_" if histogram.child else ""
        names = [f"{prefix}{name}" for name in cell_dimensions(self.schema)]
        return self._lines(histogram, [self._inside(partition, cells, prefix)], names)

    def _inside(self, partition: int, cells: Sequence[Cell] | None, prefix: str) -> str:
        first, *names = (f'"{prefix}{name}"' for name in (self.schema.order[0], *cell_dimensions(self.schema)))
        inside = f"{first} = {partition}"
        if cells is None:
            return inside
        each = (" AND ".join(f"{name} = {number}" for name, number in zip(names, cell, strict=True)) for cell in cells)
        return f"{inside} AND ({' OR '.join(each)})"

    def _lines(self, histogram: Histogram, tests: Sequence[str], by: Sequence[str]) -> Lines:
        columns = dict.fromkeys([*by, *self.planner.columns(histogram)])
        sums = "".join(f', sum("{m}")::BIGINT AS "{m}"' for m in sorted(histogram.measures))
        listed = ", ".join(f'"{column}"' for column in columns)
        return self._fetch(
            f'SELECT {listed}, count(*) AS "{COUNT}"{sums} FROM "{histogram.child or "facts"}"'
            f"{' WHERE ' + ' AND '.join(tests) if tests else ''} GROUP BY {listed}"
        )

    def _fetch(self, sql: str) -> Lines:
        found = self._cursor.execute(sql).fetchnumpy()
        return {name: np.asarray(column, dtype=np.int64) for name, column in found.items()}
