"""A cache in files that several server processes share, with an `add` that only one of them wins."""

import fcntl
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class SharedFileCache(FileBasedCache):
    """Django's `add` looks, then writes: two processes may both think they were first. Here a lock stands between.

    The lock is the kernel's: it goes with the process that held it, however that process ends.
    """

    def add(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:  # type: ignore[assignment]
        """Keep `value` unless the key is already there; say whether it was kept."""
        self._createdir()
        with (Path(self._dir) / "add.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return super().add(key, value, timeout, version)
