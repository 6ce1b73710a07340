"""How far an import is, kept in a file: seen by every process, outside of the transaction, gone with its job.

A process that works on a job holds a lock on a file; the system lets it go when the process dies, however it dies.
"""

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

GRACE = 20.0


def folder(uid: UUID) -> Path:
    """The private folder of a job."""
    return Path(settings.MEDIA_ROOT) / "imports" / str(uid)


def folders() -> list[Path]:
    """The private folders that there are."""
    root = Path(settings.MEDIA_ROOT) / "imports"
    return sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []


class Meter:
    """Writes progress, at most three times a second."""

    def __init__(self, uid: UUID) -> None:
        self.path = folder(uid) / "progress.json"
        self.last = 0.0

    def __call__(self, done: int, total: int) -> None:
        if (now := time.monotonic()) - self.last < 0.3 and done != total:
            return
        self.last = now
        draft = self.path.with_suffix(".part")
        draft.write_text(json.dumps({"done": done, "total": total}))
        draft.replace(self.path)


def read(uid: UUID) -> dict[str, int]:
    """`{"done", "total"}`; zeros when nothing is known."""
    try:
        return json.loads((folder(uid) / "progress.json").read_text())
    except (OSError, ValueError):
        return {"done": 0, "total": 0}


@contextmanager
def working(uid: UUID) -> Iterator[bool]:
    """Hold the lock of a job while it is worked on; False when another process holds it."""
    path = folder(uid) / "lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def is_alive(uid: UUID) -> bool:
    """Whether some process works on the job, or was asked to a moment ago."""
    path = folder(uid) / "lock"
    try:
        with path.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        pass
    except OSError:
        return True
    try:
        return time.time() - (folder(uid) / "asked").stat().st_mtime < GRACE
    except OSError:
        return False


def ask(uid: UUID) -> None:
    """Note that a process is being started for the job."""
    (folder(uid) / "asked").write_text("")


def settle(uid: UUID) -> None:
    """Note that the work asked has begun or ended: from now on only the lock tells."""
    (folder(uid) / "asked").unlink(missing_ok=True)
