"""The production server: granian's processes around the WSGI application."""

import errno
import multiprocessing
import os
import socket
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core import sqlite
from maillage.core.errors import Refused

from .mailing import MailProcess

TARGET = "maillage.config.wsgi:application"
THREADS = 4
SECONDS_TO_START = 60


def default_workers() -> int:
    """Two processes on a machine that has two cores, when the database can bear it."""
    return min(2, os.cpu_count() or 1) if bears_processes() else 1


def bears_processes() -> bool:
    """Whether several processes may write to the database."""
    return connection.vendor != "sqlite" or sqlite.is_sound()


def pending_migrations() -> int:
    """How many migrations the database still waits for."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def require_startable(host: str, port: int, workers: int) -> None:
    """Refuse, with a sentence, a start that would fail or harm data."""
    if not 1 <= port <= 65535:
        raise Refused(_("Le port va de 1 à 65535."))
    if workers < 1:
        raise Refused(_("Il faut au moins un processus (--workers 1)."))
    if workers > 1 and not bears_processes():
        raise Refused(
            _(
                "La bibliothèque SQLite de cette machine peut abîmer la base quand plusieurs processus écrivent. "
                "Installez « pysqlite3 », prenez PostgreSQL, ou servez avec --workers 1."
            )
        )
    require_free_port(host, port)
    require_migrated()


def require_free_port(host: str, port: int) -> None:
    """Refuse when another program already listens there, or when the address is not of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as trouble:
            raise Refused(_listening_trouble(trouble) % {"host": host, "port": port}) from trouble


def _listening_trouble(trouble: OSError) -> str:
    if trouble.errno == errno.EADDRINUSE:
        return _("Le port %(port)s de %(host)s est déjà pris par un autre programme : choisissez-en un avec --port.")
    if trouble.errno in (errno.EACCES, errno.EPERM):
        return _("Il faut des droits d'administration pour écouter sur le port %(port)s : prenez 1024 ou plus.")
    return _("L'adresse %(host)s n'est pas de cette machine : prenez 127.0.0.1 ou 0.0.0.0 (--host).")


def require_migrated() -> None:
    """Refuse a database that is older than the product."""
    waiting = pending_migrations()
    if waiting:
        raise Refused(
            ngettext(
                "La base de données attend %(count)s migration. Lancez « maillage migrate », puis recommencez.",
                "La base de données attend %(count)s migrations. Lancez « maillage migrate », puis recommencez.",
                waiting,
            )
            % {"count": waiting}
        )


def answers(host: str, port: int, seconds: float = 2.0) -> bool:
    """Whether the server answers a request that needs its database."""
    try:
        link = HTTPConnection(host, port, timeout=seconds)
        link.request("GET", "/readyz", headers={"Host": _own_name(), "X-Forwarded-Proto": "https"})
        return link.getresponse().status == 200
    except (OSError, HTTPException):
        return False


def reachable(host: str) -> str:
    """Where this machine reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def _own_name() -> str:
    names = [name for name in settings.ALLOWED_HOSTS if not name.startswith((".", "*"))]
    return names[0] if names else "127.0.0.1"


def _tell_when_ready(host: str, port: int, tell: Callable[[], None]) -> None:
    limit = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < limit:
        if answers(host, port):
            tell()
            return
        time.sleep(0.05)


def run(*, host: str, port: int, workers: int, when_ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished. `when_ready` is called once it really answers."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    connections.close_all()
    mail = MailProcess() if bears_processes() else None
    if mail is None:
        os.environ["MAILLAGE_TASKS"] = "immediate"  # read by the workers that start below
    # A forked worker would inherit threads and connections of this process: each starts from nothing instead.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    watcher = threading.Thread(target=_tell_when_ready, args=(reachable(host), port, when_ready), daemon=True)
    server.on_startup(watcher.start)
    if mail is None:
        server.serve()
        return
    mail.start()
    try:
        server.serve()
    finally:
        mail.stop()
