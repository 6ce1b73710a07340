"""The entries of a period, in columns, as an extract reads them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from maillage.journal.models import Entry, EntryTerm, Referral
from maillage.programs.models import Program

# Column → where its code stands in an entry, with sites as numbers.
SINGLE = {
    "mrc": "mrc__code",
    "site": "site_id",
    "role": "worker__role",
    "tenure": "tenure",
    "nature": "nature",
    "collective_kind": "collective_kind__code",
    "contact_place": "contact_place__code",
}
MULTIPLE = ("group", "theme", "action")
OF_REFERRAL = ("destination", "need")


@dataclass(slots=True)
class Entries:
    """Living entries by ascending key: their days, one code (or None) a column, sets of codes, persons met."""

    keys: list[int] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    single: dict[str, list[str | None]] = field(default_factory=dict)
    multiple: dict[str, list[Sequence[str]]] = field(default_factory=dict)
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
    """The programme's living entries of the period, in four queries."""
    wanted = Entry.objects.alive().filter(program=program, date__gte=start, date__lte=end)
    rows = list(wanted.order_by("pk").values_list("pk", "date", "persons", *SINGLE.values()))
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(3 + len(SINGLE))]
    rank = {key: i for i, key in enumerate(columns[0])}
    of_entries = {"entry__program": program, "entry__date__gte": start, "entry__date__lte": end}
    terms = EntryTerm.objects.filter(**of_entries, term__vocabulary__in=MULTIPLE).order_by()
    sets = _sets(MULTIPLE, rank, terms.values_list("entry_id", "term__vocabulary", "term__code"))
    for name in OF_REFERRAL:
        found = Referral.objects.filter(**of_entries).order_by().values_list("entry_id", f"{name}__code")
        sets |= _sets((name,), rank, ((key, name, code) for key, code in found if code))
    return Entries(
        keys=columns[0],
        days=columns[1],
        persons=columns[2],
        single={
            name: [None if code in (None, "") else str(code) for code in column]
            for name, column in zip(SINGLE, columns[3:], strict=True)
        },
        multiple=sets,
    )


def _sets(
    names: Iterable[str], rank: dict[int, int], lines: Iterable[tuple[int, str, str]]
) -> dict[str, list[Sequence[str]]]:
    """For each name, the sorted codes of each entry; lines of entries that are not there are left out."""
    found: dict[str, list[set[str]]] = {name: [set() for _ in rank] for name in names}
    for key, name, code in lines:
        if key in rank:
            found[name][rank[key]].add(code)
    return {name: [tuple(sorted(own)) for own in column] for name, column in found.items()}
