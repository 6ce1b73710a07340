"""Back an installation up in a folder, and make an installation out of such a folder."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from maillage.core.actor import PRODUCT
from maillage.core.errors import Refused
from maillage.core.models import Epoch
from maillage.core.services import audit

from . import database_copy, manifest
from .manifest import Manifest

FILES = "files"
KEYS = ("secret_key", "disclosure_key", "sealing_keys")  # names of files


def back_up(folder: Path) -> Manifest:
    """Write a backup in `folder`, which must be absent or empty: whole, or not at all.

    It holds the database at one instant, the files that were filed, and the installation's keys.
    """
    folder = folder.expanduser().resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(_("« %(folder)s » n'est pas vide : donnez un nouveau dossier.") % {"folder": folder})
    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft.mkdir(mode=0o700)
        found = _fill(draft)
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
        return found
    except OSError as trouble:
        raise Refused(
            _("Impossible d'écrire la sauvegarde dans « %(folder)s » : %(why)s.")
            % {"folder": folder, "why": trouble.strerror}
        ) from trouble
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _fill(draft: Path) -> Manifest:
    database_copy.save(draft)
    if Path(settings.MEDIA_ROOT).is_dir():
        shutil.copytree(settings.MEDIA_ROOT, draft / FILES)
    for key in (Path(settings.HOME) / name for name in KEYS):
        if key.exists():
            shutil.copy2(key, draft / key.name)
    found = Manifest(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        engine=connection.vendor,
        migrations=sorted(list(key) for key in MigrationRecorder(connection).applied_migrations()),
        pieces=manifest.pieces_of(draft),
    )
    found.write(draft)
    manifest.settle(draft)
    return found


def restore(folder: Path, *, force: bool = False) -> Path | None:
    """Make this installation what the backup in `folder` says, and start another epoch.

    Refused over an installation that holds data, unless `force`: what it held is then backed up first, in the folder
    that is returned.
    """
    folder = folder.expanduser().resolve()
    found = manifest.read(folder)
    _require_fitting(found)
    kept = None
    if is_in_use():
        if not force:
            raise Refused(
                _(
                    "Cette installation contient déjà des données. Choisissez un dossier vide avec MAILLAGE_HOME, "
                    "ou remplacez-les avec --force (une copie en sera gardée)."
                )
            )
        kept = Path(settings.HOME) / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        back_up(kept)
    database_copy.put_back(folder)
    _put_files_back(folder)
    call_command("migrate", verbosity=0, interactive=False)
    epoch = Epoch.objects.create()
    audit(actor=PRODUCT, verb="restored", obj=epoch, changes={"made_at": [None, found.made_at]})
    return kept


def is_in_use() -> bool:
    """Whether the database holds somebody's account, or anything written by a service."""
    tables = set(connection.introspection.table_names())
    for table in {"accounts_user", "core_auditevent"} & tables:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 (fixed names)
            if cursor.fetchone():
                return True
    return False


def _require_fitting(found: Manifest) -> None:
    if found.engine != connection.vendor:
        raise Refused(
            _("Cette sauvegarde vient de %(theirs)s et cette installation emploie %(ours)s : changez DATABASE_URL.")
            % {"theirs": found.engine, "ours": connection.vendor}
        )
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    if any((app, name) not in known for app, name in found.migrations):
        raise Refused(_("Cette sauvegarde vient d'une version plus récente de Maillage : mettez le produit à jour."))


def _put_files_back(folder: Path) -> None:
    files, fresh = Path(settings.MEDIA_ROOT), Path(settings.HOME) / f".{FILES}.{os.getpid()}"
    if (folder / FILES).is_dir():
        shutil.copytree(folder / FILES, fresh)
    else:
        fresh.mkdir()
    shutil.rmtree(files, ignore_errors=True)
    fresh.rename(files)
    for key in (folder / name for name in KEYS):
        if key.exists():
            draft = Path(settings.HOME) / f".{key.name}.{os.getpid()}"
            shutil.copy2(key, draft)
            draft.chmod(0o600)
            draft.replace(Path(settings.HOME) / key.name)
