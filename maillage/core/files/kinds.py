"""Which kinds of files are taken, and which of them a content is."""

import zipfile
from pathlib import Path

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
IMAGES = {".png": "PNG", ".jpg": "JPEG", ".webp": "WEBP"}  # ending → how Pillow calls it
_TEXT = (".txt", ".csv")


def ending_of(path: Path, said: str) -> str:
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
            if "mimetype" in names and held.getinfo("mimetype").file_size < 200:
                return _OPEN_DOCUMENT.get(held.read("mimetype").strip(), "")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
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
