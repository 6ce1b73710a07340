"""Rows of the database straight into numpy: a query whose columns are whole numbers, days and UUIDs.

On PostgreSQL rows come as `COPY` gives them in binary: every row of one length, so that a batch is one array. Through
the ORM, making an object of each value costs ten times what the database takes.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import QuerySet
from numpy.typing import NDArray

DAY, UUID = "day", "uuid"  # kinds of columns that are not whole numbers

_HEADER, _TRAILER = 19, 2  # bytes before and after the rows in PostgreSQL's binary format
_POSTGRESQL = {DAY: "({0} - DATE '1970-01-01')::int8", UUID: "{0}", "": "coalesce({0}::int8, 0)"}
_SQLITE = {
    DAY: "group_concat(CAST(julianday({0}) - 2440587.5 AS INTEGER))",
    UUID: "group_concat({0}, '')",
    "": "group_concat(coalesce({0}, 0))",
}

Columns = dict[str, NDArray[Any]]


def read(rows: QuerySet[Any], *names: str, **kinds: str) -> Columns:
    """The columns `names` of `rows`, in any order of rows: int64, NULL as 0, days from 1970-01-01, UUIDs of 16 bytes."""
    sql, given = rows.order_by().values_list(*names).query.sql_with_params()
    shapes = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    listed = [f"c{rank}" for rank in range(len(names))]
    shaped = ", ".join(shapes[kinds.get(name, "")].format(column) for name, column in zip(names, listed, strict=True))
    sql = f"WITH t ({', '.join(listed)}) AS ({sql}) SELECT {shaped} FROM t"  # noqa: S608 (the ORM's own query)
    take = _from_postgresql if connection.vendor == "postgresql" else _from_sqlite
    with connection.cursor() as cursor:
        return take(cursor, sql, given, names, kinds)


def _from_postgresql(cursor: Any, sql: str, given: Any, names: Sequence[str], kinds: dict[str, str]) -> Columns:
    fields: list[tuple[str, str]] = [("fields", ">i2")]
    for name in names:
        fields += [(f"{name} bytes", ">i4"), (name, "V16" if kinds.get(name) == UUID else ">i8")]
    with cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT binary)", given) as copy:
        data = b"".join(copy)
    found = np.frombuffer(data[_HEADER:-_TRAILER], dtype=fields)
    return {name: found[name] if kinds.get(name) == UUID else found[name].astype(np.int64) for name in names}


def _from_sqlite(cursor: Any, sql: str, given: Any, names: Sequence[str], kinds: dict[str, str]) -> Columns:
    """Each column comes as one text: five times faster than rows of Python numbers."""
    cursor.execute(sql, given)
    return {
        name: np.frombuffer(bytes.fromhex(text or ""), dtype="V16")
        if kinds.get(name) == UUID
        else np.fromstring(text or "", dtype=np.int64, sep=",")
        for name, text in zip(names, cursor.fetchone(), strict=True)
    }


def sorted_by(columns: Columns, *names: str) -> Columns:
    """The same rows in the order of these columns, the first one first."""
    order = np.lexsort([columns[name] for name in reversed(names)])
    return {name: column[order] for name, column in columns.items()}
