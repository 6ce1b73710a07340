"""A consistent copy of the transactional database, there and back, while the product may be running."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from django.db import connection, connections
from django.utils.translation import gettext as _

from maillage.core.errors import Refused

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
WAIT_SECONDS = 30


def save(folder: Path) -> None:
    """Write a copy of the database, as it stands at one instant, in `folder`."""
    target = folder / NAMES[connection.vendor]
    if connection.vendor == "sqlite":
        _save_sqlite(target)
    else:
        _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])
    target.chmod(0o600)


def put_back(folder: Path) -> None:
    """Make the database what the copy in `folder` says, all or nothing."""
    source = folder / NAMES[connection.vendor]
    connections.close_all()
    if connection.vendor == "sqlite":
        _put_back_sqlite(source)
    else:
        _put_back_postgresql(source)


def _save_sqlite(target: Path) -> None:
    with closing(sqlite3.connect(_path(), timeout=WAIT_SECONDS)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        [(verdict,)] = copy.execute("PRAGMA integrity_check").fetchall()[:1]
    if verdict != "ok":
        raise Refused(
            _("La base de données est abîmée (%(verdict)s) : rien n'a été sauvegardé.") % {"verdict": verdict}
        )


def _put_back_sqlite(source: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(_path(), timeout=WAIT_SECONDS)) as live:
            # Pages are replaced in one transaction of the live database: a killed restore changes nothing.
            copy.backup(live)
            live.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as trouble:
        raise Refused(
            _("La base de données est occupée (%(trouble)s) : arrêtez Maillage, puis recommencez.")
            % {"trouble": trouble}
        ) from trouble


def _put_back_postgresql(source: Path) -> None:
    """Everything is dropped and made again in one transaction, tables of a newer version too."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "restore.sql"
        options = ["--no-owner", "--no-privileges", f"--file={script}", str(source)]
        _run("pg_restore", options, names_database=False)
        afresh = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        words = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--command={afresh}"]
        _run("psql", [*words, f"--file={script}", f"--output={os.devnull}"])


def _path() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, options: list[str], names_database: bool = True) -> None:
    if shutil.which(program) is None:
        raise Refused(
            _("Le programme « %(program)s » est introuvable : installez le client de PostgreSQL, puis recommencez.")
            % {"program": program}
        )
    settings = connection.settings_dict
    given = {"PGHOST": settings["HOST"], "PGPORT": settings["PORT"], "PGUSER": settings["USER"]}
    given["PGPASSWORD"] = settings["PASSWORD"]
    environment = {**os.environ, **{name: str(value) for name, value in given.items() if value}}
    words = [program, *options, *([f"--dbname={settings['NAME']}"] if names_database else [])]
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or [str(done.returncode)])[0]
        raise Refused(_("« %(program)s » n'a pas réussi : %(said)s") % {"program": program, "said": said})
