"""Histograms by SQL, on a cursor that sees one state of the facts."""

from collections.abc import Sequence

import duckdb
import numpy as np

from .conditions import to_sql
from .crosstab import COUNT, Condition, Counts, CrossTab
from .cube import FIRST, LAST, cell_dimensions
from .histograms import Histogram, Lines, Planner
from .schema import FactSchema

FACTS = "facts"  # the table of the facts themselves; child rows stand in tables of their own names


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

    def extent(self, partition: int) -> Lines:
        """The cells of a partition: their facts, first and last days."""
        names = ", ".join(f'"{name}"' for name in cell_dimensions(self.schema))
        sql = (
            f'SELECT {names}, count(*) AS "{COUNT}", min(day) AS {FIRST}, max(day) AS {LAST} FROM facts '
            f'WHERE "{self.schema.order[0]}" = {partition} GROUP BY {names}'
        )
        return rows_of(self._cursor, sql)

    def by_cell(self, histogram: Histogram, partition: int) -> Lines:
        """The histogram of each cell of a partition."""
        prefix = "fact_" if histogram.child else ""
        names = [f"{prefix}{name}" for name in cell_dimensions(self.schema)]
        return self._lines(histogram, [f'"{prefix}{self.schema.order[0]}" = {partition}'], names)

    def _lines(self, histogram: Histogram, tests: Sequence[str], by: Sequence[str]) -> Lines:
        columns = dict.fromkeys([*by, *self.planner.columns(histogram)])
        sums = "".join(f', sum("{m}")::BIGINT AS "{m}"' for m in sorted(histogram.measures))
        listed = ", ".join(f'"{column}"' for column in columns)
        sql = (
            f'SELECT {listed}, count(*) AS "{COUNT}"{sums} FROM "{histogram.child or "facts"}"'
            f"{' WHERE ' + ' AND '.join(tests) if tests else ''} GROUP BY {listed}"
        )
        return rows_of(self._cursor, sql)


def rows_of(cursor: duckdb.DuckDBPyConnection, sql: str) -> Lines:
    """What a statement answers, by column."""
    found = cursor.execute(sql).fetchnumpy()
    return {name: np.asarray(column, dtype=np.int64) for name, column in found.items()}
