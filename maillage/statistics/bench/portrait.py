"""`maillage bench portrait`: runs the parts in homes and databases made for the occasion, and puts the rows together."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.utils.translation import gettext as _

from maillage.core.benchmarks import Measure
from maillage.core.errors import Refused

from .parts import PARTS

__all__ = ["PARTS", "compare", "run"]

DEFAULT_POSTGRESQL = "postgresql://root@127.0.0.1:5432/postgres"


def run(entries: int, say: Callable[[str], object]) -> list[Measure]:
    """All the rows; `say` is told what is being done. `Refused` when two answers differ."""
    home = Path(tempfile.mkdtemp(prefix="maillage-bench-"))
    try:
        with _database() as address:
            on_sqlite, on_postgresql = _Runner(home / "sqlite", "", entries), _Runner(home / "pg", address, entries)
            say(_("Journal inventé dans SQLite"))
            on_sqlite("fill")
            say(_("Premier portrait : construction, puis chargement"))
            built, loaded = on_sqlite("first"), on_sqlite("first")
            say(_("Mêmes tableaux en SQL dans SQLite"))
            sqlite = on_sqlite("reference")
            say(_("Portraits du produit et noyau compilé"))
            product = on_sqlite("product")
            say(_("Journal inventé et mêmes tableaux dans PostgreSQL"))
            on_postgresql("fill")
            postgresql = on_postgresql("reference")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    for reference in (sqlite, postgresql):
        compare(product["answers"], reference["answers"])
    return _rows(product, sqlite, postgresql, built, loaded)


def _rows(product: Any, sqlite: Any, postgresql: Any, built: Any, loaded: Any) -> list[Measure]:
    whole, part, kernel = product["whole"], product["part"], product["kernel"]["whole"]
    return [
        Measure(_("portrait entier"), whole, "ms", _("SQL normalisé, SQLite"), sqlite["whole"]),
        Measure(_("portrait entier"), whole, "ms", _("SQL normalisé, PostgreSQL"), postgresql["whole"]),
        Measure(_("comptes du portrait, cube"), product["cube"], "ms", _("noyau compilé, 2 fils"), kernel),
        Measure(_("comptes du portrait, faits"), product["facts"], "ms", _("noyau compilé, 2 fils"), kernel),
        Measure(
            _("comptes du portrait, faits"), product["facts"], "ms", _("SQL normalisé, PostgreSQL"), postgresql["whole"]
        ),
        Measure(_("un an, une MRC"), part, "ms", _("SQL normalisé, SQLite"), sqlite["part"]),
        Measure(_("un an, une MRC"), part, "ms", _("SQL normalisé, PostgreSQL"), postgresql["part"]),
        Measure(_("comptes d'un an, une MRC, faits"), product["facts_part"], "ms"),
        Measure(_("comptes d'un an, une MRC, un thème"), product["facts_theme"], "ms"),
        Measure(_("mise à jour après une intervention"), product["refresh"]["refresh"], "ms", _("barre"), 20.0),
        Measure(_("portrait après une intervention"), product["refresh"]["portrait"], "ms"),
        Measure(_("premier portrait d'un processus"), loaded["seconds"] * 1000, "ms"),
        Measure(_("construction du magasin"), built["seconds"], "s"),
        Measure(_("mémoire d'un processus qui sert"), loaded["peak"], "Mo", _("barre"), 500.0),
        Measure(_("mémoire d'un processus qui construit"), built["peak"], "Mo", _("barre"), 500.0),
    ]


def compare(ours: Any, theirs: Any) -> None:
    """Every figure of the reference must be the product's; codes that the reference does not list count 0."""
    for question, answers in theirs.items():
        for table, counts in answers.items():
            found = {code: count for code, count in ours[question][table].items() if count}
            if found != {code: count for code, count in counts.items() if count}:
                raise Refused(_("Le tableau « %(table)s » diffère de celui du SQL.") % {"table": table})


class _Runner:
    """Runs parts as child processes over one home and database."""

    def __init__(self, home: Path, database: str, entries: int) -> None:
        self.entries = entries
        self.environment = os.environ | {"MAILLAGE_HOME": str(home), "DATABASE_URL": database}

    def __call__(self, part: str) -> Any:
        command = [
            sys.executable,
            "-m",
            "maillage",
            "bench",
            "portrait",
            "--entries",
            str(self.entries),
            "--part",
            part,
        ]
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, check=False, text=True)
        if done.returncode:
            raise Refused(_("La partie « %(part)s » a échoué.") % {"part": part})
        return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def _database() -> Iterator[str]:
    """The address of a PostgreSQL database made for the occasion, dropped afterwards."""
    server = urlsplit(os.environ.get("TEST_POSTGRESQL_URL") or DEFAULT_POSTGRESQL)
    name = f"maillage_bench_{uuid.uuid4().hex[:12]}"
    try:
        with psycopg.connect(urlunsplit(server), autocommit=True) as maintenance:
            maintenance.execute(f'CREATE DATABASE "{name}"')
    except psycopg.Error as trouble:
        raise Refused(_("PostgreSQL ne répond pas : nommez un serveur avec TEST_POSTGRESQL_URL.")) from trouble
    try:
        yield urlunsplit(server._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(urlunsplit(server), autocommit=True) as maintenance:
            maintenance.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
