"""A secret file of the installation: made once, whole or not at all, for its owner only."""

import os
from pathlib import Path


def make_once(path: Path, content: bytes) -> None:
    """Write `content` in a new private file at `path`; where there is one already, it stays as it is."""
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    try:
        os.link(draft, path)  # two processes that start together keep the same file
    except FileExistsError:
        pass
    finally:
        draft.unlink()
