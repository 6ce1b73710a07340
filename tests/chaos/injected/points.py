"""Fault points of a server under test: where it dies, when its disk is full, what time it is, which mutant it is."""

import os
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.backends.sqlite3.base import DatabaseWrapper as SqliteWrapper
from django.utils import timezone

PUSHES = ("/api/sync/v1/ops", "/api/sync/v1/mailbox")
HOME = Path(settings.HOME)
DIE_AT, STEPS, FULL = HOME / "die_at", HOME / "steps", HOME / "full"
UNLIMITED = 4_294_967_294


class Here(threading.local):
    """The push that this thread is answering: at which of its steps it is, and at which it dies (its number or its name)."""

    limit = 0
    label = ""
    count = 0


here = Here()


def install(plan: dict[str, Any]) -> None:
    """Put everything in place. What is not asked for changes nothing."""
    _count_steps()
    _fill_disks()
    if plan.get("clock"):
        _shift_clock(plan["clock"])
    if plan.get("mutant"):
        from . import mutants

        mutants.MUTANTS[plan["mutant"]]()


def step(label: str) -> None:
    """One step of a push; the process ends here when it is the one that was chosen, as a power cut would end it."""
    here.count += 1
    if here.count == here.limit or (here.label and label.startswith(here.label)):
        with STEPS.open("a") as steps:
            steps.write(f"{label}\n")
        os._exit(9)


def _count_steps() -> None:
    answer, commit = WSGIHandler.__call__, BaseDatabaseWrapper._commit

    def counted(self: WSGIHandler, environ: dict[str, Any], start_response: Any) -> Any:
        is_armed = environ["PATH_INFO"] in PUSHES and DIE_AT.exists()
        asked = DIE_AT.read_text() if is_armed else "0"
        here.limit, here.label, here.count = (int(asked), "", 0) if asked.isdigit() else (0, asked, 0)
        try:
            answered = answer(self, environ, start_response)
            step("before the answer")
            return answered
        finally:
            here.limit, here.label = 0, ""

    def committed(self: BaseDatabaseWrapper) -> Any:
        step("before COMMIT")
        done = commit(self)
        step("after COMMIT")
        return done

    def watched(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        step(" ".join(sql.replace('"', "").split()[:3]))
        return execute(sql, params, many, context)

    WSGIHandler.__call__ = counted  # type: ignore[method-assign]
    BaseDatabaseWrapper._commit = committed  # type: ignore[method-assign]
    connection_created.connect(
        lambda connection, **given: connection.execute_wrappers.append(watched), weak=False, dispatch_uid="chaos"
    )


def _fill_disks() -> None:
    begin = SqliteWrapper._start_transaction_under_autocommit

    def bounded(self: SqliteWrapper) -> None:
        # SQLite brings the bound up to the size that the database has: not one page can be added.
        self.connection.execute(f"PRAGMA max_page_count = {1 if FULL.exists() else UNLIMITED}")
        begin(self)

    SqliteWrapper._start_transaction_under_autocommit = bounded  # type: ignore[method-assign]


def _shift_clock(seconds: float) -> None:
    now = timezone.now
    timezone.now = lambda: now() + timedelta(seconds=seconds)
