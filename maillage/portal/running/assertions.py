"""Start-up assertions: what must hold before people's work is entrusted to this installation."""

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from maillage.core import sqlite
from maillage.core.errors import Refused
from maillage.core.models import AuditEvent

from . import server, static_files

LOW_DISK = 200 * 1024 * 1024
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
SKEW_SECONDS = 3600
DURABLE = ("sqlite_synchronous", "postgresql_fsync", "postgresql_synchronous_commit", "postgresql_full_page_writes")


@dataclass(frozen=True, slots=True)
class Finding:
    """One assertion: its code, whether it holds, and a sentence that says what is, or what to do."""

    code: str
    holds: bool
    sentence: str


def findings() -> Iterator[Finding]:
    """All the assertions, in order. Those on the database stop at the first that shows it cannot be asked."""
    yield from (_home(), _disk(), _secret_key(), _disclosure_key(), _sealing_keys(), _clock(), _argon2())
    reached = _database()
    yield reached
    if reached.holds:
        yield from (_migrations(), *_engine(), _audit_clock())
    yield _static()


def require_durable() -> None:
    """Refuse to serve from a database that could lose what it has confirmed: a device forgets what it was told is kept.

    Raises `Refused`.
    """
    for finding in _engine():
        if not finding.holds and finding.code in DURABLE:
            raise Refused(finding.sentence)


def _finding(code: str, holds: bool, good: str, bad: str) -> Finding:
    return Finding(code, holds, good if holds else bad)


def _home() -> Finding:
    home = Path(settings.HOME)
    try:
        with tempfile.NamedTemporaryFile(dir=home, prefix=".check-"):
            writable = True
    except OSError:
        writable = False
    words = {"home": home}
    return _finding(
        "home",
        writable,
        _("Le dossier des données est accessible en écriture : %(home)s") % words,
        _("Le dossier des données n'est pas accessible en écriture : %(home)s. Changez ses droits ou MAILLAGE_HOME.")
        % words,
    )


