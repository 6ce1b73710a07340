"""What a backup folder holds, with checksums, so that a damaged one is never restored."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from maillage.core.errors import Refused

NAME = "manifest.json"
FORMAT = 1
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of the backup: its path inside the folder, its size in bytes, its SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup: when it was made (ISO, UTC), of which database engine, at which migrations, and its pieces."""

    made_at: str
    engine: str
    migrations: list[list[str]]
    pieces: list[Piece]
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Put the manifest in its folder."""
        (folder / NAME).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1))

    @property
    def size(self) -> int:
        """Bytes of all the pieces."""
        return sum(piece.size for piece in self.pieces)


def digest(path: Path) -> str:
    """SHA-256 of a file, read by parts."""
    total = hashlib.sha256()
    with path.open("rb") as content:
        while part := content.read(CHUNK):
            total.update(part)
    return total.hexdigest()


def pieces_of(folder: Path) -> list[Piece]:
    """All the files of a folder, but its manifest."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / NAME)
    return [Piece(path.relative_to(folder).as_posix(), path.stat().st_size, digest(path)) for path in found]


def read(folder: Path) -> Manifest:
    """The manifest of a backup whose pieces are all there and whole; `Refused` says what is wrong otherwise."""
    try:
        content = json.loads((folder / NAME).read_text())
        found = Manifest(**{**content, "pieces": [Piece(**piece) for piece in content["pieces"]]})
    except OSError as trouble:
        raise Refused(_("« %(folder)s » n'est pas une sauvegarde de Maillage.") % {"folder": folder}) from trouble
    except (ValueError, TypeError, KeyError) as trouble:
        raise Refused(_("Le manifeste de « %(folder)s » est illisible.") % {"folder": folder}) from trouble
    if found.format != FORMAT:
        raise Refused(_("Cette sauvegarde vient d'une version plus récente de Maillage : mettez le produit à jour."))
    for piece in found.pieces:
        _require_whole(folder, piece)
    return found


def _require_whole(folder: Path, piece: Piece) -> None:
    path = folder / piece.path
    if folder.resolve() not in path.resolve().parents:
        raise Refused(_("Le manifeste nomme un fichier hors de la sauvegarde : « %(path)s ».") % {"path": piece.path})
    if not path.is_file():
        raise Refused(_("Il manque « %(path)s » dans la sauvegarde.") % {"path": piece.path})
    if path.stat().st_size != piece.size or digest(path) != piece.sha256:
        raise Refused(_("« %(path)s » est abîmé dans la sauvegarde : prenez-en une autre.") % {"path": piece.path})


def settle(folder: Path) -> None:
    """Force to the disk every file of a folder, and the folder itself."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
