"""A portrait as it is read: sections, and for each table a sentence, a chart, its figures and their source.

The page and the files print the same presentation; neither formats a figure by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from maillage.core.typography import percent

from . import charts
from .asked import read
from .comparison import Trend, of_counts, of_shares, trends
from .links import JournalLinks
from .periods import day_words
from .periods import words as period_words
from .portrait import Portrait, Row, Table
from .sections import OTHER, RANKED, SECTIONS, UNITS
from .sentences import amount, denominator, in_sentence, sentence, short_month_names

__all__ = [
    "Block",
    "Cell",
    "KeyFigure",
    "Line",
    "Section",
    "day_words",
    "downloads",
    "offer_file",
    "period_words",
    "present",
    "read",
]

_files: list[tuple[str | Promise, str, str, dict[str, str]]] = []


def offer_file(label: str | Promise, icon: str, url_name: str, **arguments: str) -> None:
    """A higher floor says that it writes the portrait as a file; the page then offers it. Called from `ready`."""
    _files.append((label, icon, url_name, arguments))


def downloads(program: str, query: str) -> list[tuple[str, str, str]]:
    """Label, icon and address of each file in which this portrait can be taken away."""
    tail = f"?{query}" if query else ""
    return [
        (str(label), icon, reverse(name, kwargs={"slug": program, **arguments}) + tail)
        for label, icon, name, arguments in _files
    ]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as printed, with the address of what it counts ("" for none)."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table as printed."""

    code: str
    label: str
    depth: int
    cells: tuple[Cell, ...]
    trend: Trend | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One table as it is read. `shown` leaves out the lines at zero of long tables, which `note` names."""

    id: str
    title: str
    sentence: str
    source: str
    note: str
    kind: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    table: Table
    shown: Table
    compared: bool

    @property
    def has_chart(self) -> bool:
        """Whether there is anything to draw: a figure, and something beside it to compare with."""
        return len(self.shown.rows) > 1 and any(row.count for row in self.shown.rows)

    def data(self, language: str) -> list[Any]:
        """The chart's data, whole."""
        return charts.values(self.shown, language)

    def spec(self, language: str, width: int) -> dict[str, Any]:
        """The chart with its data and a width in pixels, coloured for paper."""
        return charts.standalone(charts.templates()[self.kind], self.data(language), width)

    def alternative(self) -> str:
        """What the chart says to those who do not see it."""
        return f"{self.title}. {self.sentence}"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the portrait."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number that opens the portrait."""

    text: str
    label: str
    detail: str = ""
    href: str = ""
    trend: Trend | None = None


def present(
    portrait: Portrait, language: str, *, links: JournalLinks | None = None, previous: Portrait | None = None
) -> tuple[list[KeyFigure], list[Section]]:
    """The key figures and the sections of `portrait`, in the language in force. `links` gives figures their links."""
    tables = {table.id: table for table in portrait.tables}
    sections = []
    for id, title, wanted in SECTIONS:
        blocks = [_block(tables.pop(t), language, links, previous) for t in wanted if t in tables]
        if blocks:
            sections.append(Section(id, str(title), tuple(blocks)))
    if tables:
        rest = tuple(_block(table, language, links, previous) for table in tables.values())
        sections.append(Section(OTHER[0], str(OTHER[1]), rest))
    return key_figures(portrait, language, links, previous), sections


def _block(table: Table, language: str, links: JournalLinks | None, previous: Portrait | None) -> Block:
    table = ranked(table)
    shown, zeros = without_zeros(table)
    moved = trends(shown, previous, language)
    columns, lines = _lines(shown, language, links, moved)
    among = denominator(table, language)
    return Block(
        id=table.id,
        title=table.title,
        sentence=sentence(table, language),
        source=_("Sur %(among)s.") % {"among": among} if among else "",
        note=" ".join(part for part in (table.note, zeros) if part),
        kind=charts.kind_of(table),
        columns=columns,
        lines=lines,
        table=table,
        shown=shown,
        compared=bool(moved),
    )


def ranked(table: Table) -> Table:
    """`table` with its largest lines first where its order says nothing; parts stay below their whole."""
    if table.id not in RANKED or table.columns:
        return table
    families: list[list[Row]] = []
    for row in table.rows:
        if row.depth and families:
            families[-1].append(row)
        else:
            families.append([row])
    families.sort(key=lambda family: (family[0].code in ("other", "none"), -(family[0].count or 0)))
    return replace(table, rows=tuple(row for family in families for row in family))


def without_zeros(table: Table) -> tuple[Table, str]:
    """`table` without the lines at zero of a long list, and the words that name them."""
    zeros = [row for row in table.rows if row.count == 0 and not row.hidden]
    if table.id not in RANKED or table.columns or not zeros or len(zeros) == len(table.rows):
        return table, ""
    names = ", ".join(in_sentence(row.label) for row in zeros)
    kept = tuple(row for row in table.rows if row not in zeros)
    return replace(table, rows=kept), _("À zéro : %(names)s.") % {"names": names}


def _lines(
    table: Table, language: str, links: JournalLinks | None, moved: dict[str, Trend]
) -> tuple[tuple[str, ...], tuple[Line, ...]]:
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
    href = links.link(table.id, row.code) if links and row.count and not row.hidden else ""
    cells = [Cell(_("caché") if row.hidden else amount(row.count, language), href)]
    if shared:
        cells.append(Cell(charts.share_text(row.share, language)))
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


def key_figures(
    portrait: Portrait, language: str, links: JournalLinks | None = None, previous: Portrait | None = None
) -> list[KeyFigure]:
    """The numbers that open the portrait: entries, persons, referrals, coverage, hours."""
    found = [
        KeyFigure(
            amount(portrait.entries, language),
            _("Interventions inscrites"),
            href=links.with_filters() if links and portrait.entries else "",
            trend=of_counts(portrait.entries, previous.entries, language) if previous else None,
        )
    ]
    now, before = _tables(portrait), _tables(previous) if previous else {}
    if persons := now.get("persons_referred"):
        old = before.get("persons_referred")
        found.append(
            KeyFigure(
                amount(persons.denominator, language),
                _("Personnes rencontrées individuellement"),
                trend=of_counts(persons.denominator, old.denominator, language) if old else None,
            )
        )
        found += _share(persons, old, _("Personnes référées"), language, links)
    if referrals := now.get("referral_destination"):
        found.append(KeyFigure(amount(referrals.denominator, language), _("Références vers une ressource")))
    if coverage := now.get("coverage"):
        found += _share(coverage, before.get("coverage"), _("Parc visé qui est desservi"), language, None)
    if hours := now.get("hours_by_role"):
        found.append(KeyFigure(f"{amount(hours.denominator, language)}\u00a0h", _("Soutien par semaine")))
    return found


def _tables(portrait: Portrait) -> dict[str, Table]:
    return {table.id: table for table in portrait.tables}


def _share(
    table: Table, old: Table | None, label: str, language: str, links: JournalLinks | None
) -> Sequence[KeyFigure]:
    if not table.rows or table.rows[0].share is None:
        return []
    row = table.rows[0]
    detail = _("%(count)s sur %(all)s") % {
        "count": amount(row.count, language),
        "all": amount(table.denominator, language),
    }
    trend = of_shares(row.share, old.rows[0].share, language) if old and old.rows else None
    href = links.link(table.id, row.code) if links and row.count else ""
    return [KeyFigure(percent(row.share, 0, language), label, detail, href, trend)]
