"""Where a benchmark runs: parts in processes of their own, over homes and databases made for the occasion."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.utils.translation import gettext as _

from .errors import Refused

DEFAULT_POSTGRESQL = "postgresql://root@127.0.0.1:5432/postgres"


class Parts:
    """Runs the parts of a benchmark as child processes over one home and database."""

    def __init__(self, bench: str, home: Path, database: str, entries: int) -> None:
        self.bench, self.entries = bench, entries
        kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        self.environment = {**kept, "MAILLAGE_HOME": str(home), "DATABASE_URL": database}

    def __call__(self, part: str) -> Any:
        """What a part answers. `Refused` when it failed."""
        words = ["bench", self.bench, "--entries", str(self.entries), "--part", part]
        command = [sys.executable, "-m", "maillage", *words]
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, check=False, text=True)
        if done.returncode:
            raise Refused(_("La partie « %(part)s » a échoué.") % {"part": part})
        return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def postgresql_database() -> Iterator[str]:
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
