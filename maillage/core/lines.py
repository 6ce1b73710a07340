"""Lines written without making an object of each: for tables of which a save fills many, where objects cost more than rows."""

from collections.abc import Iterable, Sequence
from types import NoneType
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

MOST_VALUES = 30_000  # of one statement: under what each database takes
PLAIN = (int, str, NoneType)


def write_lines(model: type[models.Model], names: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    """Write lines in the current transaction; `names` are the attributes of `model` that each line gives, in order.

    Nothing is filled in: what has no default in the database must be named.
    """
    link = connections[DEFAULT_DB_ALIAS]
    fields = [model._meta.get_field(name) for name in names]
    ready = [[prepared(field, value, link) for field, value in zip(fields, line, strict=True)] for line in lines]
    if not ready:
        return
    columns = ", ".join(link.ops.quote_name(field.column) for field in fields)
    start = f"INSERT INTO {link.ops.quote_name(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608 (our own model)
    line = f"({', '.join(['%s'] * len(fields))})"
    with link.cursor() as cursor:
        if link.vendor == "sqlite":
            cursor.executemany(start + line, ready)
            return
        size = MOST_VALUES // len(fields)
        for at in range(0, len(ready), size):
            part = ready[at : at + size]
            cursor.execute(start + ", ".join([line] * len(part)), [value for values in part for value in values])


def values_of(row: models.Model, fields: Sequence[Any], link: Any) -> list[Any]:
    """The values of a new row as the database takes them: what saving it would write."""
    return [
        prepared(
            field,
            getattr(row, field.attname) if type(field).pre_save is models.Field.pre_save else field.pre_save(row, True),
            link,
        )
        for field in fields
    ]


def prepared(field: Any, value: Any, link: Any) -> Any:
    """A value as the database takes it. Numbers and texts are as they are, in nearly every field."""
    if type(value) in PLAIN and not isinstance(field, models.JSONField):
        return value
    return field.get_db_prep_save(value, link)
