"""The lines of a table as they are printed: each figure with the address of what it counts, or « x » where it is hidden."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import charts
from .comparison import Trend
from .hidden import HIDDEN, is_hidden
from .links import JournalLinks
from .portrait import Row, Table
from .sections import UNITS
from .sentences import amount, short_month_names


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as printed, with the address of what it counts ("" for none)."""

    text: str
    href: str = ""

    @property
    def hidden(self) -> bool:
        """Whether it is not shown."""
        return self.text == HIDDEN


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table as printed."""

    code: str
    label: str
    depth: int
    cells: tuple[Cell, ...]
    trend: Trend | None = None


def lines_of(
    table: Table, language: str, links: JournalLinks | None, moved: dict[str, Trend]
) -> tuple[tuple[str, ...], tuple[Line, ...]]:
    """The heads of the columns of figures, and the lines."""
    if table.columns:
        return tuple(column.label for column in table.columns), tuple(_crossed(table, language, links))
    if table.id == "monthly":
        return tuple(short_month_names()), tuple(_years(table, language, links))
    shared = any(row.share is not None for row in table.rows)
    columns = [str(UNITS.get(table.unit, ""))] + ([_("Part")] if shared else []) + ([_("Écart")] if moved else [])
    return tuple(columns), tuple(_single(table, row, language, links, moved, shared) for row in table.rows)


def _single(
    table: Table, row: Row, language: str, links: JournalLinks | None, moved: dict[str, Trend], shared: bool
) -> Line:
    if is_hidden(row):
        return Line(row.code, row.label, row.depth, (Cell(HIDDEN),) * (2 if shared else 1))
    href = links.link(table.id, row.code) if links and row.count else ""
    cells = [Cell(amount(row.count, language), href)]
    if shared:
        cells.append(Cell(HIDDEN if row.share is None else charts.share_text(row.share, language)))
    return Line(row.code, row.label, row.depth, tuple(cells), moved.get(row.code))


def _crossed(table: Table, language: str, links: JournalLinks | None) -> list[Line]:
    lines, axes = [], table.id == "axes_crossing"
    for row in table.rows:
        cells = tuple(
            Cell(amount(count, language), links.crossing(row.code, column.code) if links and count and axes else "")
            for column, count in zip(table.columns, row.counts, strict=True)
        )
        lines.append(Line(row.code, row.label, 0, cells))
    return lines


def _years(table: Table, language: str, links: JournalLinks | None) -> list[Line]:
    """The months as a calendar: a line a year, a column a month."""
    by_year: dict[str, list[Cell]] = {}
    for row in table.rows:
        year, month = row.code.split("-")[:2]
        cells = by_year.setdefault(year, [Cell("") for _month in range(12)])
        href = links.link(table.id, row.code) if links and row.count else ""
        cells[int(month) - 1] = Cell(amount(row.count, language), href)
    return [Line(year, year, 0, tuple(cells)) for year, cells in by_year.items()]
