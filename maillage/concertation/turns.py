"""A crowd writes at the same instant: each waits for its turn instead of being told that the database is busy.

PostgreSQL lines writers up behind the row that they lock. SQLite lets them try again and again for a few seconds, in no
order: the threads of a process take turns here, so that few processes contend, and who is still refused tries again.
"""

import random
import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from django.db import OperationalError, connection

PATIENCE = 45.0  # seconds: a person waits that long for an answer rather than begin again
T = TypeVar("T")
_turn = Lock()


def in_turn(write: Callable[[], T]) -> T:
    """What `write` gives: a whole transaction, that can be begun again when the database was too busy to begin it."""
    if connection.vendor != "sqlite":
        return write()
    deadline = time.monotonic() + PATIENCE
    if not _turn.acquire(timeout=PATIENCE):
        return write()
    try:
        while True:
            try:
                return write()
            except OperationalError as trouble:
                if "locked" not in str(trouble) or time.monotonic() > deadline or connection.in_atomic_block:
                    raise
                time.sleep(random.uniform(0.005, 0.05))  # noqa: S311 (no secret: writers only part ways)
    finally:
        _turn.release()
