"""A release as a workbook: a cover, a sheet for each table with every territory below the other, the attack report."""

import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from maillage.statistics.attack_report import deductions
from maillage.statistics.portrait import Portrait, Row, Table
from maillage.statistics.presentation import Block, present
from maillage.statistics.publication import LICENCE, Publication, citation, published_words

from .words import exactness, source
from .workbook import OPTIONS, sheet_names, styles_of, write_figure

TOP = 3  # line of the heads of columns: the title and the sentence stand above


def write_publication_xlsx(publication: Publication, language: str, address: str) -> bytes:
    """The bytes of the workbook, the same at each writing. No text can be a formula or a link."""
    assert publication.release.published_at is not None
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties(
        {
            "title": publication.release.title,
            "subject": publication.period,
            "author": publication.program_name,
            "comments": exactness(publication.portraits[0]),
            "created": publication.release.published_at.replace(tzinfo=None),
        }
    )
    styles = styles_of(book)
    blocks = [block for section in present(publication.portraits[0], language)[1] for block in section.blocks]
    names = sheet_names([block.title for block in blocks])
    _cover(book, styles, publication, address, list(zip(names, blocks, strict=True)))
    for name, block in zip(names, blocks, strict=True):
        tables = [(p, t) for p in publication.portraits for t in p.tables if t.id == block.id]
        _sheet(book.add_worksheet(name), styles, block, tables)
    _attack(book.add_worksheet(sheet_names([*names, _("Rapport d'attaque")])[-1]), styles, publication)
    book.close()
    return buffer.getvalue()


def _cover(
    book: Any, styles: dict[str, Any], publication: Publication, address: str, sheets: list[tuple[str, Block]]
) -> None:
    release = publication.release
    sheet = book.add_worksheet(_("Couverture"))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, release.title, styles["title"])
    lines = [
        (_("Programme"), publication.program_name),
        (_("Période"), publication.period),
        (_("Publié le"), published_words(release)),
        (_("Version"), _("Publication %(number)s, version %(version)s") % vars_of(publication)),
        (_("Portée"), exactness(publication.portraits[0])),
        (_("Source"), source(publication.portraits[0])),
        (_("Licence"), f"{LICENCE.title} ({LICENCE.address})"),
        (_("Citer"), citation(publication, address)),
    ]
    for at, (label, text) in enumerate(lines, start=2):
        sheet.write_string(at, 0, label, styles["label"])
        sheet.write_string(at, 1, text, styles["lead"])
    top = 3 + len(lines)
    sheet.write_string(top, 0, _("Feuille"), styles["first"])
    sheet.write_string(top, 1, _("Ce qu'elle dit"), styles["first"])
    for at, (name, block) in enumerate(sheets, start=top + 1):
        sheet.write_url(at, 0, f"internal:'{name}'!A1", string=name)
        sheet.write_string(at, 1, block.sentence, styles["lead"])


def vars_of(publication: Publication) -> dict[str, Any]:
    """The numbers of a release, for a sentence."""
    return {"number": publication.release.number, "version": publication.release.version}


def _sheet(sheet: Any, styles: dict[str, Any], block: Block, tables: list[tuple[Portrait, Table]]) -> None:
    table = block.table
    heads = [column.label for column in table.columns] + [_("Nombre"), _("Part"), _("Dénominateur")]
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 52)
    sheet.set_column(2, len(heads) + 1, 16)
    sheet.write_string(0, 0, table.title, styles["title"])
    sheet.write_string(1, 0, block.sentence, styles["plain"])
    sheet.write_string(TOP, 0, _("Territoire"), styles["first"])
    sheet.write_string(TOP, 1, table.title, styles["first"])
    for at, head in enumerate(heads, start=2):
        sheet.write_string(TOP, at, head, styles["head"])
    line = TOP
    for portrait, own in tables:
        name = portrait.territory_name or _("Tout le territoire")
        for row in own.rows:
            line += 1
            sheet.write_string(line, 0, name)
            sheet.write_string(line, 1, row.label, styles["part"] if row.depth else None)
            _figures(sheet, styles, line, own, row)
    sheet.autofilter(TOP, 0, max(line, TOP + 1), len(heads) + 1)
    notes = " ".join(part for part in (table.denominator_label, block.note) if part)
    sheet.write_string(line + 2, 0, notes, styles["note"])
    sheet.freeze_panes(TOP + 1, 2)
    sheet.fit_to_pages(1, 0)


def _figures(sheet: Any, styles: dict[str, Any], line: int, table: Table, row: Row) -> None:
    for at, count in enumerate(row.counts, start=2):
        write_figure(sheet, styles, line, at, count)
    at = 2 + len(row.counts)
    write_figure(sheet, styles, line, at, row.count)
    if row.share is not None:
        sheet.write_number(line, at + 1, row.share, styles["share"])
    elif row.hidden and table.id != "monthly":
        write_figure(sheet, styles, line, at + 1, None)
    if table.id != "monthly":
        write_figure(sheet, styles, line, at + 2, table.denominator)


def _attack(sheet: Any, styles: dict[str, Any], publication: Publication) -> None:
    """Each hidden figure and the interval in which somebody who knows all that is published can place it."""
    titles = {table.id: table.title for portrait in publication.portraits for table in portrait.tables}
    sheet.hide_gridlines(2)
    for at, (head, width) in enumerate(
        [(_("Tableau"), 40), (_("Territoire"), 24), (_("Ligne"), 52), (_("Minimum"), 12), (_("Maximum"), 12)]
    ):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, head, styles["first" if at < 3 else "head"])
    for line, found in enumerate(deductions(publication), start=1):
        for at, text in enumerate((titles[found.table], found.area_name, found.label)):
            sheet.write_string(line, at, text)
        for at, end in enumerate((found.lowest, found.highest), start=3):
            if end is not None:
                write_figure(sheet, styles, line, at, end)
    sheet.freeze_panes(1, 0)
