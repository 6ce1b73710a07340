"""The portrait as a workbook: a cover sheet, then one sheet for each table, with typed figures."""

import io
import re
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from maillage.statistics.portrait import Portrait
from maillage.statistics.presentation import HIDDEN, Block, is_hidden, present

from .words import exactness, mark, period, place, read_on, source

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_COUNT, _DECIMAL, _SHARE = "#,##0", "#,##0.0", "0.0%"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_xlsx(portrait: Portrait, language: str) -> bytes:
    """The bytes of the workbook. No text can be a formula or a link."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties(
        {
            "title": f"{_('Portrait')} – {portrait.program_name}",
            "subject": period(portrait),
            "comments": exactness(portrait),
            "created": portrait.generated_at.replace(tzinfo=None),
        }
    )
    styles = styles_of(book)
    _figures, sections = present(portrait, language)
    blocks = [block for section in sections for block in section.blocks]
    names = sheet_names([block.title for block in blocks])
    _cover(book, styles, portrait, list(zip(names, blocks, strict=True)))
    for name, block in zip(names, blocks, strict=True):
        _sheet(book.add_worksheet(name), styles, block, mark(portrait))
    book.close()
    return buffer.getvalue()


def sheet_names(titles: list[str]) -> list[str]:
    """Names that a workbook accepts: at most 31 letters, none forbidden, each once."""
    names: list[str] = []
    for title in titles:
        base = _FORBIDDEN.sub(" ", title).strip()[:28].strip() or "-"
        name, n = base, 2
        while name.casefold() in (taken.casefold() for taken in names):
            name, n = f"{base} {n}", n + 1
        names.append(name)
    return names


def styles_of(book: Any) -> dict[str, Any]:
    """The formats of cells, by name."""
    return {
        "title": book.add_format({"bold": True, "font_size": 18, "font_color": "#1D5F8A"}),
        "lead": book.add_format({"text_wrap": True, "valign": "top"}),
        "label": book.add_format({"bold": True, "valign": "top"}),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "align": "right"}),
        "first": book.add_format({"bold": True, "bottom": 1, "valign": "bottom"}),
        "part": book.add_format({"indent": 1}),
        "count": book.add_format({"num_format": _COUNT}),
        "decimal": book.add_format({"num_format": _DECIMAL}),
        "share": book.add_format({"num_format": _SHARE}),
        "hidden": book.add_format({"italic": True, "align": "right", "font_color": "#55626D"}),
        "mark": book.add_format({"bold": True, "font_color": "#B4480A"}),
        "plain": book.add_format({"valign": "top"}),
        "note": book.add_format({"italic": True, "font_color": "#55626D"}),
        "source": book.add_format({"italic": True, "font_color": "#55626D", "text_wrap": True, "valign": "top"}),
    }


def _cover(book: Any, styles: dict[str, Any], portrait: Portrait, sheets: list[tuple[str, Block]]) -> None:
    sheet = book.add_worksheet(_("Couverture"))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, portrait.program_name, styles["title"])
    sheet.write_string(1, 0, mark(portrait), styles["mark"])
    sheet.set_header(f"&R{mark(portrait)}")
    lines = [
        (_("Période"), period(portrait)),
        (_("Territoire"), place(portrait)),
        (_("Portée"), exactness(portrait)),
        (_("Source"), source(portrait)),
        (_("Lu le"), read_on(portrait)),
    ]
    for at, (label, text) in enumerate(lines, start=2):
        sheet.write_string(at, 0, label, styles["label"])
        sheet.write_string(at, 1, text, styles["lead"])
    if portrait.entries is not None:
        sheet.write_string(8, 0, _("Interventions"), styles["label"])
        sheet.write_number(8, 1, portrait.entries, book.add_format({"num_format": _COUNT, "align": "left"}))
    sheet.write_string(10, 0, _("Feuille"), styles["first"])
    sheet.write_string(10, 1, _("Ce qu'elle dit"), styles["first"])
    for at, (name, block) in enumerate(sheets, start=11):
        sheet.write_url(at, 0, f"internal:'{name}'!A1", string=name)
        sheet.write_string(at, 1, block.sentence, styles["lead"])


def _sheet(sheet: Any, styles: dict[str, Any], block: Block, marked: str) -> None:
    table = block.table
    sheet.hide_gridlines(2)
    sheet.set_header(f"&R{marked}")  # on each sheet of paper too
    sheet.set_column(0, 0, 52)
    sheet.set_column(1, max(3, len(table.columns) + 1), 16)
    sheet.write_string(0, 0, table.title, styles["title"])
    sheet.write_string(2, 0, marked, styles["mark"])
    sheet.merge_range(1, 0, 1, 3, "", styles["lead"])
    sheet.write_string(1, 0, block.sentence, styles["lead"])
    sheet.set_row(1, 48)
    heads = [column.label for column in table.columns] if table.columns else list(block.columns[:2])
    if table.id == "monthly":
        heads = [_("Interventions")]
    sheet.write_string(3, 0, table.title, styles["first"])
    for at, head in enumerate(heads, start=1):
        sheet.write_string(3, at, head, styles["head"])
    shared = any(row.share is not None for row in table.rows)
    for line, row in enumerate(table.rows, start=4):
        sheet.write_string(line, 0, row.label, styles["part"] if row.depth else None)
        if table.columns:
            for at, count in enumerate(row.counts, start=1):
                write_figure(sheet, styles, line, at, count)
        else:
            write_figure(sheet, styles, line, 1, None if is_hidden(row) else row.count)
            if row.share is not None:
                sheet.write_number(line, 2, row.share, styles["share"])
            elif shared:
                sheet.write_string(line, 2, HIDDEN, styles["hidden"])
    end = 5 + len(table.rows)
    sheet.write_string(end, 0, " ".join(part for part in (block.source, block.note) if part), styles["source"])
    sheet.freeze_panes(4, 1)
    sheet.fit_to_pages(1, 0)


def write_figure(sheet: Any, styles: dict[str, Any], line: int, at: int, count: float | None) -> None:
    """A count as a number; a hidden one as the symbol of hidden figures."""
    if count is None:
        sheet.write_string(line, at, HIDDEN, styles["hidden"])
    else:
        sheet.write_number(line, at, count, styles["count" if float(count).is_integer() else "decimal"])
