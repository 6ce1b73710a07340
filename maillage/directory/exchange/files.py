"""Opens the files in which directories travel, by what they hold: JSON, lines of JSON, CSV alone, in a folder or in a ZIP, XLSX."""

import csv
import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from maillage.core.tabular.delimited import sniff
from maillage.core.tabular.encoding import detect
from maillage.core.tabular.read import check_file, is_workbook
from maillage.core.tabular.table import MAX_ROWS, Unreadable
from maillage.core.tabular.write import FORMULA_STARTS

from .hsds.package import table_named

MAX_UNPACKED = 200 * 1024 * 1024
MAX_PARTS = 200
Rows = list[dict[str, Any]]


@dataclass(slots=True)
class Opened:
    """What a file holds: a JSON document, or tables by the names of their files or sheets."""

    content: Any = None
    sheets: dict[str, Rows] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def open_file(path: Path) -> Opened:
    """What the file holds. Raises `Unreadable` with a sentence."""
    check_file(path)
    if is_workbook(path):
        return Opened(sheets=_workbook(path))
    with path.open("rb") as file:
        head = file.read(4)
    if head == b"PK\x03\x04":
        return _archive(path)
    if _looks_like_json(path):
        return _json_file(path)
    found = Opened(sheets={path.name: read_csv(path)})
    if table_named(path.name):
        found.sheets |= _siblings(path)
    return found


def _looks_like_json(path: Path) -> bool:
    coding, errors = detect(path)
    with path.open(encoding=coding, errors=errors) as file:
        return file.read(2000).lstrip("\ufeff \r\n\t")[:1] in ("{", "[")


def _json_file(path: Path) -> Opened:
    content = read_json(path)
    if isinstance(content, Mapping) and isinstance(content.get("resources"), list):
        found = _siblings(path)
        if not found:
            raise Unreadable(
                _(
                    "Ce fichier décrit un paquet de tableaux qui n'y sont pas : envoyez le dossier entier, en une archive ZIP."
                )
            )
        return Opened(sheets=found)
    if isinstance(content, Mapping) and content and all(str(name).endswith(".csv") for name in content):
        sheets = {
            str(name): [row for row in rows if isinstance(row, dict)]
            for name, rows in content.items()
            if isinstance(rows, list)
        }
        return Opened(sheets=sheets)
    return Opened(content=content)


def _siblings(path: Path) -> dict[str, Rows]:
    """The other tables of the folder."""
    return {
        one.name: read_csv(one)
        for one in sorted(path.parent.glob("*.csv"))
        if table_named(one.name) and one.stat().st_size
    }


def read_json(path: Path) -> Any:
    """A JSON document, or a list from lines of JSON."""
    coding, errors = detect(path)
    said = path.read_text(encoding=coding, errors=errors).lstrip("\ufeff")
    try:
        return json.loads(said, parse_constant=lambda _name: None)
    except RecursionError:
        raise Unreadable(_("Ce JSON est emboîté sans fin : il ne se lit pas.")) from None
    except ValueError as trouble:
        lines = [one for one in said.splitlines() if one.strip()]
        if len(lines) > 1 and all(one.lstrip().startswith("{") for one in lines):
            return _json_lines(lines)
        place = {"line": getattr(trouble, "lineno", 1), "column": getattr(trouble, "colno", 1)}
        raise Unreadable(
            _(
                "Ce JSON est abîmé à la ligne {line}, caractère {column} : corrigez-le ou exportez-le de nouveau."
            ).format(**place)
        ) from trouble


def _json_lines(lines: list[str]) -> list[Any]:
    found = []
    for number, one in enumerate(lines, start=1):
        try:
            found.append(json.loads(one, parse_constant=lambda _name: None))
        except (ValueError, RecursionError) as trouble:
            raise Unreadable(
                _("Ligne {n} : ce JSON est abîmé. Corrigez cette ligne, puis recommencez.").format(n=number)
            ) from trouble
    return found


