"""Portraits with their hidden figures taken out."""

from collections.abc import Collection
from dataclasses import replace

from maillage.statistics.assembly import share_of
from maillage.statistics.portrait import Portrait, Row, Table
from maillage.tables.disclosure.rules import Thresholds

from .calendar import months_between, words_of
from .names import AS_THEY_ARE, ENTRIES, Cell, Figure, cells_of


def hidden_cells(portrait: Portrait, hidden: Collection[Figure]) -> set[Cell]:
    """The cells of a portrait whose figure is hidden."""
    return {cell for cell, figure, _ in cells_of(portrait) if figure in hidden}


def without(portrait: Portrait, hidden: Collection[Figure]) -> Portrait:
    """The portrait as it is published: a hidden figure is None, and a share goes with either of its figures.

    Shares of a denominator under ten go too: they would say of few people more than a count does.
    """
    gone = hidden_cells(portrait, hidden)
    total = Figure(words_of(months_between(portrait.start, portrait.end)), portrait.territory, ENTRIES)
    printed = {figure for _, figure, _ in cells_of(portrait)}
    return replace(
        portrait,
        entries=None if total in hidden or total not in printed else portrait.entries,
        tables=tuple(_table(table, portrait.territory, gone) for table in portrait.tables),
    )


def _table(table: Table, area: str, gone: set[Cell]) -> Table:
    if table.id in AS_THEY_ARE:
        return table
    denominator = None if Cell(table.id, area, "", "") in gone else table.denominator
    rows = tuple(_row(table, row, area, gone, denominator) for row in table.rows)
    return replace(table, denominator=denominator, rows=rows)


def _row(table: Table, row: Row, area: str, gone: set[Cell], denominator: float | None) -> Row:
    hidden = Cell(table.id, area, row.code, "") in gone
    count = None if hidden else row.count
    small = denominator is None or denominator < Thresholds().denominator
    counts = tuple(
        None if Cell(table.id, area, row.code, column.code) in gone else figure
        for column, figure in zip(table.columns, row.counts, strict=True)
    )
    return replace(
        row, count=count, share=None if small else share_of(count, denominator), hidden=hidden, counts=counts
    )
