"""Static files are gathered, hashed and compressed once for each content, not at each start."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = "content.sha256"


def _sources() -> Iterator[tuple[str, Path]]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield path, Path(storage.path(path))


def digest() -> str:
    """Hash of the names and contents of all the static files of the product."""
    total = hashlib.sha256(settings.STATIC_URL.encode())
    for name, path in sorted(_sources()):
        total.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def are_fresh() -> bool:
    """Whether what was gathered is what the product holds now."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    return stamp.exists() and stamp.read_text() == digest()


def gather() -> bool:
    """Gather static files when they are stale; say whether it was needed. The stamp comes last: a killed run restarts."""
    wanted = digest()
    stamp = Path(settings.STATIC_ROOT) / STAMP
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)
    return True
