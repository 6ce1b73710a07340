"""Reads a table from a file by what the file holds, not by what its name says."""

import zipfile
from collections.abc import Container
from pathlib import Path

from django.utils.translation import gettext as _

from . import delimited, workbook
from .table import MAX_BYTES, Table, Unreadable

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_file(path: Path) -> None:
    """Refuse a file that is empty or beyond the limit of size."""
    size = path.stat().st_size
    if size == 0:
        raise Unreadable(_("Le fichier est vide (0 octet)."))
    if size > MAX_BYTES:
        raise Unreadable(
            _("Le fichier pèse {size} Mo ; la limite est de {limit} Mo. Coupez-le en plusieurs fichiers.").format(
                size=-(-size // (1024 * 1024)), limit=MAX_BYTES // (1024 * 1024)
            )
        )


def is_workbook(path: Path) -> bool:
    """Whether the file is an XLSX, XLS or ODS workbook."""
    with path.open("rb") as file:
        head = file.read(8)
    if head == _COMPOUND:
        return True
    if not head.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return path.suffix.lower() in {".xlsx", ".xlsm", ".ods"}
    return "xl/workbook.xml" in names or "xl/workbook.bin" in names or "content.xml" in names


def list_sheets(path: Path) -> list[str]:
    """Sheets among which to choose; none for a text file."""
    check_file(path)
    return workbook.sheets(path) if is_workbook(path) else []


def read_table(path: Path, sheet: str = "", known: Container[str] = ()) -> Table:
    """The table of a CSV, XLSX, XLS or ODS file.

    `known` holds keys of expected titles (`heading.key`): they help to find the sheet and the row of titles. Raises
    `Unreadable` with a sentence.
    """
    check_file(path)
    if is_workbook(path):
        return workbook.read(path, sheet, known)
    with path.open("rb") as file:
        if file.read(4) == b"PK\x03\x04":
            raise Unreadable(_("Cette archive ZIP ne contient pas de tableau. Envoyez le fichier lui-même."))
    return delimited.read(path, known)