@contextmanager
def _unpacked(path: Path) -> Iterator[dict[str, Path]]:
    """The tables and documents of an archive, in a private folder that goes away; names never choose where they are written."""
    too_big = Unreadable(_("L'archive, une fois dépliée, est démesurée : coupez-la en plusieurs."))
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            parts = [one for one in archive.infolist() if one.filename.lower().endswith((".csv", ".json", ".txt"))]
            parts = [one for one in parts if not one.is_dir() and not one.filename.startswith("__MACOSX")]
            if len(parts) > MAX_PARTS or sum(one.file_size for one in parts) > MAX_UNPACKED:
                raise too_big
            found: dict[str, Path] = {}
            left = MAX_UNPACKED
            for rank, part in enumerate(parts):
                with archive.open(part) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise too_big
                written = Path(folder) / f"{rank}{Path(part.filename).suffix.lower()}"
                written.write_bytes(content)
                found[part.filename.rsplit("/", 1)[-1]] = written
            yield found
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as trouble:
        raise Unreadable(_("L'archive ZIP est abîmée ou protégée : refaites-la, sans mot de passe.")) from trouble


def _archive(path: Path) -> Opened:
    with _unpacked(path) as parts:
        sheets = {
            name: read_csv(one)
            for name, one in parts.items()
            if name.lower().endswith((".csv", ".txt")) and one.stat().st_size
        }
        if sheets:
            return Opened(sheets=sheets)
        documents = [
            one for name, one in parts.items() if name.lower().endswith(".json") and name != "datapackage.json"
        ]
        if len(documents) == 1:
            return _json_file(documents[0])
    raise Unreadable(_("Cette archive ne contient ni tableaux CSV ni document JSON d'un répertoire."))


def read_csv(path: Path) -> Rows:
    """The rows of a CSV file, whatever its encoding and its separator; the first line gives the names of the columns."""
    coding, errors = detect(path)
    found: Rows = []
    with path.open(encoding=coding, errors=errors, newline="") as file:
        first = [line for _n, line in zip(range(30), file, strict=False)]
        file.seek(0)
        start = first[0].lstrip("\ufeff").strip().lower() if first else ""
        declared = start[4:5] if start.startswith("sep=") else ""
        reader = csv.reader(file, delimiter=declared or sniff(first))
        try:
            for cells in reader:
                if declared and not found and cells and cells[0].lstrip("\ufeff").lower().startswith("sep="):
                    continue
                found.append(cells)  # type: ignore[arg-type]
                if len(found) > MAX_ROWS:
                    raise Unreadable(
                        _("Le fichier a plus de {n} lignes. Coupez-le en plusieurs fichiers.").format(n=MAX_ROWS)
                    )
        except csv.Error as trouble:
            raise Unreadable(
                _("{name}, ligne {n} : un guillemet ne se referme pas, ou la cellule est démesurée.").format(
                    name=path.name, n=reader.line_num
                )
            ) from trouble
    return _as_rows(found)


def _as_rows(lines: list[Any]) -> Rows:
    """Rows by the titles of the first line; of two columns of the same name, the first that holds something counts."""
    if not lines:
        return []
    titles = [_title(cell) for cell in lines[0]]
    found = []
    for cells in lines[1:]:
        row: dict[str, Any] = {}
        for title, cell in zip(titles, cells, strict=False):
            value = _cell(cell)
            if title and value not in (None, "") and row.get(title) in (None, ""):
                row[title] = value
            elif title:
                row.setdefault(title, "")
        found.append(row)
    return found


def _title(cell: Any) -> str:
    return str(cell).lstrip("\ufeff").strip() if isinstance(cell, str) else "date_maj" if cell not in (None, "") else ""


def _cell(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    if cell.startswith("'") and cell[1:].lstrip().startswith(FORMULA_STARTS):
        return cell[1:]
    return cell


def _workbook(path: Path) -> dict[str, Rows]:
    from maillage.core.tabular.workbook import sheets

    found = {}
    names = sheets(path)
    book = CalamineWorkbook.from_path(str(path))
    for name in names:
        rows = book.get_sheet_by_name(name).to_python()
        if len(rows) > MAX_ROWS:
            raise Unreadable(_("La feuille a plus de {n} lignes. Coupez-la en plusieurs fichiers.").format(n=MAX_ROWS))
        found[name] = _as_rows(rows)
    return found
