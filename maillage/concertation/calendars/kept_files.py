"""Files that wait between the page that shows what they would change and the one that does it; for a day."""

import secrets
import time
from pathlib import Path

from django.conf import settings

KEPT = 24 * 3600  # seconds
SHAPE = 32  # letters of a name


def keep(owner: str, data: bytes) -> str:
    """Keep `data` for `owner` only; gives the name by which it is found again."""
    forget_old()
    name = secrets.token_hex(SHAPE // 2)
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{owner}.{name}.ics"
    path.touch(mode=0o600)
    path.write_bytes(data)
    return name


def kept(owner: str, name: str) -> bytes | None:
    """What `owner` kept under this name; None when it is gone."""
    if len(name) != SHAPE or not name.isalnum() or not name.isascii():
        return None
    path = _folder() / f"{owner}.{name}.ics"
    return path.read_bytes() if path.is_file() else None


def forget(owner: str, name: str) -> None:
    """Forget a file."""
    if kept(owner, name) is not None:
        (_folder() / f"{owner}.{name}.ics").unlink(missing_ok=True)


def forget_old() -> int:
    """Forget the files that nobody came back to; how many."""
    limit = time.time() - KEPT
    folder = _folder()
    old = [path for path in folder.glob("*.ics") if path.stat().st_mtime < limit] if folder.is_dir() else []
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "calendars"
