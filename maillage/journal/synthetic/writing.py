"""Many drawn entries written at once: plain rows, `COPY` on PostgreSQL, all or nothing."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max
from django.utils import timezone

from maillage.core.changes import announce
from maillage.journal.enums import STREAM
from maillage.journal.models import Entry, EntryTerm, Referral
from maillage.programs.models import Program

from .draws import Draw, draw
from .setting import read

CHUNK = 25_000


@transaction.atomic
def write(program: Program, *, entries: int, seed: int, progress: Callable[[int], object]) -> None:
    """Draw and write `entries` entries in the journal of `program`; `progress` is told how many each time."""
    setting = read(program)
    random = np.random.default_rng(seed)
    for start in range(0, entries, CHUNK):
        size = min(CHUNK, entries - start)
        _write(setting.program, draw(setting, random, size), random)
        progress(size)
    for sql in connection.ops.sequence_reset_sql(no_style(), [Entry, EntryTerm, Referral]):
        with connection.cursor() as cursor:
            cursor.execute(sql)


def _following(model: type[models.Model]) -> int:
    highest: int | None = model._default_manager.aggregate(highest=Max("pk"))["highest"]
    return (highest or 0) + 1


def _write(program: int, drawn: Draw, random: np.random.Generator) -> None:
    first = _following(Entry)
    size = len(drawn.columns["day"])
    bits = random.bytes(16 * size)
    columns: dict[str, Any] = {name: _plain(column) for name, column in drawn.columns.items()}
    days = {day: date.fromordinal(day) for day in set(columns["day"])}
    columns |= {
        "id": range(first, first + size),
        "uid": [UUID(bytes=bits[16 * i : 16 * i + 16], version=4) for i in range(size)],
        "program_id": [program] * size,
        "date": [days[day] for day in columns.pop("day")],
    }
    _insert(Entry, columns, size)
    entry, term = drawn.entry_terms
    ids = range(_following(EntryTerm), _following(EntryTerm) + len(entry))
    _insert(EntryTerm, {"id": ids, "entry_id": (entry + first).tolist(), "term_id": term.tolist()}, len(entry))
    referrals: dict[str, Any] = {name: _plain(column) for name, column in drawn.referrals.items()}
    count = len(referrals["entry_id"])
    referrals["id"] = range(_following(Referral), _following(Referral) + count)
    referrals["entry_id"] = (drawn.referrals["entry_id"] + first).tolist()
    _insert(Referral, referrals, count)
    announce(STREAM, range(first, first + size))


def _plain(column: np.ndarray[Any, Any]) -> list[Any]:
    """Python values; -1 stands for nothing."""
    values = column.tolist()
    return [None if value == -1 else value for value in values] if column.dtype.kind == "i" else values


def _insert(model: type[models.Model], columns: dict[str, Sequence[Any]], size: int) -> None:
    """Write rows; a column that was not drawn has its default."""
    table, fields = model._meta.db_table, model._meta.concrete_fields
    listed = [_column(field, columns, size) for field in fields]
    names = ", ".join(f'"{field.column}"' for field in fields)
    rows: Iterable[tuple[Any, ...]] = zip(*listed, strict=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields))
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 (names of our own model)
        cursor.executemany(sql, list(rows))


def _column(field: Any, columns: dict[str, Sequence[Any]], size: int) -> Sequence[Any]:
    if field.attname in columns:
        values = columns[field.attname]
        if isinstance(field, models.UUIDField | models.DateField):
            known = {value: field.get_db_prep_save(value, connection) for value in set(values)}
            return [known[value] for value in values]
        return values
    default = field.get_default()
    if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        default = timezone.now()
    return [field.get_db_prep_save(default, connection)] * size
