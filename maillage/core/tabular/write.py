"""Writes CSV and XLSX files that a spreadsheet opens without running anything found in them."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

# What makes a spreadsheet take a text for a formula, with the full-width twins, and what may hide it.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "|", "%")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook. `formats` maps a column's title to a number format; `notes` stand above the table."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]
    formats: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()


def guard(text: str) -> str:
    """`text`, with an apostrophe before it when a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS[:8]) else text


def plain(value: Any) -> Any:
    """A value as a file holds it: numbers and dates stay what they are, the rest is guarded text, None is empty."""
    if value is None or (isinstance(value, (int, float, Decimal, date)) and not isinstance(value, bool)):
        if isinstance(value, datetime) and value.tzinfo is not None:
            return timezone.make_naive(value)
        return value
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, (list, tuple, set, frozenset)):
        return guard("; ".join(str(part) for part in value))
    return guard(str(value))


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]], language: str = "fr") -> Iterator[bytes]:
    """Lines of a CSV file in UTF-8 with a mark, as they come: `;` and decimal comma in French, `,` and point else."""
    french = language.startswith("fr")
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";" if french else ",", lineterminator="\r\n")

    def taken() -> bytes:
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return text.encode()

    buffer.write(_BOM)
    writer.writerow([guard(str(title)) for title in columns])
    yield taken()
    for number, row in enumerate(rows, start=1):
        writer.writerow([_csv_cell(plain(value), french) for value in row])
        if number % 500 == 0:
            yield taken()
    yield taken()


def _csv_cell(value: Any, french: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, (float, Decimal)):
        text = f"{value:f}" if isinstance(value, Decimal) else repr(value)
        return text.replace(".", ",") if french else text
    return str(value)


def write_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A workbook with these sheets: bold frozen headers, filters, real numbers and dates, no formula, no link."""
    import xlsxwriter

    output = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(output, options) as book:
        styles = {"": book.add_format(), "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"})}
        taken: set[str] = set()
        for sheet in sheets:
            _write_sheet(book, book.add_worksheet(_sheet_name(sheet.name, taken)), sheet, styles)
    return output.getvalue()


def _write_sheet(book: Any, page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    top = 0
    for note in sheet.notes:
        page.write_string(top, 0, guard(note))
        top += 1
    top += 1 if sheet.notes else 0
    widths = [len(str(title)) for title in sheet.columns]
    for column, title in enumerate(sheet.columns):
        page.write_string(top, column, guard(str(title)), styles["head"])
    line = top
    for line, row in enumerate(sheet.rows, start=top + 1):
        for column, raw in enumerate(row):
            value = plain(str(raw) if isinstance(raw, Promise) else raw)
            _write_cell(book, page, line, column, value, styles, sheet.formats.get(str(sheet.columns[column]), ""))
            if line < top + 200:
                widths[column] = max(widths[column], len(str(value)) if value is not None else 0)
    for column, width in enumerate(widths):
        page.set_column(column, column, min(60, max(9, width + 2)))
    page.freeze_panes(top + 1, 0)
    if line > top and sheet.columns:
        page.autofilter(top, 0, line, len(sheet.columns) - 1)


def _write_cell(
    book: Any, page: Any, line: int, column: int, value: Any, styles: dict[str, Any], number_format: str
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        number_format = number_format or ("yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd")
    if number_format not in styles:
        styles[number_format] = book.add_format({"num_format": number_format})
    style = styles[number_format]
    if isinstance(value, datetime):
        page.write_datetime(line, column, value, style)
    elif isinstance(value, date):
        page.write_datetime(line, column, datetime(value.year, value.month, value.day), style)
    elif isinstance(value, (int, float, Decimal)):
        page.write_number(line, column, float(value), style)
    else:
        page.write_string(line, column, value[:32_000], style)


def _sheet_name(name: str, taken: set[str]) -> str:
    base = "".join(" " if char in "[]:*?/\\" else char for char in name).strip(" '")[:31] or "Feuille"
    candidate, number = base, 2
    while candidate.casefold() in taken:
        candidate = f"{base[:27]} {number}"
        number += 1
    taken.add(candidate.casefold())
    return candidate
