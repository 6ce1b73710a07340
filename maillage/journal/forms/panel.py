"""The panel of filters: fields of a plain GET form, with what is chosen and what else the address holds."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from maillage.journal.enums import Nature
from maillage.journal.filters import LABELS, VOCABULARIES, JournalFilters
from maillage.territories.enums import Tenure

from .options import Option, as_options


@dataclass(slots=True)
class Choice:
    """A list of one filter; `others` are values of the address that the list cannot show as chosen."""

    name: str
    label: Any
    options: list[Option]
    others: list[str] = field(default_factory=list)

    @property
    def as_options(self) -> str:
        """The options of the list."""
        return as_options(self.options)


def panel_of(filters: JournalFilters) -> dict[str, Any]:
    """Fields of the panel: the period and search first, then lists."""
    context = filters.context
    choices = {
        "intervenant": [(str(number), m.label) for number, m in context.team.items()],
        "milieu": [(str(site.uid), site.name) for site in context.sites.values()],
        "mrc": [(division.code, division.name) for division in context.mrcs.values()],
        "tenure": list(Tenure.choices),
        "nature": list(Nature.choices),
        "refere": [("1", _("avec au moins une personne référée"))],
    }
    lists = []
    for name, label in LABELS.items():
        if name in ("q", "du", "au"):
            continue
        if name in VOCABULARIES:
            terms = context.vocabularies.get(str(VOCABULARIES[name]), [])
            options = [Option(term.code, term.label, depth=int(term.parent_id is not None)) for term in terms]
        else:
            options = [Option(value, shown) for value, shown in choices[name]]
        lists.append(_choice(name, label, options, filters.values(name)))
    first = {"intervenant", "milieu", "nature", "mrc"}
    return {
        "q": filters.query,
        "du": filters.data.get("du", ""),
        "au": filters.data.get("au", ""),
        "first": [choice for choice in lists if choice.name in first],
        "more": [choice for choice in lists if choice.name not in first],
        "sort": filters.sort,
        "program": filters.context.program.slug if filters.data.get("programme") else "",
    }


def _choice(name: str, label: Any, options: list[Option], values: list[str]) -> Choice:
    for option in options:
        option.checked = bool(values) and option.value == values[0]
    return Choice(name, label, options, values[1:])
