"""Files that groups keep: what they are is read in their content, and they are stored under the digest of it."""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from maillage.core.errors import Refused

MOST_BYTES = 15 * 1024 * 1024
HEAD = 4096
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
# The kinds that are taken: ending of the name → what it is served as.
TYPES = {
    ".pdf": "application/pdf",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
}
_TEXT = (".txt", ".csv")


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


def store(upload: Upload) -> Stored:
    """Keep a file. Raises `Refused` with a sentence for what is empty, too large, or not what its name says."""
    name = clean_name(upload.name or "")
    ending = Path(name).suffix.lower()
    if ending not in TYPES:
        raise Refused(
            _(
                "Ce fichier n'est pas d'un type accepté. Joignez un PDF, ODT, ODS, DOCX, XLSX, PNG, JPEG, WebP, TXT ou CSV."
            )
        )
    if (upload.size or 0) > MOST_BYTES:
        raise Refused(_("Ce fichier dépasse 15 Mo. Réduisez-le, ou donnez l'adresse où il se trouve."))
    folder = _root()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as draft:
        try:
            digest, size = _copy(upload, draft)
            draft.flush()
            if _ending_of(Path(draft.name), ending) != ending.replace(".jpeg", ".jpg"):
                raise Refused(
                    _("Ce fichier n'est pas ce que son nom annonce. Enregistrez-le de nouveau, puis joignez-le.")
                )
            path = path_of(digest)
            path.parent.mkdir(exist_ok=True)
            Path(draft.name).replace(path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
    return Stored(digest, name, TYPES[ending], size)


def path_of(digest: str) -> Path:
    """Where the file of this digest is kept."""
    return _root() / digest[:2] / digest


def kept_files() -> Iterator[Path]:
    """Every file that is kept."""
    return (path for path in _root().glob("??/*") if path.is_file())


def clean_name(name: str) -> str:
    """A name without folder nor control characters, short enough, its ending kept."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    bare = " ".join("".join(sign for sign in bare if sign.isprintable()).split()).lstrip(".")
    stem, ending = Path(bare).stem, Path(bare).suffix
    return f"{stem[: 200 - len(ending)]}{ending}" if len(ending) <= 10 else bare[:200]


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "documents"


def _copy(upload: Upload, draft: BinaryIO) -> tuple[str, int]:
    found, size = hashlib.sha256(), 0
    for chunk in upload.chunks():
        size += len(chunk)
        if size > MOST_BYTES:
            raise Refused(_("Ce fichier dépasse 15 Mo. Réduisez-le, ou donnez l'adresse où il se trouve."))
        found.update(chunk)
        draft.write(chunk)
    if not size:
        raise Refused(_("Ce fichier est vide."))
    return found.hexdigest(), size


def _ending_of(path: Path, said: str) -> str:
    """The ending that the content deserves; "" for what is not taken. Text is what decodes as text."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if head.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return ".webp"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    return said if said in _TEXT and _is_text(path) else ""


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as held:
            names = set(held.namelist())
            if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
                raise Refused(_("Ce fichier contient des macros : enregistrez-le sans elles, puis joignez-le."))
            if "mimetype" in names and held.getinfo("mimetype").file_size < 200:
                return _OPEN_DOCUMENT.get(held.read("mimetype").strip(), "")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return ""
    if "[Content_Types].xml" not in names:
        return ""
    return ".docx" if "word/document.xml" in names else ".xlsx" if "xl/workbook.xml" in names else ""


def _is_text(path: Path) -> bool:
    content = path.read_bytes()
    if b"\x00" in content:
        return False
    for encoding in ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
