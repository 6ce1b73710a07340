"""Reads XLSX, XLS and ODS workbooks."""

import re
import zipfile
from collections.abc import Container, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from . import heading
from .cells import is_blank
from .table import MAX_COLUMNS, MAX_ROWS, Row, Table, Unreadable

MAX_UNPACKED = 400 * 1024 * 1024
MAX_PARTS = 5_000
MAX_CELLS = 20_000_000
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')
_REPEATED = re.compile(rb"<table:table-(?:cell|row)\b([^>]*)>")


def sheets(path: Path) -> list[str]:
    """Names of the sheets that hold something and are not hidden; the first one when all are empty."""
    with _open(path) as book:
        shown = [meta.name for meta in book.sheets_metadata if "visible" in str(meta.visible).lower()]
        names = [name for name in shown or book.sheet_names if book.get_sheet_by_name(name).height]
        return names or book.sheet_names[:1]


def read(path: Path, sheet: str = "", known: Container[str] = ()) -> Table:
    """The table of one sheet; without a name, the sheet whose titles hold the most of `known`, else the fullest."""
    names = sheets(path)
    if sheet and sheet not in names:
        raise Unreadable(
            _("Le classeur n'a pas de feuille « {sheet} ». Ses feuilles : {names}.").format(
                sheet=sheet, names=", ".join(names)
            )
        )
    name = sheet or (_best(path, names, known) if len(names) > 1 else (names or [""])[0])
    if not name:
        raise Unreadable(_("Le classeur est vide : rien à lire."))
    first = list(islice(_records(path, name), heading.LOOKED_AT))
    if not first:
        raise Unreadable(_("La feuille « {sheet} » est vide : rien à lire.").format(sheet=name))
    at = heading.find([cells for _number, cells in first], known)
    width = _width([cells for _number, cells in first[at:]])
    if width > MAX_COLUMNS:
        raise Unreadable(_("La feuille a plus de {n} colonnes.").format(n=MAX_COLUMNS))
    header_row = first[at][0]
    headers = heading.titles(first[at][1][:width], width)
    notes = [_("Feuille lue : {name}.").format(name=name)] if len(names) > 1 else []
    if header_row > 1:
        notes.append(_("Titres des colonnes à la ligne {n}.").format(n=header_row))
    return Table(name, headers, header_row, partial(_rows, path, name, header_row, width), notes)


def _width(rows: list[list[Any]]) -> int:
    return max((index + 1 for row in rows for index, cell in enumerate(row) if not is_blank(cell)), default=1)


def _best(path: Path, names: list[str], known: Container[str]) -> str:
    def worth(name: str) -> tuple[int, int]:
        rows = [cells for _number, cells in islice(_records(path, name), heading.LOOKED_AT)]
        titles = rows[heading.find(rows, known)] if rows else []
        return sum(heading.key(str(cell)) in known for cell in titles), -names.index(name)

    return max(names, key=worth)


def _records(path: Path, sheet: str) -> Iterator[tuple[int, list[Any]]]:
    """Rows that hold something, with their number in the sheet and cells from column A."""
    with _open(path) as book:
        page = book.get_sheet_by_name(sheet)
        # The reader gives the empty rows above the first cell, but not the empty columns before it.
        padding = [""] * (page.start or (0, 0))[1]
        for number, cells in enumerate(page.iter_rows(), start=1):
            if not all(is_blank(cell) for cell in cells):
                yield number, padding + cells


def _rows(path: Path, sheet: str, header_row: int, width: int) -> Iterator[Row]:
    kept = 0
    for number, cells in _records(path, sheet):
        if number <= header_row:
            continue
        kept += 1
        if kept > MAX_ROWS:
            raise Unreadable(
                _("La feuille a plus de {n} lignes. Coupez-la en plusieurs fichiers.").format(
                    n=f"{MAX_ROWS:,}".replace(",", " ")
                )
            )
        yield Row(number, (cells + [""] * (width - len(cells)))[:width])


def _open(path: Path) -> CalamineWorkbook:
    _check_size(path)
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError as locked:
        raise Unreadable(
            _("Le classeur est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis recommencez.")
        ) from locked
    except (CalamineError, OSError, ValueError) as trouble:
        raise Unreadable(
            _("Le classeur est abîmé ou incomplet. Ouvrez-le, enregistrez-le en XLSX, puis recommencez.")
        ) from trouble


def _check_size(path: Path) -> None:
    """Refuse a workbook that would fill the memory once unpacked."""
    if not zipfile.is_zipfile(path):
        return
    too_big = Unreadable(_("Le classeur, une fois déplié, est démesuré. Enregistrez la feuille utile en CSV."))
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise too_big
            for part in parts:
                if re.match(r"xl/worksheets/[^/]+\.xml$", part.filename):
                    rows, columns = _extent(archive, part)
                    if rows * columns > MAX_CELLS:
                        raise too_big
                elif part.filename == "content.xml" and _repeats(archive, part) > MAX_CELLS:
                    raise too_big
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as trouble:
        raise Unreadable(
            _("Le classeur est abîmé ou incomplet. Ouvrez-le, enregistrez-le en XLSX, puis recommencez.")
        ) from trouble


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    read = 0
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 20):
            read += len(chunk)
            if read > MAX_UNPACKED:
                raise Unreadable(_("Le classeur, une fois déplié, est démesuré. Enregistrez la feuille utile en CSV."))
            whole = tail + chunk
            cut = whole.rfind(b"<")
            yield whole[:cut]
            tail = whole[cut:]
    yield tail


def _extent(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> tuple[int, int]:
    """How many rows and columns the cells of a sheet span: one cell in the far corner makes the whole rectangle."""
    low_row, high_row, low_column, high_column = 1 << 30, 0, 1 << 30, 0
    for chunk in _chunks(archive, part):
        for letters, digits in _CELL.findall(chunk):
            row, column = int(digits), 0
            for char in letters:
                column = column * 26 + char - 64
            low_row, high_row = min(low_row, row), max(high_row, row)
            low_column, high_column = min(low_column, column), max(high_column, column)
    return max(0, high_row - low_row + 1), max(0, high_column - low_column + 1)


def _repeats(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """How many cells with a value the repetitions of an ODS sheet ask for."""
    asked = 0
    for chunk in _chunks(archive, part):
        for attributes in _REPEATED.findall(chunk):
            times = re.search(rb'columns-repeated="(\d+)"', attributes)
            if times and b"value" in attributes:
                asked += int(times.group(1))
    return asked
