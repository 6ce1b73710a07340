"""The attack report of a release: what somebody who knows all that is published could deduce of each hidden figure."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .portrait import Table
from .publication import Publication, tally
from .sentences import amount, month_name


@dataclass(frozen=True, slots=True)
class Attacked:
    """A table of the release, all territories together: how many figures it shows and hides."""

    id: str
    title: str
    shown: int
    hidden: int


@dataclass(frozen=True, slots=True)
class Deduction:
    """A hidden figure and the interval in which an attacker can place it, both ends included; None for no end."""

    table: str
    area: str
    row: str
    column: str
    area_name: str
    label: str
    lowest: float | None
    highest: float | None

    @property
    def words(self) -> str:
        """« entre 0 et 14 »."""
        language = get_language() or "fr"
        if self.highest is None:
            return _("%(lowest)s ou plus") % {"lowest": amount(self.lowest or 0, language)}
        return _("entre %(lowest)s et %(highest)s") % {
            "lowest": amount(self.lowest or 0, language),
            "highest": amount(self.highest, language),
        }


def tables(publication: Publication) -> list[Attacked]:
    """Each table of the release, in the order of the portrait."""
    titles: dict[str, str] = {}
    shown: dict[str, int] = defaultdict(int)
    hidden: dict[str, int] = defaultdict(int)
    for portrait in publication.portraits:
        for table in portrait.tables:
            titles.setdefault(table.id, table.title)
            seen, unseen = tally(table)
            shown[table.id] += seen
            hidden[table.id] += unseen
    return [Attacked(id, title, shown[id], hidden[id]) for id, title in titles.items()]


def deductions(publication: Publication, only: str = "") -> list[Deduction]:
    """Every hidden figure that the audit attacked, in the order of tables, territories and rows; of one table if asked."""
    known = {(p.territory, table.id): table for p in publication.portraits for table in p.tables}
    names = dict(publication.areas)
    order = {key: place for place, key in enumerate(known)}
    found = []
    for figure in publication.release.attack.get("figures", ()):
        key = (figure["area"], figure["table"])
        if key in known and (not only or figure["table"] == only):
            label = label_of(known[key], figure["row"], figure["column"])
            name = names[figure["area"]]
            found.append(
                Deduction(
                    figure["table"],
                    figure["area"],
                    figure["row"],
                    figure["column"],
                    name,
                    label,
                    figure["lowest"],
                    figure["highest"],
                )
            )
    return sorted(found, key=lambda line: (line.table, order[line.area, line.table]))


def label_of(table: Table, row: str, column: str) -> str:
    """A figure in words: its line, and the column it is crossed with."""
    if not row:
        return _("Total du tableau")
    label = next((line.label for line in table.rows if line.code == row), row)
    if table.id == "monthly":
        label = month_name(row)
    if not column:
        return label
    return f"{label} × {next((head.label for head in table.columns if head.code == column), column)}"
