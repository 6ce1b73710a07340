"""Whatever is hidden, pages, charts and files say « x », nothing false, and do not break."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from maillage.reports import files
from maillage.statistics import charts
from maillage.statistics.hidden import HIDDEN, hides
from maillage.statistics.portrait import Portrait, Table
from maillage.statistics.presentation import present

from .sample import all_tables, make_portrait

pytestmark = pytest.mark.django_db
TABLES = {table.id: table for table in all_tables()}


def hide(table: Table, rows: Any, *, denominator: bool = False) -> Table:
    """`table` without the figures of the lines at these ranks."""
    hidden = {row.code for at, row in enumerate(table.rows) if at in rows}
    lines = tuple(
        replace(row, count=None, share=None, hidden=True, counts=tuple(None for _ in row.counts))
        if row.code in hidden
        else replace(row, share=None if denominator else row.share)
        for row in table.rows
    )
    return replace(table, rows=lines, denominator=None if denominator else table.denominator)


def cases() -> list[tuple[str, Table]]:
    """Each table with its first line, its last, all of them, and its denominator hidden."""
    found = []
    for table in all_tables():
        last = len(table.rows) - 1
        found += [
            (f"{table.id}-first", hide(table, {0})),
            (f"{table.id}-last", hide(table, {last})),
            (f"{table.id}-all", hide(table, set(range(last + 1)), denominator=True)),
            (f"{table.id}-denominator", hide(table, set(), denominator=True)),
        ]
    return found


def shown_by(portrait: Portrait) -> tuple[Any, Any]:
    with translation.override("fr"):
        return present(portrait, "fr")


@pytest.mark.parametrize(("name", "table"), cases(), ids=[name for name, _table in cases()])
def test_a_hidden_figure_is_an_x_in_its_cells_and_in_no_sentence(name: str, table: Table) -> None:
    _figures, [section] = shown_by(make_portrait(protected=True, tables=(table,)))
    [block] = section.blocks
    assert "()" not in block.sentence
    assert "  " not in block.sentence
    assert "None" not in block.sentence
    assert not re.search(r"\bx\b", block.sentence)
    hidden = [row for row in table.rows if row.hidden]
    if hides(table):
        assert any(cell.text == HIDDEN and not cell.href for line in block.lines for cell in line.cells)
        assert block.note.endswith("x : chiffre caché pour protéger les personnes.")
    assert "Aucun" not in block.sentence
    for row in hidden:
        said = block.sentence.lower().replace("non desservis", "")
        assert row.label.lower() not in said or table.id == "monthly"
    drawn = charts.values(block.shown, "fr")
    assert all(item["value"] is None or item["text"] != HIDDEN for item in drawn)
    assert "caché" not in json.dumps(drawn)


@pytest.mark.parametrize("format", ["json", "csv", "xlsx", "pdf"])
def test_a_portrait_with_anything_hidden_is_still_a_file(format: str) -> None:
    for rank in (0, 1, 2, 3):
        tables = tuple(table for name, table in cases()[rank::4])
        written = files.write(make_portrait(protected=True, tables=tables), format)
        assert len(written) > 500


def test_a_leader_is_only_that_of_the_figures_shown() -> None:
    _figures, [section] = shown_by(make_portrait(protected=True, tables=(hide(TABLES["territory"], {0}),)))
    assert section.blocks[0].sentence.startswith("Parmi les chiffres montrés, en tête : Robert-Cliche")


def test_crossings_that_are_hidden_are_not_said_to_be_empty() -> None:
    table = TABLES["axes_crossing"]
    rows = tuple(
        replace(row, counts=tuple(n if i == j else None for j, n in enumerate(row.counts)))
        for i, row in enumerate(table.rows)
    )
    _figures, [section] = shown_by(make_portrait(protected=True, tables=(replace(table, rows=rows),)))
    assert "Aucune intervention" not in section.blocks[0].sentence


def test_lines_at_zero_of_a_table_that_counts_something_are_not_no_entries() -> None:
    table = TABLES["themes"]
    rows = tuple(replace(row, count=0, share=0.0, hidden=False) for row in table.rows)
    _figures, [section] = shown_by(make_portrait(tables=(replace(table, rows=rows),)))
    assert section.blocks[0].sentence == "Les lignes de ce tableau sont toutes à zéro."


@pytest.mark.parametrize(("rounded", "words"), [(True, "À zéro ou presque : "), (False, "À zéro : ")])
def test_a_rounded_zero_is_not_said_to_be_none(rounded: bool, words: str) -> None:
    table = TABLES["contact_place"]
    rows = (*table.rows[:2], replace(table.rows[2], count=0, share=0.0))
    portrait = replace(make_portrait(protected=True, tables=(replace(table, rows=rows),)), rounded=rounded)
    _figures, [section] = shown_by(portrait)
    assert section.blocks[0].note.startswith(words)


def test_key_figures_that_are_hidden_are_known_as_such() -> None:
    tables = (hide(TABLES["persons_referred"], {0, 1}, denominator=True), TABLES["coverage"])
    figures, _sections = shown_by(replace(make_portrait(protected=True, tables=tables), entries=None))
    assert [(figure.text, figure.hidden) for figure in figures[:2]] == [("x", True), ("x", True)]
    assert not any(figure.hidden for figure in figures[2:])


def test_every_file_bears_the_mark_that_exact_figures_are_not_publishable() -> None:
    import io

    import openpyxl
    from pypdf import PdfReader

    exact = make_portrait()
    book = openpyxl.load_workbook(io.BytesIO(files.write(exact, "xlsx")))
    for sheet in book.worksheets:
        cells = {str(cell) for line in sheet.iter_rows(max_row=4, values_only=True) for cell in line}
        assert "Chiffres exacts, non publiables" in cells, sheet.title
        assert "non publiables" in sheet.oddHeader.right.text
    for page in PdfReader(io.BytesIO(files.write(exact, "pdf"))).pages:
        assert "non publiables" in page.extract_text()
    lines = files.write(exact, "csv").decode().splitlines()[1:]
    assert all("chiffres exacts, non publiables" in line for line in lines)
    assert json.loads(files.write(exact, "json"))["protected"] is False
    assert json.loads(files.write(make_portrait(protected=True), "json"))["protected"] is True
