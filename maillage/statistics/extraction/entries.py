"""The entries of a period, in columns, as an extract reads them from the journal's facts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from maillage.journal.models import Entry
from maillage.programs.models import Program
from maillage.statistics.definitions import FACTS
from maillage.statistics.registry import sources

SINGLE = ("mrc", "site", "role", "tenure", "nature", "collective_kind", "contact_place")
MULTIPLE = ("group", "theme", "action")
OF_REFERRAL = ("destination", "need")


@dataclass(slots=True)
class Entries:
    """Living entries by ascending key: their days, one code (or None) a dimension, sets of codes, persons met."""

    keys: list[int] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    single: dict[str, list[str | None]] = field(default_factory=lambda: {name: [] for name in SINGLE})
    multiple: dict[str, list[Sequence[str]]] = field(
        default_factory=lambda: {name: [] for name in (*MULTIPLE, *OF_REFERRAL)}
    )
    persons: list[int] = field(default_factory=list)

    def take(self, kept: Sequence[int]) -> "Entries":
        """The entries at these places only."""
        return Entries(
            [self.keys[i] for i in kept],
            [self.days[i] for i in kept],
            {name: [column[i] for i in kept] for name, column in self.single.items()},
            {name: [column[i] for i in kept] for name, column in self.multiple.items()},
            [self.persons[i] for i in kept],
        )


def read(program: Program, start: date, end: date) -> Entries:
    """The programme's living entries of the period; one state of each, a few queries by five hundred."""
    wanted = Entry.objects.alive().filter(program=program, date__gte=start, date__lte=end)
    keys = list(wanted.order_by("pk").values_list("pk", flat=True))
    found = Entries()
    for batch in sources()[FACTS].read(keys):
        _add(found, batch, program, start, end)
    order = sorted(range(len(found.keys)), key=found.keys.__getitem__)
    return found.take(order)


def _add(found: Entries, batch: Any, program: Program, start: date, end: date) -> None:
    """Add a batch of facts; an entry that moved since its key was read is left out."""
    ours = str(program.pk)
    kept = [
        i
        for i, (day, code) in enumerate(zip(batch.days, batch.dimensions["program"], strict=True))
        if code == ours and start <= day <= end
    ]
    rank = {batch.keys[i]: i for i in kept}
    referred: dict[str, dict[int, set[str]]] = {name: {} for name in OF_REFERRAL}
    children = batch.children.get("referral")
    if children is not None:
        for name in OF_REFERRAL:
            for parent, code in zip(children.parents, children.dimensions[name], strict=True):
                if parent in rank and code:
                    referred[name].setdefault(parent, set()).add(code)
    found.keys += [batch.keys[i] for i in kept]
    found.days += [batch.days[i] for i in kept]
    found.persons += [batch.measures["persons"][i] or 0 for i in kept]
    for name in SINGLE:
        found.single[name] += [batch.dimensions[name][i] for i in kept]
    for name in MULTIPLE:
        found.multiple[name] += [tuple(sorted(set(batch.multiple[name][i]))) for i in kept]
    for name in OF_REFERRAL:
        found.multiple[name] += [tuple(sorted(referred[name].get(batch.keys[i], ()))) for i in kept]
