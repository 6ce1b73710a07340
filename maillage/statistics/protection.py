"""The figures that people outside the team read: perturbed by cell keys before any table is made of them.

True figures go in by one door, the counts of the facts, and none comes out: labels, order, lines that are left out and
tables that are hidden all follow from protected figures (docs/explanation/algorithms/live-protection.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.conf import settings

from maillage.journal.facts import RECORD_KEY, REFERRED
from maillage.tables.disclosure import cell_keys
from maillage.tables.engine import COUNT, NONE, Counts, CrossTab

from .assembly import share_of
from .definitions import INDIVIDUAL, PERSONS, TERRITORY, questions
from .portrait import Row, Table
from .vocabularies import Vocabulary

SMALLEST_DENOMINATOR = 40  # a table out of fewer is hidden
SMALLEST_AREA = 40  # persons met in an area; fewer, and it has no figures
FEWEST_RECORDS = 5  # a measure that fewer records bear is hidden
PROTECTED_UNITS = ("entries", "persons", "referrals", "participations", "meetings", "sessions")
LEFT_OUT = ("logged_hours_by_role",)  # how long each worked says who they are
HIDDEN = -1  # a figure that is not shown, until the tables are made

AREAS = CrossTab("areas", rows="mrc", measures=("persons", RECORD_KEY), where=(INDIVIDUAL,))
_PERSONS = replace(PERSONS, rows=REFERRED)


@dataclass(frozen=True, slots=True)
class Protected:
    """Protected counts of every table; codes of areas that may have figures; tables that rest on enough records."""

    counts: Mapping[str, Counts]
    areas: frozenset[str]
    large: frozenset[str]


def protected_questions(vocabularies: Mapping[str, Vocabulary]) -> list[CrossTab]:
    """All that a protected portrait asks of the facts: the same tables, with the keys of the records they count."""
    asked = [_PERSONS if tab.id == PERSONS.id else tab for tab in questions(vocabularies) if tab.id not in LEFT_OUT]
    return [AREAS, *(replace(tab, measures=(*tab.measures, RECORD_KEY)) for tab in asked)]


def protect(tabs: Sequence[CrossTab], counts: Mapping[str, Counts]) -> Protected:
    """What may be shown of `counts`, the answers to `tabs`."""
    by_area = _areas(counts[AREAS.id]) if AREAS.id in counts else frozenset()
    shown = {tab.id: _counts(tab, counts[tab.id]) for tab in tabs if tab.id != AREAS.id}
    large = {id for id, found in shown.items() if cell_keys.surely(found.total(), SMALLEST_DENOMINATOR)}
    if PERSONS.id in shown:
        shown[PERSONS.id] = _persons(shown[PERSONS.id])
    return Protected(shown, by_area, frozenset(large))


def _secret() -> bytes:
    return str(settings.DISCLOSURE_KEY).encode()


def _counts(tab: CrossTab, exact: Counts) -> Counts:
    """The counts of a table, and its measures where enough records bear them, all protected."""
    values, totals = {}, {}
    for place in (COUNT, f"{COUNT}|cells"):
        if place in exact.values:
            values[place] = cell_keys.perturbed(
                _secret(), exact.values[place], exact.values[place.replace(COUNT, RECORD_KEY)]
            )
    totals[COUNT] = int(cell_keys.perturbed(_secret(), *_whole(exact, COUNT, RECORD_KEY))[0])
    for measure in (name for name in tab.measures if name != RECORD_KEY):
        rows = exact.values[measure], exact.values[COUNT], exact.values[RECORD_KEY]
        values[measure] = _measured(measure, *rows, shown=values[COUNT])
        sums, records, keys = _whole(exact, measure, COUNT, RECORD_KEY)
        totals[measure] = int(_measured(measure, sums, records, keys, shown=np.array([totals[COUNT]]))[0])
    return Counts(exact.rows, exact.columns, values, totals)


def _whole(exact: Counts, *measures: str) -> list[cell_keys.Ints]:
    return [np.array([exact.totals[measure]]) for measure in measures]


def _measured(
    measure: str, sums: cell_keys.Ints, records: cell_keys.Ints, keys: cell_keys.Ints, *, shown: cell_keys.Ints
) -> cell_keys.Ints:
    """A measure where the protected number of its records is surely enough; 0 where it is 0; hidden between."""
    figures, _scale = cell_keys.perturbed_sums(_secret(), sums, records, keys, measure)
    enough = np.array([cell_keys.surely(int(count), FEWEST_RECORDS) for count in shown])
    return np.where(enough, figures, np.where(shown == 0, 0, HIDDEN))


def _areas(exact: Counts) -> frozenset[str]:
    """Areas where surely enough persons were met."""
    records, keys = exact.values[COUNT], exact.values[RECORD_KEY]
    figures, scale = cell_keys.perturbed_sums(_secret(), exact.values["persons"], records, keys, "persons")
    return frozenset(
        code
        for code, figure, times in zip(exact.rows, figures, scale, strict=True)
        if code != NONE and cell_keys.surely(int(figure), SMALLEST_AREA, int(times))
    )


def _persons(counts: Counts) -> Counts:
    """Persons met and persons referred, as the table of persons takes them: two totals."""
    persons, referred = PERSONS.measures
    totals = {persons: counts.total(persons), referred: min(counts.count("1", referred), counts.total(persons))}
    return Counts((), (), {}, totals)


def masked(table: Table, protected: Protected) -> Table:
    """`table`, made of protected counts, without what must not be shown."""
    if table.unit not in PROTECTED_UNITS:
        return table
    if table.id not in protected.large or table.denominator in (None, HIDDEN):
        return replace(table, denominator=None, rows=tuple(_hidden(row) for row in table.rows))
    if table.id == PERSONS.id and any((row.count or 0) < 0 for row in table.rows):  # one would tell the other
        return replace(table, rows=tuple(_hidden(row) for row in table.rows))
    return replace(table, rows=tuple(_row(row, table, protected) for row in table.rows))


def _row(row: Row, table: Table, protected: Protected) -> Row:
    small_area = table.id == TERRITORY.id and row.code not in protected.areas
    if small_area or row.count is None or row.count < 0:
        return _hidden(row)
    share = share_of(row.count, table.denominator)
    return replace(row, share=None if share is None else min(share, 1.0))


def _hidden(row: Row) -> Row:
    return replace(row, count=None, share=None, hidden=True, counts=tuple(None for _count in row.counts))
