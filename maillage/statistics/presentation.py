"""A portrait as it is read: sections, and for each table a sentence, a chart, its figures and their source.

The page and the files print the same presentation; neither formats a figure by itself.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from . import charts
from .asked import read
from .comparison import trends
from .hidden import HIDDEN, explained, hides, is_hidden, spoken
from .key_figures import KeyFigure, key_figures
from .lines import Cell, Line, lines_of
from .links import JournalLinks
from .periods import day_words
from .periods import words as period_words
from .portrait import Portrait, Row, Table
from .sections import OTHER, RANKED, SECTIONS
from .sentences import denominator, in_sentence, sentence

__all__ = [
    "HIDDEN",
    "Block",
    "Cell",
    "KeyFigure",
    "Line",
    "Section",
    "day_words",
    "downloads",
    "hides",
    "is_hidden",
    "offer_file",
    "period_words",
    "present",
    "read",
    "spoken",
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
class Block:
    """One table as it is read. `shown` leaves out the lines at zero of long tables, which `note` names.

    `note` says too what « x » means where a figure is hidden.
    """

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
        return len(self.shown.rows) > 1 and any(row.count or any(row.counts) for row in self.shown.rows)

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


def present(
    portrait: Portrait, language: str, *, links: JournalLinks | None = None, previous: Portrait | None = None
) -> tuple[list[KeyFigure], list[Section]]:
    """The key figures and the sections of `portrait`, in the language in force. `links` gives figures their links."""
    tables = {table.id: table for table in portrait.tables}
    sections = []
    for id, title, wanted in SECTIONS:
        blocks = [
            _block(tables.pop(t), language, links, previous, rounded=portrait.rounded) for t in wanted if t in tables
        ]
        if blocks:
            sections.append(Section(id, str(title), tuple(blocks)))
    if tables:
        rest = tuple(_block(table, language, links, previous, rounded=portrait.rounded) for table in tables.values())
        sections.append(Section(OTHER[0], str(OTHER[1]), rest))
    return key_figures(portrait, language, links, previous), sections


def _block(
    table: Table, language: str, links: JournalLinks | None, previous: Portrait | None, *, rounded: bool
) -> Block:
    table = ranked(table)
    shown, zeros = without_zeros(table, rounded=rounded)
    moved = trends(shown, previous, language)
    columns, lines = lines_of(shown, language, links, moved)
    among = denominator(table, language)
    return Block(
        id=table.id,
        title=table.title,
        sentence=sentence(table, language),
        source=_("Sur %(among)s.") % {"among": among} if among else "",
        note=" ".join(part for part in (table.note, zeros, explained(table)) if part),
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


def without_zeros(table: Table, *, rounded: bool = False) -> tuple[Table, str]:
    """`table` without the lines at zero of a long list, and the words that name them.

    Of `rounded` figures a 0 may stand for a few: the words say so.
    """
    zeros = [row for row in table.rows if row.count == 0 and not row.hidden]
    if table.id not in RANKED or table.columns or not zeros or len(zeros) == len(table.rows):
        return table, ""
    names = ", ".join(in_sentence(row.label) for row in zeros)
    kept = tuple(row for row in table.rows if row not in zeros)
    words = _("À zéro ou presque : %(names)s.") if rounded else _("À zéro : %(names)s.")
    return replace(table, rows=kept), words % {"names": names}
