"""Segments: immutable Parquet files, one for the facts and one for each kind of child."""

import errno
import os
import shutil
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import duckdb
import numpy as np

from .encoding import WORD, Codes, Columns, Encoded, mask_columns
from .manifest import Segment, flush_files
from .schema import Child, FactSchema

STAGING_MEMORY = "256MB"  # beyond, a segment in the making spills to the disk


def fact_columns(schema: FactSchema, words: dict[str, int]) -> dict[str, str]:
    """Columns of the facts' file and their SQL types."""
    columns = {"key": "BIGINT", "alive": "BOOLEAN", "day": "INTEGER"}
    columns |= {d.name: "INTEGER" for d in schema.single}
    for dimension in schema.multiple:
        columns |= dict.fromkeys(mask_columns(dimension.name, words.get(dimension.name, 1)), "BIGINT")
    return columns | dict.fromkeys(schema.measures, "INTEGER")


def child_columns(child: Child) -> dict[str, str]:
    """Columns of a child's file and their SQL types; `key` is the key of the fact that owns the row."""
    columns = {"key": "BIGINT"} | {d.name: "INTEGER" for d in child.dimensions}
    return columns | dict.fromkeys(child.measures, "INTEGER")


def narrow_types(schema: FactSchema, codes: Codes) -> dict[str, str]:
    """The narrowest type that holds each column of codes now; `child.dimension` for a child's. Others stay as stored."""
    types = {d.name: _narrow((len(codes.of(d.name))).bit_length()) for d in schema.single}
    for dimension in schema.multiple:
        size = len(codes.of(dimension.name))
        for word, column in enumerate(mask_columns(dimension.name, codes.words(dimension.name))):
            types[column] = _narrow(min(max(size - word * WORD, 1), WORD))
    for child in schema.children:
        for name in (f"{child.name}.{d.name}" for d in child.dimensions):
            types[name] = _narrow(len(codes.of(name)).bit_length())
    return types


def _narrow(bits: int) -> str:
    return next(
        (kind for size, kind in ((8, "UTINYINT"), (16, "USMALLINT"), (31, "INTEGER")) if bits <= size), "BIGINT"
    )


def words_of(schema: FactSchema, codes: Codes) -> dict[str, int]:
    """Mask words of each multi-valued dimension."""
    return {d.name: codes.words(d.name) for d in schema.multiple}


def path(folder: Path, segment: str, child: str = "") -> Path:
    """The file of a segment's facts, or of its children of one kind."""
    return folder / (f"{segment}.{child}.parquet" if child else f"{segment}.parquet")


class Staging:
    """Tables in memory in which a segment is gathered before it is written."""

    def __init__(self, schema: FactSchema, folder: Path) -> None:
        self.schema = schema
        config = {"threads": 2, "memory_limit": STAGING_MEMORY, "temp_directory": str(folder / f"spill-{os.getpid()}")}
        self.connection = duckdb.connect(":memory:", config=config)
        self.rows = 0
        self._columns = set(fact_columns(schema, {}))
        self._create("facts", fact_columns(schema, {}))
        for child in schema.children:
            self._create(child.name, child_columns(child))

    def _create(self, table: str, columns: dict[str, str]) -> None:
        listed = ", ".join(f'"{name}" {kind} NOT NULL DEFAULT 0' for name, kind in columns.items())
        self.connection.execute(f'CREATE TABLE "{table}" ({listed})')

    def add(self, encoded: Encoded) -> None:
        """Take in a batch."""
        self.widen(encoded.facts)
        self._insert("facts", encoded.facts)
        for name, columns in encoded.children.items():
            self._insert(name, columns)
        self.rows += len(encoded.facts["key"])

    def widen(self, columns: Iterable[str]) -> None:
        """Give the facts' table the mask words that it lacks."""
        for column in columns:
            if column not in self._columns:
                self._columns.add(column)
                self.connection.execute(f'ALTER TABLE facts ADD COLUMN "{column}" BIGINT DEFAULT 0')

    def _insert(self, table: str, columns: Columns) -> None:
        if not len(columns["key"]):
            return
        names = ", ".join(f'"{name}"' for name in columns)
        self.connection.register("batch", columns)
        self.connection.execute(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM batch')
        self.connection.unregister("batch")

    def children(self) -> list[str]:
        """Kinds of child that have rows."""
        names = [child.name for child in self.schema.children]
        return [name for name in names if self.connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()]

    def write(self, folder: Path, segment: Segment) -> None:
        """Write the segment's files, sorted so that filters skip what they do not need, and flush them."""
        order = ", ".join(f'"{name}"' for name in (*self.schema.order, "day", "key"))
        facts = ", ".join(f'"{name}"' for name in fact_columns(self.schema, segment.words))
        self.widen(fact_columns(self.schema, segment.words))
        write_parquet(self.connection, f"SELECT {facts} FROM facts ORDER BY {order}", path(folder, segment.name))
        for child in segment.children:
            columns = ", ".join(f'"{name}"' for name in child_columns(self.schema.child(child)))
            write_parquet(self.connection, f'SELECT {columns} FROM "{child}"', path(folder, segment.name, child))
        flush_files([path(folder, segment.name), *(path(folder, segment.name, child) for child in segment.children)])

    def close(self) -> None:
        """Free the memory."""
        self.connection.close()


@cache  # a child process never frees what its parent opened: the threads are not there
def _shared(process: int) -> duckdb.DuckDBPyConnection:
    """One instance a process for small segments: to open one costs more than to write them."""
    return duckdb.connect(":memory:", config={"threads": 1})


def write_small(schema: FactSchema, folder: Path, segment: Segment, parts: Sequence[Encoded]) -> None:
    """Write and flush a segment of few rows, straight from the columns."""
    connection = _shared(os.getpid()).cursor()
    tables = {"": fact_columns(schema, segment.words)}
    tables |= {name: child_columns(schema.child(name)) for name in segment.children}
    for child, columns in tables.items():
        rows = gathered([part.children[child] if child else part.facts for part in parts], list(columns))
        connection.register("rows", rows)
        write_parquet(connection, "SELECT * FROM rows", path(folder, segment.name, child))
        connection.unregister("rows")
    connection.close()
    flush_files([path(folder, segment.name, child) for child in tables])


def gathered(parts: Sequence[Columns], names: Sequence[str]) -> Columns:
    """Columns one under the other; a mask word that a part lacks is 0."""
    sizes = [len(part["key"]) for part in parts]
    lacking = [np.zeros(size, dtype=np.int64) for size in sizes]
    return {n: np.concatenate([part.get(n, zero) for part, zero in zip(parts, lacking, strict=True)]) for n in names}


def write_parquet(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> int:
    """Write what a query answers in a file; how many rows. An `OSError` says what the disk refused."""
    try:
        copied = f"COPY ({query}) TO '{quoted(target)}' (FORMAT parquet, COMPRESSION zstd)"
        return int(connection.execute(copied).fetchall()[0][0])
    except duckdb.IOException as trouble:  # said as the system says it, so that a full disk is known as such
        full = "No space left" in str(trouble) or shutil.disk_usage(target.parent).free < 1 << 20
        raise OSError(errno.ENOSPC if full else errno.EIO, str(trouble)) from trouble


def quoted(target: Path) -> str:
    """A path inside an SQL literal."""
    return str(target).replace("'", "''")
