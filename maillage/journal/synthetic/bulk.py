"""A table that receives millions of rows: without its indexes and foreign keys meanwhile, made again at the end.

An index kept row by row costs a page at random for each row, and a deferred foreign key an event in memory: at ten
million entries either is fatal. Sorted once at the end they cost seconds. All stands in the caller's transaction: a
failure leaves the tables as they were, and other writers wait.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

CACHE_KB = 400_000  # SQLite's pages in memory: the one index that cannot be dropped (unique numbers at random) stays in


@contextmanager
def roomy() -> Iterator[None]:
    """Around the transaction: SQLite keeps more pages in memory, and sorts its new indexes on the disk."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        before = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA cache_size=-{CACHE_KB}")
        cursor.execute("PRAGMA temp_store=FILE")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA temp_store=MEMORY")
            cursor.execute(f"PRAGMA cache_size={before}")


@contextmanager
def bare(tables: Sequence[type[models.Model]]) -> Iterator[None]:
    """In the current transaction, `tables` keep their primary keys only; the rest is made again, and checked, after."""
    with connection.cursor() as cursor:
        names = [model._meta.db_table for model in tables]
        undo, redo = (_of_postgresql if connection.vendor == "postgresql" else _of_sqlite)(cursor, names)
        for sql in undo:
            cursor.execute(sql)
        yield
        for sql in redo:
            cursor.execute(sql)


def _of_sqlite(cursor: Any, names: Sequence[str]) -> tuple[list[str], list[str]]:
    cursor.execute("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1")
    found = [(name, sql) for name, sql, table in cursor.fetchall() if table in names]
    return [f'DROP INDEX "{name}"' for name, _sql in found], [sql for _name, sql in found]


def _of_postgresql(cursor: Any, names: Sequence[str]) -> tuple[list[str], list[str]]:
    cursor.execute(
        "SELECT c.conname, t.relname, pg_get_constraintdef(c.oid) FROM pg_constraint c "
        "JOIN pg_class t ON t.oid = c.conrelid WHERE c.contype IN ('f', 'u') AND t.relname = ANY(%s) "
        "AND t.relnamespace = current_schema()::regnamespace ORDER BY c.contype DESC, c.conname",
        [list(names)],
    )
    constraints = cursor.fetchall()
    cursor.execute(
        "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.schemaname = current_schema() "
        "AND i.tablename = ANY(%s) AND i.indexname NOT IN (SELECT conname FROM pg_constraint) ORDER BY i.indexname",
        [list(names)],
    )
    indexes = cursor.fetchall()
    undo = ["SET CONSTRAINTS ALL IMMEDIATE", "SET LOCAL maintenance_work_mem = '256MB'"]
    undo += [f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"' for name, table, _definition in constraints]
    undo += [f'DROP INDEX "{name}"' for name, _definition in indexes]
    redo = [definition for _name, definition in indexes]
    redo += [f'ALTER TABLE "{t}" ADD CONSTRAINT "{name}" {definition}' for name, t, definition in constraints]
    return undo, [*redo, "SET CONSTRAINTS ALL DEFERRED"]


def insert(model: type[models.Model], columns: Sequence[Sequence[Any]]) -> None:
    """Write rows, given by column for every field of `model`: as text through `COPY`, or by one prepared statement."""
    table, fields = model._meta.db_table, model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                copy.write(_text(columns))
            return
        marks = ", ".join(["%s"] * len(fields))
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 (names of our own model)
        cursor.executemany(sql, list(zip(*columns, strict=True)))


def _text(columns: Iterable[Sequence[Any]]) -> str:
    """Rows in the text format of `COPY`. What is written here is numbers, dates and codes: nothing to escape."""
    listed = [[r"\N" if value is None else str(value) for value in column] for column in columns]
    return "".join(map("{}\n".format, map("\t".join, zip(*listed, strict=True))))
