"""Counting in this process, through a DuckDB cursor that sees one state of the facts."""

from collections.abc import Sequence

import duckdb
import numpy as np

from .conditions import Dialect
from .histograms import Lines


class OnDuckDB:
    """The executor by default."""

    dialect = Dialect()

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def run(self, statements: Sequence[str]) -> list[Lines]:
        """One after the other: each takes every core."""
        return [rows_of(self._cursor, statement) for statement in statements]


def rows_of(cursor: duckdb.DuckDBPyConnection, sql: str) -> Lines:
    """What a statement answers, by column."""
    found = cursor.execute(sql).fetchnumpy()
    return {name: np.asarray(column, dtype=np.int64) for name, column in found.items()}
