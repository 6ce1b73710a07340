"""The secret keys of an installation: made once, each kept in a file that only its owner reads."""

import os
import secrets
from pathlib import Path


def read_or_make(path: Path) -> str:
    """The key held in `path`; a new one is written there, whole or not at all, when the file is missing."""
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)  # two processes that start together keep the same key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
