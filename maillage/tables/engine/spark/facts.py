"""The facts of a data set, asked through a cluster: the questions of `Facts`, and the same answers."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import numpy as np

from maillage.tables.engine.conditions import YEAR, Dialect
from maillage.tables.engine.crosstab import Condition, Counts, CrossTab, OneOf
from maillage.tables.engine.dataset import DataSet, apart
from maillage.tables.engine.encoding import mask_columns
from maillage.tables.engine.grouped import Grouped
from maillage.tables.engine.histograms import Lines, Planner
from maillage.tables.engine.question import FACTS
from maillage.tables.engine.reader import Reader
from maillage.tables.engine.schema import FactSchema

from .cluster import SparkTrouble, Trouble, first_line

AT_ONCE = 8  # statements that a cluster is given at once
SETTINGS = {
    "spark.sql.ansi.enabled": "true",  # a sum that does not fit is an error, never a wrong figure
    "spark.sql.shuffle.partitions": "8",  # a grouping has some thousand lines
    "spark.sql.files.maxPartitionBytes": "16m",  # small enough for every core to have work
}
GONE = ("FAILED_READ_FILE", "PATH_NOT_FOUND", "FileNotFoundException")


class OnSpark:
    """The executor of a cluster. Statements are given together: each has a cost of its own that the others can fill."""

    dialect = Dialect(quote="`", by_year=True)

    def __init__(self, session: Any) -> None:
        self._session = session

    def run(self, statements: Sequence[str]) -> list[Lines]:
        """All are of one state of the facts: the files of a data set never change."""
        with ThreadPoolExecutor(min(AT_ONCE, max(len(statements), 1))) as pool:
            return list(pool.map(self._run, statements))

    def _run(self, statement: str) -> Lines:
        try:
            frame = self._session.sql(statement)
            names, rows = frame.columns, frame.collect()
        except Exception as trouble:
            lost = any(word in str(trouble) for word in GONE)
            raise SparkTrouble(Trouble.LOST if lost else Trouble.FAILED, first_line(trouble)) from trouble
        lines = np.array(rows, dtype=np.int64).reshape(len(rows), len(names))
        return {name: lines[:, rank] for rank, name in enumerate(names)}


class SparkFacts:
    """The facts of one version of a data set on one cluster. Threads may ask at once."""

    def __init__(self, schema: FactSchema, data: DataSet, session: Any) -> None:
        self.schema = schema
        self.data = data
        self.session = session
        self.as_of: datetime | None = data.written
        self._session = session.newSession()
        for name, value in SETTINGS.items():
            self._session.conf.set(name, value)
        for table, columns in self._tables().items():
            shape = ", ".join(f"`{name}` {kind}" for name, kind in columns.items())
            try:
                rows = self._session.read.schema(shape).parquet((data.folder / table).as_uri())
                rows.createOrReplaceTempView(table)
            except Exception as trouble:
                raise SparkTrouble(Trouble.LOST, first_line(trouble)) from trouble

    def _tables(self) -> dict[str, dict[str, str]]:
        """Columns of each table and their types: partitions have them from their folders, the rest from the files."""
        facts = dict.fromkeys(("key",), "BIGINT") | dict.fromkeys(("day", "month"), "INT")
        facts |= dict.fromkeys((d.name for d in self.schema.single), "INT")
        for dimension in self.schema.multiple:
            facts |= dict.fromkeys(mask_columns(dimension.name, self.data.codes.words(dimension.name)), "BIGINT")
        facts |= dict.fromkeys((*self.schema.measures, apart(self.schema, ""), YEAR), "INT")
        tables = {FACTS: facts}
        for child in self.schema.children:
            own = [*(d.name for d in child.dimensions), *child.measures]
            parent = [f"fact_{name}" for name in (*self.schema.order, "day", "month")]
            tables[child.name] = {"key": "BIGINT"} | dict.fromkeys([*own, *parent, YEAR], "INT")
        return tables

    def ask(self, tabs: Sequence[CrossTab], where: Sequence[Condition] = (), *, cube: bool = True) -> dict[str, Counts]:
        """The figures of `tabs` over the facts that meet every condition of `where` (`cube` is for `Facts` alone)."""
        return self._reader(where).answer(tabs, where)

    def ask_by(self, tabs: Sequence[CrossTab], by: Sequence[str], where: Sequence[Condition] = ()) -> Grouped:
        """The figures of `tabs` for each group of facts with the same codes in the dimensions `by`, each single-valued."""
        return self._reader(where).grouped(tabs, where, by)

    def _reader(self, where: Sequence[Condition]) -> Reader:
        if self.data.held is not None:
            self._see_that_they_are_held(where)
        return Reader(self.schema, Planner(self.schema, self.data.codes), OnSpark(self._session))

    def _see_that_they_are_held(self, where: Sequence[Condition]) -> None:
        """A data set limited to some codes answers of those only: of others it would count nothing."""
        name, held = self.schema.order[0], set(self.data.held or ())
        if not any(isinstance(c, OneOf) and c.dimension == name and held.issuperset(c.codes) for c in where):
            raise SparkTrouble(Trouble.NOT_HELD)

    def plan(self, statement: str) -> str:
        """How the cluster would run a statement."""
        return str(self._session.sql(statement)._jdf.queryExecution().toString())
