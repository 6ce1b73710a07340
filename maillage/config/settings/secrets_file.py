"""The secret keys of an installation: made once, each kept in a file that only its owner reads."""

import secrets
from pathlib import Path

from maillage.core.private_file import make_once


def read_or_make(path: Path) -> str:
    """The key held in `path`; a new one is written there, whole or not at all, when the file is missing."""
    if not path.exists():
        make_once(path, secrets.token_urlsafe(50).encode())
    return path.read_text().strip()
