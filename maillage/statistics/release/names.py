"""The one name of each figure, wherever it is printed: months, area, and what is counted.

Several cells of several tables are the same figure (the total of the tenures is that of the natures; the collective
interventions are the total of their types; a MRC's line of the table of territories is that MRC's own total).
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from maillage.statistics.portrait import Portrait, Row, Table

from .calendar import months_between, words_of

# Facts of the agreement (sites, funded hours): published as they are.
AS_THEY_ARE = frozenset({"coverage", "coverage_tenure", "hours_by_role"})
ENTRIES, REFERRALS, COLLECTIVE = "entries", "referrals", "nature/collective"
HEALTH, COMMUNITY = "referral_destination/health", "referral_destination/community"
# What the denominator of each table counts; all the others are out of all entries.
_TOTALS = {
    "referral_destination": REFERRALS,
    "referral_kind": REFERRALS,
    "referral_need_health": HEALTH,
    "referral_need_community": COMMUNITY,
    "collective_kind": COLLECTIVE,
    "participations": "participations",
    "contact_rank": "contact_rank",
    "persons_referred": "persons",
    "logged_hours_by_role": "minutes",
}
CROSSING, AXES = "axes_crossing", "axes"
TERRITORY, MONTHLY, HOURS = "territory", "monthly", "logged_hours_by_role"
OWN = "="  # after the name of a term that has parts: what bears the term itself and none of its parts


class Figure(NamedTuple):
    """A figure: its months in words, its area ("" for the whole territory), and what is counted."""

    months: str
    area: str
    stat: str

    def __str__(self) -> str:
        return "|".join(self)


class Cell(NamedTuple):
    """Where a figure is printed; row "" is the table's denominator, column "" the row's own figure."""

    table: str
    area: str
    row: str
    column: str

    def __str__(self) -> str:
        return "|".join(self)


def figure(name: str) -> Figure:
    """The figure that `str` named."""
    return Figure(*name.split("|"))


def total_of(table: str) -> str:
    """What the denominator of a table counts."""
    return _TOTALS.get(table, ENTRIES)


def stat_of(table: str, row: str, column: str = "", roots: Collection[str] = ()) -> str:
    """What a cell of a table counts (not for months and territories, whose rows are other periods and areas).

    `roots` are the rows that have parts: in a crossing, a row takes its parts in and a column does not.
    """
    if not row:
        return total_of(table)
    if table != CROSSING:
        return f"{table}/{row}"
    if column and roots and (row in roots or column in roots):
        return f"{AXES}/{row}>{column}"
    return f"{AXES}/{'+'.join(sorted({row, column or row}))}"


def roots_of(table: Table) -> frozenset[str]:
    """The rows that have parts."""
    pairs = zip(table.rows, table.rows[1:], strict=False)
    return frozenset(row.code for row, following in pairs if following.depth and not row.depth)


def cells_of(portrait: Portrait) -> Iterator[tuple[Cell, Figure, float | None]]:
    """Every figure that a portrait prints and that is protected: where, its name, and its value (None when hidden)."""
    months = words_of(months_between(portrait.start, portrait.end))
    area = portrait.territory
    for table in portrait.tables:
        if table.id in AS_THEY_ARE:
            continue
        yield Cell(table.id, area, "", ""), Figure(months, area, total_of(table.id)), value(table, table.denominator)
        roots = roots_of(table)
        for row in table.rows:
            cell = Cell(table.id, area, row.code, "")
            yield cell, _figure(table, row, months, area), value(table, row.count)
            for column, count in zip(table.columns, row.counts, strict=True):
                named = Figure(months, area, stat_of(table.id, row.code, column.code, roots))
                yield Cell(table.id, area, row.code, column.code), named, value(table, count)


def _figure(table: Table, row: Row, months: str, area: str) -> Figure:
    if table.id == MONTHLY:
        return Figure(row.code, area, ENTRIES)
    if table.id == TERRITORY:
        return Figure(months, row.code, ENTRIES)
    return Figure(months, area, stat_of(table.id, row.code))


def value(table: Table, count: float | None) -> float | None:
    """The figure as it is added up: hours are whole minutes, which two decimals give back exactly."""
    if count is None or table.id != HOURS:
        return count
    return round(count * 60)
