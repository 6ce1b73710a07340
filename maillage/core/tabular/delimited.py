"""Reads CSV and its cousins: any common encoding, separator and quoting, with title lines above the table."""

import csv
import re
from collections import Counter
from collections.abc import Container, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from . import encoding, heading
from .cells import is_blank
from .table import MAX_COLUMNS, MAX_ROWS, Row, Table, Unreadable

SEPARATORS = (";", "\t", "|", ",")
LABELS = {";": "point-virgule", "\t": "tabulation", "|": "barre verticale", ",": "virgule"}
ENCODING_LABELS = {
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "mac_roman": "MacRoman",
    "cp850": "DOS (850)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
}
_SAMPLE_LINES = 60
_LONGEST_CELL = 100_000


def read(path: Path, known: Container[str] = ()) -> Table:
    """The table of a text file. `known`: keys of titles that are expected (`heading.key`)."""
    coding, errors = encoding.detect(path)
    with path.open(encoding=coding, errors=errors, newline="") as file:
        sample = list(islice(file, _SAMPLE_LINES * 4))
    _check_text(sample)
    declared = _declared(sample[0]) if sample else ""
    separator = declared or sniff(sample)
    parse = partial(_records, path, coding, errors, separator)
    first = list(islice(parse(), heading.LOOKED_AT))
    if all(is_blank(cell) for _number, cells in first for cell in cells):
        raise Unreadable(_("Le fichier est vide : rien à lire."))
    at = heading.find([cells for _number, cells in first], known)
    width = max(len(cells) for _number, cells in first[at:])
    if width > MAX_COLUMNS:
        raise Unreadable(_("Le fichier a plus de {n} colonnes.").format(n=MAX_COLUMNS))
    header_row = first[at][0]
    notes = _notes(coding, errors, separator, header_row - (1 if declared else 0))
    headers = heading.titles(first[at][1], width)
    return Table("", headers, header_row, partial(_rows, parse, header_row, len(headers)), notes)


def _notes(coding: str, errors: str, separator: str, header_row: int) -> list[str]:
    notes = []
    if coding in ENCODING_LABELS:
        notes.append(_("Encodage reconnu : {name}.").format(name=ENCODING_LABELS[coding]))
    if errors == encoding.STRAY:
        notes.append(_("Le fichier mêle deux encodages : les accents ont été relus au mieux, vérifiez-les."))
    if separator != ";":
        notes.append(_("Séparateur : {name}.").format(name=LABELS[separator]))
    if header_row > 1:
        notes.append(_("Titres des colonnes à la ligne {n}.").format(n=header_row))
    return notes


def _check_text(sample: list[str]) -> None:
    text = "".join(sample)
    strange = sum(char < " " and char not in "\t\r\n\f\x1a" for char in text)
    if strange > max(2, len(text) // 200):
        raise Unreadable(
            _("Ce fichier n'est ni un tableau ni un texte. Enregistrez-le en CSV ou en XLSX, puis recommencez.")
        )
    start = text.lstrip("\ufeff \r\n\t")[:300].lower()
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise Unreadable(
            _(
                "Ce fichier est une page web ou du XML, pas un tableau. Enregistrez-le en CSV ou en XLSX, puis recommencez."
            )
        )
    if start[:1] in "{[" and re.match(r'[\[{]\s*["{\[}]', start):
        raise Unreadable(_("Ce fichier est du JSON, pas un tableau : choisissez un CSV, un XLSX ou un GeoJSON."))


def _declared(line: str) -> str:
    """Excel's first line `sep=;` names the separator."""
    found = re.match(r'^\ufeff?"?sep=(.)"?\s*$', line, re.I)
    return found.group(1) if found and found.group(1) in SEPARATORS else ""


def sniff(lines: list[str]) -> str:
    """The separator that cuts the most lines into the same number of cells, more than one."""
    best, best_score = ",", (0.0, 0)
    for separator in SEPARATORS:
        rows = []
        try:
            rows = list(islice(csv.reader(lines, delimiter=separator), _SAMPLE_LINES))
        except csv.Error:
            continue
        widths = [len(row) for row in rows if any(cell.strip() for cell in row)]
        if not widths:
            continue
        width, times = max(Counter(widths).items(), key=lambda pair: (pair[0] > 1, pair[1] * min(pair[0], 4), pair[0]))
        if width < 2:
            continue
        # Rows may end short of empty cells: those that are not longer than the usual one count for half.
        near = sum(1 < other < width for other in widths)
        score = ((times + near / 2) / len(widths), width)
        if score[0] > best_score[0] + 0.02:
            best, best_score = separator, score
    return best


def _records(path: Path, coding: str, errors: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Records with their number, blank ones counted, as a spreadsheet numbers them."""
    with path.open(encoding=coding, errors=errors, newline="") as file:
        reader = csv.reader(file, delimiter=separator)
        number = 0
        try:
            for cells in reader:
                number += 1
                if any(len(cell) > _LONGEST_CELL for cell in cells):
                    raise csv.Error
                yield number, cells
        except csv.Error as trouble:
            raise Unreadable(
                _(
                    "Ligne {n} : un guillemet est ouvert et ne se referme pas, ou la cellule est démesurée. "
                    "Corrigez cette ligne, puis recommencez."
                ).format(n=number + 1)
            ) from trouble


def _rows(parse: partial[Iterator[tuple[int, list[str]]]], header_row: int, width: int) -> Iterator[Row]:
    kept = 0
    for number, cells in parse():
        if number <= header_row or all(is_blank(cell) for cell in cells):
            continue
        kept += 1
        if kept > MAX_ROWS:
            raise Unreadable(
                _("Le fichier a plus de {n} lignes. Coupez-le en plusieurs fichiers.").format(
                    n=f"{MAX_ROWS:,}".replace(",", " ")
                )
            )
        yield Row(number, (cells + [""] * (width - len(cells)))[:width] if len(cells) != width else cells)
