"""The transactional database: SQLite beside the data, or the PostgreSQL that `DATABASE_URL` names."""

import os
from urllib.parse import unquote, urlparse

from .base import HOME


def from_url(url: str) -> dict[str, object]:
    """Django's settings for an address `postgresql://user:password@host:port/name`."""
    parts = urlparse(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


# IMMEDIATE takes the write lock at once: two writers wait for each other instead of failing half-way.
# FULL makes an acknowledgement follow the write to the disk.
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": HOME / "maillage.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;",
    },
    "CONN_MAX_AGE": 60,
}

_url = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": from_url(_url) if _url.startswith("postgres") else SQLITE}
# Sign-in limits are counted here: every server process reads and writes the same files.
CACHES = {
    "default": {
        "BACKEND": "maillage.core.shared_cache.SharedFileCache",
        "LOCATION": HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
