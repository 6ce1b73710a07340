"""Many drawn entries written at once: plain rows, `COPY` on PostgreSQL, all or nothing."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

import numpy as np
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max
from django.utils import timezone

from maillage.core.changes import announce, announce_all
from maillage.journal.enums import STREAM
from maillage.journal.models import Entry, EntryTerm, Referral
from maillage.journal.slip_code import code_of
from maillage.programs.models import Program

from . import bulk
from .draws import Draw, draw
from .setting import read

TABLES: tuple[type[models.Model], ...] = (Entry, EntryTerm, Referral)
CHUNK = 25_000  # entries drawn at once: what a journal is for a seed depends on it
MANY = 200_000  # from this number on, indexes are made at the end, and the change log has one line for all


def write(program: Program, *, entries: int, seed: int, progress: Callable[[int], object]) -> None:
    """Draw and write `entries` entries in the journal of `program`; `progress` is told how many each time.

    All or nothing: one transaction. From `MANY` entries on nobody else writes in the journal meanwhile (nor reads it,
    on PostgreSQL).
    """
    setting = read(program)
    random = np.random.default_rng(seed)
    many = entries >= MANY
    with bulk.roomy() if many else nullcontext(), transaction.atomic():
        with bulk.bare(TABLES) if many else nullcontext():
            following = {model: _following(model) for model in TABLES}
            for start in range(0, entries, CHUNK):
                size = min(CHUNK, entries - start)
                first = following[Entry]
                _write(setting.program, draw(setting, random, size), random, following)
                if not many:
                    announce(STREAM, range(first, following[Entry]))
                progress(size)
        if many:
            announce_all(STREAM)
        for sql in connection.ops.sequence_reset_sql(no_style(), list(TABLES)):
            with connection.cursor() as cursor:
                cursor.execute(sql)


def _following(model: type[models.Model]) -> int:
    highest: int | None = model._default_manager.aggregate(highest=Max("pk"))["highest"]
    return (highest or 0) + 1


def _write(program: int, drawn: Draw, random: np.random.Generator, following: dict[type[models.Model], int]) -> None:
    first = following[Entry]
    columns: dict[str, Any] = {name: _plain(column) for name, column in drawn.columns.items()}
    days = {day: date.fromordinal(day) for day in set(columns["day"])}
    size = len(columns["day"])
    columns["program_id"] = [program] * size
    columns["date"] = [days[day] for day in columns.pop("day")]
    columns["uid"] = _uids(random, size)
    _insert(Entry, columns, size, following)
    entry, term = drawn.entry_terms
    links = {"entry_id": (entry + first).tolist(), "term_id": term.tolist()}
    _insert(EntryTerm, links, len(entry), following)
    referrals: dict[str, Any] = {name: _plain(column) for name, column in drawn.referrals.items()}
    referrals["uid"] = _referral_uids(columns["uid"], referrals["entry_id"])
    referrals["code"] = [code_of(UUID(uid)) for uid in referrals["uid"]]
    referrals["entry_id"] = (drawn.referrals["entry_id"] + first).tolist()
    _insert(Referral, referrals, len(referrals["entry_id"]), following)


def _uids(random: np.random.Generator, size: int) -> list[str]:
    """Random UUIDs (RFC 4122, version 4) as 32 hexadecimal digits, which both databases take."""
    bits = np.frombuffer(random.bytes(16 * size), dtype=np.uint8).reshape(size, 16).copy()
    bits[:, 6] = bits[:, 6] & 0x0F | 0x40
    bits[:, 8] = bits[:, 8] & 0x3F | 0x80
    digits = bits.tobytes().hex()
    return [digits[32 * i : 32 * i + 32] for i in range(size)]


def _referral_uids(entries: Sequence[str], owners: Sequence[int]) -> list[str]:
    """Those of referrals, from their entry's and their rank in it: nothing more is drawn, a seed gives what it gave."""
    found, rank, last = [], 0, -1
    for owner in owners:
        rank = rank + 1 if owner == last else 0
        last = owner
        digest = bytearray(sha256(f"{entries[owner]} {rank}".encode()).digest()[:16])
        digest[6], digest[8] = digest[6] & 0x0F | 0x40, digest[8] & 0x3F | 0x80
        found.append(digest.hex())
    return found


def _plain(column: np.ndarray[Any, Any]) -> list[Any]:
    """Python values; -1 stands for nothing."""
    values = column.tolist()
    return [None if value == -1 else value for value in values] if column.dtype.kind == "i" else values


def _insert(
    model: type[models.Model], columns: dict[str, Any], size: int, following: dict[type[models.Model], int]
) -> None:
    """Write rows numbered from where the table stands."""
    columns["id"] = range(following[model], following[model] + size)
    following[model] += size
    bulk.insert(model, [_column(field, columns, size) for field in model._meta.concrete_fields])


def _column(field: Any, columns: dict[str, Sequence[Any]], size: int) -> Sequence[Any]:
    """The values of a field as the database takes them; a column that was not drawn has its default."""
    if field.attname in columns:
        values = columns[field.attname]
        if isinstance(field, models.DateField):
            known = {value: field.get_db_prep_save(value, connection) for value in set(values)}
            return [known[value] for value in values]
        return values
    default = field.get_default()
    if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        default = timezone.now()
    return [field.get_db_prep_save(default, connection)] * size
