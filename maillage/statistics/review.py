"""A release as its team looks at it before and after it is published: what is hidden, why, and what is left to read.

True figures and reasons are read in the release's own ledger and findings: they are for the team alone.
"""

from collections import defaultdict
from dataclasses import dataclass

from .attack_report import label_of
from .hidden import HIDDEN
from .publication import Publication
from .release.findings import reasons
from .release.names import HOURS, cells_of
from .sentences import amount

MUCH = 0.4  # a table or a territory of which more than this is hidden is worth leaving out
FEW = 8  # hidden figures under which nothing is advised


@dataclass(slots=True)
class Part:
    """A table or a territory of the release: how many figures are shown and hidden, and what they add up to."""

    id: str
    title: str
    shown: int = 0
    hidden: int = 0
    weight_shown: float = 0.0
    weight_hidden: float = 0.0

    @property
    def figures(self) -> float:
        """The part of the figures that is shown."""
        return self.shown / (self.shown + self.hidden) if self.shown + self.hidden else 1.0

    @property
    def weight(self) -> float:
        """The part of what the figures add up to that is shown."""
        total = self.weight_shown + self.weight_hidden
        return self.weight_shown / total if total else 1.0

    def count(self, value: float, hidden: bool) -> None:
        """Add a figure."""
        if hidden:
            self.hidden, self.weight_hidden = self.hidden + 1, self.weight_hidden + value
        else:
            self.shown, self.weight_shown = self.shown + 1, self.weight_shown + value


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure as the team sees it: what will be public, what it is, and why it is hidden."""

    label: str
    public: str
    exact: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenTable:
    """A table of one territory, figure by figure."""

    id: str
    title: str
    hidden: int
    lines: tuple[Seen, ...]


def parts(publication: Publication) -> tuple[list[Part], list[Part]]:
    """The tables of the release (all territories together) and its territories (all tables together)."""
    exact = publication.release.ledger.get("figures", {})
    titles = {table.id: table.title for portrait in publication.portraits for table in portrait.tables}
    by_table = {id: Part(id, title) for id, title in titles.items()}
    by_area = {code: Part(code, name) for code, name in publication.areas}
    for portrait in publication.portraits:
        for cell, figure, value in cells_of(portrait):
            weight = exact.get(str(figure), 0) / (60 if cell.table == HOURS else 1)
            by_table[cell.table].count(weight, value is None)
            by_area[cell.area].count(weight, value is None)
    return [part for part in by_table.values() if part.shown + part.hidden], list(by_area.values())


def advice(tables: list[Part]) -> list[str]:
    """Ids of the tables worth leaving out: much of them is hidden. None where little is."""
    return [part.id for part in tables if part.hidden >= FEW and 1 - part.figures > MUCH]


def tables_of(publication: Publication, area: str, language: str) -> list[SeenTable]:
    """The tables of a territory figure by figure: public and exact side by side, with the reasons."""
    portrait = publication.at(area)
    exact, release = publication.release.ledger.get("figures", {}), publication.release
    lines: dict[str, list[Seen]] = defaultdict(list)
    hidden: dict[str, int] = defaultdict(int)
    tables = {table.id: table for table in portrait.tables}
    for cell, figure, value in cells_of(portrait):
        scale = 60 if cell.table == HOURS else 1
        true = exact.get(str(figure))
        lines[cell.table].append(
            Seen(
                label_of(tables[cell.table], cell.row, cell.column),
                HIDDEN if value is None else amount(round(value / scale, 2), language),
                "" if true is None else amount(round(true / scale, 2), language),
                tuple(reasons(release, *cell)) if value is None else (),
            )
        )
        hidden[cell.table] += value is None
    return [SeenTable(id, tables[id].title, hidden[id], tuple(seen)) for id, seen in lines.items()]
