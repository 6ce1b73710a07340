"""Use the SQLite that `pysqlite3` bundles.

Several distributions ship a SQLite between 3.7.0 and 3.51.2, whose write-ahead log can be corrupted when several
processes write. `pysqlite3` carries a fixed one and takes the place of the standard module before Django loads it.
"""

import sys

FIRST_SOUND_VERSION = (3, 51, 3)


def install() -> None:
    """Put `pysqlite3` in the place of `sqlite3`; without it, keep the standard module (`is_sound` tells)."""
    try:
        import pysqlite3
    except ImportError:
        return
    sys.modules.setdefault("sqlite3", pysqlite3)
    if sys.modules["sqlite3"] is not pysqlite3:
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def is_sound() -> bool:
    """Whether several processes may write to one SQLite file without risk."""
    import sqlite3

    return sqlite3.sqlite_version_info >= FIRST_SOUND_VERSION
