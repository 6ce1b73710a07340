"""Bugs planted in a server under test: the harness must see each of them, else what it sees nowhere means nothing."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from maillage.journal.enums import OperationState
from maillage.journal.models import SyncOperation
from maillage.journal.services import synchronization
from maillage.journal.sync import applying, writing
from maillage.journal.sync.deciding import Decisions

LATE = 0.15  # seconds between the answer and the commit of m2


def check_then_insert() -> None:
    """m1: whether an operation came before is asked, then it is written; the database does not know (`unbind`)."""

    def insert(rows: list[Any]) -> list[Any]:
        time.sleep(0.05)  # the other batch asks in the meantime
        return type(rows[0]).objects.bulk_create(rows) if rows else []

    applying.insert_new = writing.insert_new = insert  # type: ignore[assignment]


def answer_before_commit() -> None:
    """m2: the answer leaves, the commit follows."""
    commit = BaseDatabaseWrapper._commit

    def later(self: BaseDatabaseWrapper) -> Any:
        raw = self.connection
        if raw is None or threading.current_thread() is threading.main_thread():
            return commit(self)

        def finish() -> None:
            with suppress(Exception):
                raw.commit()
                raw.close()

        threading.Timer(LATE, finish).start()
        self.connection = None
        return None

    BaseDatabaseWrapper._commit = later  # type: ignore[method-assign]


def last_write_wins() -> None:
    """m3: nobody asks on which version a correction rests."""

    def correct(self: Decisions, made: Any, standing: Any, base: Any) -> None:
        self._say(made, standing, made.draft)
        self._applied(made, standing)

    Decisions._correct = correct  # type: ignore[method-assign]


def one_sinks_all() -> None:
    """m4: an operation that the rules refuse stops the batch."""
    prepare = synchronization.prepare

    def strict(*given: Any) -> Any:
        made = prepare(*given)
        if made.state == OperationState.REJECTED:
            raise RuntimeError("the batch holds something unacceptable")
        return made

    synchronization.prepare = strict


def no_log() -> None:
    """m6: nothing remembers operations, only entries are unique: what came twice is never answered."""

    class Forgetful:
        """Finds no operation."""

        @staticmethod
        def filter(**given: Any) -> Any:
            return SyncOperation.objects.none()

    class Log:
        """Stands for the model in the service alone."""

        objects = Forgetful

    def insert(rows: list[SyncOperation]) -> list[SyncOperation]:
        new = [row for row in rows if not SyncOperation.objects.filter(uid=row.uid).exists()]
        SyncOperation.objects.bulk_create(new)
        return rows

    synchronization.SyncOperation = Log  # type: ignore[assignment, misc]
    applying.insert_new = insert  # type: ignore[assignment]
    Decisions._create_again = lambda self, made, standing, desk: None  # type: ignore[method-assign]


def lazy_disk() -> None:
    """m7: a commit does not wait for the disk."""

    def relax(connection: Any, **given: Any) -> None:
        if threading.current_thread() is threading.main_thread():
            return  # the product looks at its first connection, and would not start
        with connection.cursor() as cursor:
            lazily = "PRAGMA synchronous=NORMAL" if connection.vendor == "sqlite" else "SET synchronous_commit=off"
            cursor.execute(lazily)

    connection_created.connect(relax, weak=False, dispatch_uid="lazy_disk")


MUTANTS: dict[str, Callable[[], None]] = {
    "m1": check_then_insert,
    "m2": answer_before_commit,
    "m3": last_write_wins,
    "m4": one_sinks_all,
    "m6": no_log,
    "m7": lazy_disk,
}
