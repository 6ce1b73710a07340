"""Rows written with one statement that says which of them were new: `INSERT … ON CONFLICT DO NOTHING RETURNING`.

Django's `bulk_create(ignore_conflicts=True)` does not say it, and reading first leaves room for another writer.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models

from maillage.core.lines import values_of

AT_ONCE = 200  # rows of a statement: SQLite counts its values


def insert_new(rows: Sequence[models.Model]) -> list[models.Model]:
    """Write the rows whose `uid` nobody wrote before, give them their numbers, and return them."""
    return [new for start in range(0, len(rows), AT_ONCE) for new in _insert(rows[start : start + AT_ONCE])]


def _insert(rows: Sequence[models.Model]) -> list[models.Model]:
    model = type(rows[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    line = f"({', '.join(['%s'] * len(fields))})"
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table, key = model._meta.db_table, model._meta.pk.column
    link = connections[DEFAULT_DB_ALIAS]
    values = [value for row in rows for value in values_of(row, fields, link)]
    sql = (
        f'INSERT INTO "{table}" ({columns}) VALUES {", ".join([line] * len(rows))} '  # noqa: S608 (our own model)
        f'ON CONFLICT ("uid") DO NOTHING RETURNING "{key}", "uid"'
    )
    with link.cursor() as cursor:
        cursor.execute(sql, values)
        numbers = {uid if isinstance(uid, UUID) else UUID(uid): number for number, uid in cursor.fetchall()}
    new = [row for row in rows if row.uid in numbers]
    for row in new:
        row.pk = numbers[row.uid]
        row._state.adding, row._state.db = False, link.alias
    return new