def _disk() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    words = {"free": free // (1024 * 1024), "low": LOW_DISK // (1024 * 1024)}
    return _finding(
        "disk",
        free >= LOW_DISK,
        _("Il reste %(free)s Mo sur le disque des données.") % words,
        _("Il ne reste que %(free)s Mo sur le disque des données : libérez de l'espace (au moins %(low)s Mo).") % words,
    )


def _is_private(path: Path, variable: str) -> bool:
    """Whether a key is given by the environment, or stands in a file that only its owner reads."""
    mode = path.stat().st_mode if path.exists() else None
    return bool(os.environ.get(variable)) or (mode is not None and not mode & (stat.S_IRWXG | stat.S_IRWXO))


def _disclosure_key() -> Finding:
    path = Path(settings.HOME) / "disclosure_key"
    return _finding(
        "disclosure_key",
        _is_private(path, "MAILLAGE_DISCLOSURE_KEY") and len(settings.DISCLOSURE_KEY) >= 40,
        _("La clé des chiffres protégés est longue et gardée pour ce compte seulement."),
        _(
            "La clé des chiffres protégés est trop courte ou lisible par d'autres : « chmod 600 %(path)s », ou une clé "
            "d'au moins 40 caractères dans MAILLAGE_DISCLOSURE_KEY. Qui la lit peut retrouver les vrais chiffres."
        )
        % {"path": path},
    )


def _sealing_keys() -> Finding:
    path = Path(settings.SEALING_KEYS)
    return _finding(
        "sealing_keys",
        not path.exists() or _is_private(path, ""),
        _("La clé qui ouvre les envois scellés des appareils est gardée pour ce compte seulement."),
        _("La clé des envois scellés est lisible par d'autres : « chmod 600 %(path)s ».") % {"path": path},
    )


def _secret_key() -> Finding:
    path = Path(settings.HOME) / "secret_key"
    return _finding(
        "secret_key",
        _is_private(path, "MAILLAGE_SECRET_KEY") and len(settings.SECRET_KEY) >= 40,
        _("La clé secrète est longue et gardée pour ce compte seulement."),
        _(
            "La clé secrète est trop courte ou lisible par d'autres : « chmod 600 %(path)s », ou une clé d'au moins 40 "
            "caractères dans MAILLAGE_SECRET_KEY."
        )
        % {"path": path},
    )


def _clock() -> Finding:
    now = datetime.now(UTC)
    return _finding(
        "clock",
        now >= EARLIEST,
        _("L'horloge est vraisemblable : %(now)s UTC") % {"now": f"{now:%Y-%m-%d %H:%M}"},
        _("L'horloge de la machine dit %(now)s : mettez-la à l'heure.") % {"now": f"{now:%Y-%m-%d %H:%M}"},
    )


def _argon2() -> Finding:
    try:
        hasher = get_hasher()
        works = hasher.algorithm == "argon2" and hasher.verify("essai", hasher.encode("essai", hasher.salt()))
    except (ImportError, ValueError):
        works = False
    return _finding(
        "argon2",
        works,
        _("Les mots de passe sont gardés avec Argon2id."),
        _("Argon2 n'est pas disponible : installez « argon2-cffi »."),
    )


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        trouble = ""
    except DatabaseError as error:
        trouble = str(error).strip().splitlines()[0]
    return _finding(
        "database",
        not trouble,
        _("La base de données répond (%(engine)s).") % {"engine": connection.display_name},
        _("La base de données ne répond pas : %(trouble)s. Vérifiez DATABASE_URL et que le serveur est en marche.")
        % {"trouble": trouble},
    )


def _migrations() -> Finding:
    waiting = server.pending_migrations()
    return _finding(
        "migrations",
        waiting == 0,
        _("La base de données est à jour."),
        _("Migrations en attente : %(count)s. Lancez « maillage migrate ».") % {"count": waiting},
    )


def _engine() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            yield _postgresql(name)
        return
    yield _finding(
        "sqlite_version",
        sqlite.is_sound(),
        _("Cette version de SQLite supporte plusieurs processus."),
        _("Cette version de SQLite peut abîmer la base quand plusieurs processus écrivent : installez « pysqlite3 »."),
    )
    for name, wanted, words in SQLITE_PRAGMAS:
        value = _ask(f"PRAGMA {name}")
        yield _finding(
            f"sqlite_{name}",
            value == wanted,
            _("SQLite : %(what)s.") % {"what": words()},
            _("SQLite : %(what)s – ce n'est pas le cas (%(name)s = %(value)s).")
            % {"what": words(), "name": name, "value": value},
        )


SQLITE_PRAGMAS: tuple[tuple[str, str, Callable[[], str]], ...] = (
    ("journal_mode", "wal", lambda: _("les lectures n'attendent pas les écritures")),
    ("synchronous", "2", lambda: _("ce qui est confirmé est sur le disque")),
    ("foreign_keys", "1", lambda: _("les liens entre les données sont vérifiés")),
)


def _postgresql(name: str) -> Finding:
    value = _ask(f"SHOW {name}")
    words = {"name": name, "value": value}
    return _finding(
        f"postgresql_{name}",
        value != "off",
        _("PostgreSQL : %(name)s = %(value)s.") % words,
        _("PostgreSQL : %(name)s = off. Une panne peut perdre ce qui était confirmé : remettez « on ».") % words,
    )


def _ask(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return str(cursor.fetchone()[0]).lower()


def _audit_clock() -> Finding:
    try:
        newest = AuditEvent.objects.order_by("-at").values_list("at", flat=True).first()
    except DatabaseError:
        newest = None
    behind = (newest - datetime.now(UTC)).total_seconds() if newest else 0
    return _finding(
        "clock_after_data",
        behind < SKEW_SECONDS,
        _("L'horloge ne retarde pas sur les données."),
        _("Des données ont été écrites dans le futur de cette horloge : mettez-la à l'heure avant d'écrire."),
    )


def _static() -> Finding:
    return _finding(
        "static",
        static_files.are_fresh(),
        _("Les fichiers des pages sont prêts."),
        _("Les fichiers des pages ne sont pas à jour : « maillage serve » les prépare, ou « maillage gather_static »."),
    )
