"""Where packages wait: a private folder of the home, that no page serves and no backup copies."""

import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

HOUR = 3600  # seconds: one that is being made is not lost


def folder() -> Path:
    """The folder; made when a package is put there."""
    return Path(settings.HOME) / "extracts"


def path_of(uid: UUID) -> Path:
    """The package of an extract."""
    return folder() / f"{uid}.zip"


def digest(content: bytes) -> str:
    """The SHA-256 of a package."""
    return hashlib.sha256(content).hexdigest()


def put(uid: UUID, content: bytes) -> None:
    """Keep a package, whole or not at all, readable by this account only."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder() / f".{uid}.{os.getpid()}"
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path_of(uid))
    finally:
        draft.unlink(missing_ok=True)


def take(uid: UUID, wanted: str) -> bytes | None:
    """The package, if it is there and is the one whose digest is `wanted`."""
    try:
        content = path_of(uid).read_bytes()
    except FileNotFoundError:
        return None
    return content if digest(content) == wanted else None


def throw_away(uid: UUID) -> None:
    """Delete the package."""
    path_of(uid).unlink(missing_ok=True)


def throw_away_all_but(kept: Iterable[UUID]) -> int:
    """Delete what has lain for an hour or more and belongs to none of `kept`; how many."""
    names, limit = {path_of(uid).name for uid in kept}, time.time() - HOUR
    held = list(folder().iterdir()) if folder().is_dir() else []
    lost = [path for path in held if path.name not in names and path.stat().st_mtime <= limit]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)
