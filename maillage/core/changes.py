"""The change log: what a mirror must read again, in an order that never steps over a late commit."""

from collections.abc import Iterable

from django.db import connection

from .lines import write_lines
from .models import Change, Epoch

EVERYTHING = 0  # among the keys of a stream: more was written than is worth listing, all is to be read again


def announce(stream: str, keys: Iterable[int]) -> None:
    """Say in the current transaction that the rows `keys` of `stream` were written or removed."""
    write_lines(Change, ("stream", "key"), [(stream, key) for key in keys])


def announce_all(stream: str) -> None:
    """Say in the current transaction that so much of `stream` was written that all of it is to be read again."""
    announce(stream, [EVERYTHING])


def epoch() -> str:
    """The token of this life of the database. A migration began the first; a database that was emptied begins another."""
    newest = Epoch.objects.order_by("-id").first() or Epoch.objects.create()
    return str(newest.token)


def head(stream: str) -> str:
    """A cursor that stands after all that is committed now (see `read_since`)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_snapshot()::text")
            return cursor.fetchone()[0]
    newest = Change.objects.filter(stream=stream).order_by("-id").values_list("id", flat=True).first()
    return str(newest or 0)


def read_since(stream: str, cursor: str) -> tuple[list[int], str]:
    """Keys of `stream` written since `cursor`, without repetition, and the next cursor.

    On SQLite writers come one after another, and the cursor is the last line's number. On PostgreSQL it is a snapshot:
    the lines wanted are those whose transaction that snapshot could not see, however late they commit.
    """
    if connection.vendor == "postgresql":
        return _read_since_snapshot(stream, cursor)
    rows = list(Change.objects.filter(stream=stream, id__gt=int(cursor)).order_by("id").values_list("id", "key"))
    return sorted({key for _, key in rows}), str(rows[-1][0]) if rows else cursor


def _read_since_snapshot(stream: str, snapshot: str) -> tuple[list[int], str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH now AS MATERIALIZED (SELECT pg_current_snapshot()::text AS snapshot) "
            "SELECT now.snapshot, c.key FROM now LEFT JOIN core_change c ON c.stream = %s "
            "AND c.xid >= pg_snapshot_xmin(%s::pg_snapshot) AND NOT pg_visible_in_snapshot(c.xid, %s::pg_snapshot)",
            [stream, snapshot, snapshot],
        )
        rows = cursor.fetchall()
    return sorted({key for _, key in rows if key is not None}), rows[0][0]
