"""Facts in the memory of this process: loaded once from the base, kept up with the deltas, asked through DuckDB."""

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import duckdb
import numpy as np
from numpy.typing import NDArray

from .crosstab import Condition, Counts, CrossTab
from .cubes import Cubes, Rows
from .encoding import Codes
from .grouped import Grouped
from .histograms import Planner
from .manifest import Manifest, Segment
from .on_duckdb import OnDuckDB, rows_of
from .question import FACTS
from .reader import Reader
from .schema import FactSchema
from .segments import child_columns, fact_columns, narrow_types, path, quoted
from .store import Store


def month_of(day: str, kind: str = "USMALLINT") -> str:
    """The month of a day, as a number: year × 12 + month − 1."""
    moment = f"(DATE '1970-01-01' + {day})"
    return f"(year({moment}) * 12 + month({moment}) - 1)::{kind}"


class StoreLost(Exception):
    """The store has no manifest that can be read, or lacks a segment: it must be rebuilt."""


@dataclass(frozen=True, slots=True)
class _State:
    """What the tables in memory hold."""

    lineage: str
    life: int
    step: int
    types: dict[str, str]
    codes: Codes


class Facts:
    """The facts of one store, in this process. Threads may ask and load at once; each question sees one whole state."""

    as_of: datetime | None = None  # they are as of now, where facts of a data set may be older

    def __init__(self, store: Store) -> None:
        self.store = store
        self.schema: FactSchema = store.schema
        self._connection = duckdb.connect(":memory:", config={"threads": 2, "preserve_insertion_order": False})
        self._loading = threading.Lock()
        self._switching = threading.Lock()
        self._state: _State | None = None
        self._highest = sys.maxsize  # no key above it stands in memory
        self._cubes = Cubes(store.schema)

    def close(self) -> None:
        """Free the memory."""
        self._connection.close()

    def load(self, manifest: Manifest | None = None) -> None:
        """Bring the memory to what the store's manifest says. `StoreLost` when the store cannot be read."""
        with self._loading:
            for _ in range(5):
                manifest = manifest or self.store.manifest()
                if manifest is None:
                    raise StoreLost(str(self.store.folder))
                try:
                    self._load(manifest)
                    return
                except (duckdb.IOException, duckdb.InvalidInputException, duckdb.BinderException):
                    manifest = None  # a merge removed a segment under our eyes: its manifest says where the rows are
            raise StoreLost(str(self.store.folder))

    def _load(self, manifest: Manifest) -> None:
        state = self._state
        types = narrow_types(self.schema, manifest.codes)
        if state and (state.lineage, state.step) == (manifest.lineage, manifest.step):
            return
        base, *deltas = manifest.segments
        cursor = self._connection.cursor()
        cursor.execute("BEGIN")
        try:
            if state is None or state.lineage != manifest.lineage or base.last > state.step or types != state.types:
                self._load_base(cursor, base, types)
                life, step = (state.life + 1 if state else 1), base.last
            else:
                life, step = state.life, state.step
            for segment in deltas:
                if segment.last > step:
                    self._apply(cursor, segment, types)
            with self._switching:
                cursor.execute("COMMIT")
                self._state = _State(manifest.lineage, life, manifest.step, types, manifest.codes)
        except BaseException:
            cursor.execute("ROLLBACK")
            self._cubes.clear()
            raise
        finally:
            cursor.close()

    def _load_base(self, cursor: duckdb.DuckDBPyConnection, base: Segment, types: dict[str, str]) -> None:
        self._cubes.clear()
        self._highest = sys.maxsize
        cursor.execute(f"CREATE OR REPLACE TABLE facts AS {self._facts_of(base, types)} WHERE alive")
        for child in self.schema.children:
            rows = self._children_of(base, child.name, types)
            cursor.execute(f'CREATE OR REPLACE TABLE "{child.name}" AS {rows}')
        self._highest = cursor.execute("SELECT coalesce(max(key), 0) FROM facts").fetchall()[0][0]

    def _apply(self, cursor: duckdb.DuckDBPyConnection, segment: Segment, types: dict[str, str]) -> None:
        file = quoted(path(self.store.folder, segment.name))
        touched = f"(SELECT key FROM read_parquet('{file}'))"
        lowest, highest = cursor.execute(f"SELECT min(key), max(key) FROM {touched}").fetchall()[0]
        tables = (FACTS, *(child.name for child in self.schema.children))
        gone: Rows = {}
        if lowest <= self._highest:  # else all are new: there is nothing to look for
            for table in tables:
                gone[table] = rows_of(cursor, f'DELETE FROM "{table}" WHERE key IN {touched} RETURNING *')
        facts = f"{self._facts_of(segment, types)} WHERE alive"
        new: Rows = {FACTS: rows_of(cursor, f"INSERT INTO facts BY NAME {facts} RETURNING *")}
        for child in segment.children:
            rows = self._children_of(segment, child, types)
            new[child] = rows_of(cursor, f'INSERT INTO "{child}" BY NAME {rows} RETURNING *')
        self._cubes.note(segment.last, gone, new)
        self._highest = max(self._highest, highest)

    def _facts_of(self, segment: Segment, types: dict[str, str]) -> str:
        stored = fact_columns(self.schema, segment.words)
        wanted = [name for name in dict.fromkeys((*stored, *types)) if name != "alive" and "." not in name]
        columns = [f'{_cast(name if name in stored else None, types.get(name))} AS "{name}"' for name in wanted]
        file = quoted(path(self.store.folder, segment.name))
        return f"SELECT {', '.join(columns)}, {month_of('day')} AS month FROM read_parquet('{file}')"

    def _children_of(self, segment: Segment, child: str, types: dict[str, str]) -> str:
        """Child rows with the columns of their fact by which most questions filter."""
        names = child_columns(self.schema.child(child))
        own = ", ".join(f'{_cast(name, types.get(f"{child}.{name}"), "c.")} AS "{name}"' for name in names)
        parent = "".join(f', {_cast(name, types[name], "f.")} AS "fact_{name}"' for name in self.schema.order)
        facts = quoted(path(self.store.folder, segment.name))
        if child in segment.children:
            rows = f"read_parquet('{quoted(path(self.store.folder, segment.name, child))}')"
        else:
            rows = "(SELECT " + ", ".join(f'0::{kind} AS "{name}"' for name, kind in names.items()) + " WHERE FALSE)"
        return (
            f"SELECT {own}, f.day AS fact_day{parent}, {month_of('f.day')} AS fact_month FROM {rows} c "
            f"JOIN read_parquet('{facts}') f ON f.key = c.key"
        )

    @contextmanager
    def _reading(self) -> Iterator[tuple[duckdb.DuckDBPyConnection, _State]]:
        """A cursor that sees one whole state, and that state."""
        cursor = self._connection.cursor()
        try:
            with self._switching:
                if self._state is None:
                    raise StoreLost(str(self.store.folder))
                state = self._state
                cursor.execute("BEGIN")
                cursor.execute("SELECT 1 FROM facts LIMIT 0")
            yield cursor, state
            cursor.execute("COMMIT")
        finally:
            cursor.close()

    def ask(self, tabs: Sequence[CrossTab], where: Sequence[Condition] = (), *, cube: bool = True) -> dict[str, Counts]:
        """The figures of `tabs` over the facts that meet every condition of `where`.

        `cube=False` counts the facts themselves even when whole cells would do (the answer is the same).
        """
        with self._reading() as (cursor, state):
            reader = Reader(self.schema, Planner(self.schema, state.codes), OnDuckDB(cursor))
            kept = self._cubes.answer(reader, state.life, state.step, tabs, where) if cube else None
            return kept or reader.answer(tabs, where)

    def ask_by(self, tabs: Sequence[CrossTab], by: Sequence[str], where: Sequence[Condition] = ()) -> Grouped:
        """The figures of `tabs` for each group of facts with the same codes in the dimensions `by`, each single-valued."""
        with self._reading() as (cursor, state):
            return Reader(self.schema, Planner(self.schema, state.codes), OnDuckDB(cursor)).grouped(tabs, where, by)

    def columns(self, table: str, *names: str) -> dict[str, NDArray[np.generic]]:
        """Columns of the facts (`facts`) or of a kind of child, as they stand in memory: all unless named."""
        listed = ", ".join(f'"{name}"' for name in names) or "*"
        with self._reading() as (cursor, _state):
            found = cursor.execute(f'SELECT {listed} FROM "{table}"').fetchnumpy()
            return {name: np.asarray(column) for name, column in found.items()}

    def number(self, dimension: str, code: str) -> int | None:
        """The number that stands for a code in `columns`."""
        with self._reading() as (_cursor, state):
            return state.codes.number(dimension, code)


def _cast(column: str | None, kind: str | None, table: str = "") -> str:
    value = f'{table}"{column}"' if column else "0"
    return f"{value}::{kind}" if kind else value
