"""The rows that a batch wrote, written again by the driver alone: several lines a statement, one transaction a batch."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connection, models

from maillage.core.models import AuditEvent, Change
from maillage.journal.models import Entry, EntryTerm, Referral, SyncOperation

# A table after those that its rows name.
TABLES: tuple[type[models.Model], ...] = (Entry, EntryTerm, Referral, SyncOperation, Change, AuditEvent)
Mark = tuple[int, ...]
Rows = list[list[tuple[Any, ...]]]


class Driver:
    """A connection of its own to the database of the product, with the same guarantees."""

    def __init__(self) -> None:
        self.on_postgresql = connection.vendor == "postgresql"
        self.columns = [[field.column for field in model._meta.concrete_fields] for model in TABLES]
        if self.on_postgresql:
            import psycopg

            self.link: Any = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor})
        else:
            import sqlite3

            self.link = sqlite3.connect(str(settings.DATABASES["default"]["NAME"]), isolation_level=None)
            self.link.executescript(settings.DATABASES["default"]["OPTIONS"]["init_command"])

    def mark(self) -> Mark:
        """The last line of each table."""
        self.link.rollback()
        return tuple(
            self.link.execute(f'SELECT coalesce(max(id), 0) FROM "{model._meta.db_table}"').fetchone()[0]  # noqa: S608
            for model in TABLES
        )

    def take(self, since: Mark, until: Mark) -> Rows:
        """The lines written between two marks, by table."""
        found = []
        for model, columns, low, high in zip(TABLES, self.columns, since, until, strict=True):
            names, table = ", ".join(f'"{name}"' for name in columns), model._meta.db_table
            asked = f'SELECT {names} FROM "{table}" WHERE id > {low} AND id <= {high} ORDER BY id'  # noqa: S608
            found.append([tuple(map(self._plain, row)) for row in self.link.execute(asked).fetchall()])
        return found

    def remove(self, since: Mark) -> None:
        """Take away what was written since a mark."""
        self._begin()
        for model, low in reversed(list(zip(TABLES, since, strict=True))):
            self.link.execute(f'DELETE FROM "{model._meta.db_table}" WHERE id > {low}')  # noqa: S608
        self.link.commit()

    def write(self, rows: Rows) -> None:
        """Write lines in one transaction."""
        self._begin()
        for model, columns, lines in zip(TABLES, self.columns, rows, strict=True):
            if lines:
                self._insert(model._meta.db_table, columns, lines)
        self.link.commit()

    def _insert(self, table: str, columns: Sequence[str], lines: list[tuple[Any, ...]]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        place = f"({', '.join(['%s' if self.on_postgresql else '?'] * len(columns))})"
        start = f'INSERT INTO "{table}" ({names}) VALUES '  # noqa: S608
        if self.on_postgresql:
            self.link.execute(start + ", ".join([place] * len(lines)), [value for line in lines for value in line])
        else:
            self.link.executemany(start + place, lines)

    def _begin(self) -> None:
        if not self.on_postgresql:
            self.link.execute("BEGIN IMMEDIATE")

    def _plain(self, value: Any) -> Any:
        if self.on_postgresql and isinstance(value, (dict, list)):
            from psycopg.types.json import Jsonb

            return Jsonb(value)
        return value
