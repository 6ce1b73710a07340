"""Files that people give: what they are is read in their content, they are cleaned, and kept under the digest of what is kept."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from maillage.core.errors import Refused

from .images import redrawn
from .kinds import IMAGES, TYPES, ending_of
from .office import refuse_active_office
from .pdf import refuse_active_pdf

MOST_BYTES = 15 * 1024 * 1024
FOLDER = "documents"
SMALL_END = "-small"  # ends the name of a small image
_CHECKS: dict[str, Callable[[Path], None]] = {
    ".pdf": refuse_active_pdf,
    ".docx": refuse_active_office,
    ".xlsx": refuse_active_office,
    ".odt": refuse_active_office,
    ".ods": refuse_active_office,
}


class Upload(Protocol):
    """What a form gives of a file."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it is kept: its digest, its name as people read it, what it is, its bytes."""

    digest: str
    file_name: str
    media_type: str
    size: int


def store(upload: Upload, *, images_only: bool = False) -> Stored:
    """Keep a file. An image is drawn again: what it said of its camera and of its place is gone.

    Raises `Refused` with a sentence for what is empty, too large, not what its name says, damaged, or holds something that
    acts by itself; nothing of it is kept then.
    """
    name = clean_name(upload.name or "")
    ending = Path(name).suffix.lower().replace(".jpeg", ".jpg")
    _refuse_by_name(upload, ending, images_only)
    folder = _root()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as draft:
        path = Path(draft.name)
        try:
            digest, size = _copy(upload, draft)
            draft.flush()
            if ending_of(path, ending) != ending:
                raise Refused(
                    _("Ce fichier n'est pas ce que son nom annonce. Enregistrez-le de nouveau, puis joignez-le.")
                )
            if ending in IMAGES:
                drawn = redrawn(path, IMAGES[ending])
                path.write_bytes(drawn.content)
                digest, size = hashlib.sha256(drawn.content).hexdigest(), len(drawn.content)
                _keep_small(digest, drawn.small)
            elif ending in _CHECKS:
                _CHECKS[ending](path)
            kept = path_of(digest)
            kept.parent.mkdir(exist_ok=True)
            path.replace(kept)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return Stored(digest, name, TYPES[ending], size)


def path_of(digest: str) -> Path:
    """Where the file of this digest is kept."""
    return _root() / digest[:2] / digest


def small_path_of(digest: str) -> Path:
    """Where the small image of the file of this digest is kept, when there is one."""
    return path_of(f"{digest}{SMALL_END}")


def kept_files() -> Iterator[Path]:
    """Every file that is kept."""
    return (path for path in _root().glob("??/*") if path.is_file())


def clean_name(name: str) -> str:
    """A name without folder nor control characters, short enough, its ending kept."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    bare = " ".join("".join(sign for sign in bare if sign.isprintable()).split()).lstrip(".")
    stem, ending = Path(bare).stem, Path(bare).suffix
    return f"{stem[: 200 - len(ending)]}{ending}" if len(ending) <= 10 else bare[:200]


def _refuse_by_name(upload: Upload, ending: str, images_only: bool) -> None:
    if images_only and ending not in IMAGES:
        raise Refused(_("Une photo est un fichier PNG, JPEG ou WebP. Enregistrez-la sous l'un de ces formats."))
    if ending not in TYPES:
        raise Refused(
            _(
                "Ce fichier n'est pas d'un type accepté. Joignez un PDF, ODT, ODS, DOCX, XLSX, PNG, JPEG, WebP, TXT ou CSV."
            )
        )
    if (upload.size or 0) > MOST_BYTES:
        raise _too_large()


def _too_large() -> Refused:
    return Refused(_("Ce fichier dépasse 15 Mo. Réduisez-le, ou donnez l'adresse où il se trouve."))


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER


def _keep_small(digest: str, content: bytes | None) -> None:
    """Keep the small image beside the one it is of; it is erased with it."""
    if content is None:
        return
    kept = small_path_of(digest)
    kept.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=_root(), delete=False) as draft:
        draft.write(content)
    Path(draft.name).replace(kept)


def _copy(upload: Upload, draft: BinaryIO) -> tuple[str, int]:
    found, size = hashlib.sha256(), 0
    for chunk in upload.chunks():
        size += len(chunk)
        if size > MOST_BYTES:
            raise _too_large()
        found.update(chunk)
        draft.write(chunk)
    if not size:
        raise Refused(_("Ce fichier est vide."))
    return found.hexdigest(), size
