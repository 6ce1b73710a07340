"""The exact figures of a release and who stands behind each: one question to the engine, grouped by area and worker."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from maillage.programs.models import Membership, Program
from maillage.statistics import mirror
from maillage.statistics.definitions import FACTS, PERSONS, TABLES, TERRITORY, questions
from maillage.statistics.vocabularies import Vocabulary
from maillage.tables.engine import COUNT, MONTH, NONE, Counts, CrossTab, Days, Facts, Grouped, OneOf

from .calendar import Months, code_of, last_day, runs
from .names import AXES, OWN
from .structure import EXACT_AXES, PATTERN, patterns
from .territory import Place

Numbers = NDArray[np.float64]
MET = CrossTab("persons_met", rows="nature", measures=("persons",))
_TOTALS = {
    "entries": (TERRITORY.id, COUNT),
    "referrals": ("referral_destination", COUNT),
    "participations": ("participations", "participations"),
    "minutes": ("logged_hours_by_role", "minutes"),
    "persons": (PERSONS.id, "persons"),
    "contact_rank": ("contact_rank", COUNT),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Figures of one period: rows are areas, columns are what is counted.

    `base` is how many entries or referrals stand behind a sum; `workers` and `organizations` how many contribute, and
    `largest` the share of the organization that contributes most. `met` is the persons met in each area.
    """

    values: Numbers
    base: Numbers
    workers: NDArray[np.int64]
    organizations: NDArray[np.int64]
    largest: Numbers
    met: Numbers


class Counter:
    """Asks the engine for what the tables of a programme count, for any months."""

    def __init__(self, program: Program, words: Mapping[str, Vocabulary], by: Sequence[str], bounds: tuple[date, date]):
        self.program, self.words, self.bounds = program, words, bounds
        self.by = (*by, "worker")
        self.axes: list[str] = []  # those that the tables show, read at the first question
        self._organizations = organizations_of(program)
        self._asked: dict[Months, Grouped] = {}

    def ask(self, months: Months) -> Grouped:
        """All the tables for months that follow one another, by area and worker; asked once."""
        if months not in self._asked:
            with mirror.facts(FACTS) as facts:
                if not self.axes:
                    self.axes = self._shown_axes(facts)
                tabs = [*questions(self.words), MET, *self._deep()]
                assert len(runs(months)) == 1
                self._asked[months] = facts.ask_by(tabs, self.by, self._where(months))
        return self._asked[months]

    def _where(self, months: Months) -> list[OneOf | Days]:
        first = date(months[0] // 12, months[0] % 12 + 1, 1)
        start, end = max(first, self.bounds[0]), min(last_day(months[-1]), self.bounds[1])
        return [OneOf("program", (str(self.program.pk),)), Days(start, end)]

    def _shown_axes(self, facts: Facts) -> list[str]:
        tab = TABLES[AXES].tab(self.words)
        counts = facts.ask([tab], [OneOf("program", (str(self.program.pk),)), Days(*self.bounds)])[tab.id]
        words = TABLES[AXES].vocabulary(self.words).words
        return [word.code for word in words if word.is_current or counts.count(word.code)]

    def _deep(self) -> list[CrossTab]:
        """Tables that count the entries which bear three axes or more together."""
        if len(self.axes) > EXACT_AXES:
            return []
        return [
            CrossTab(_deep_id(chosen), rows="axis", where=tuple(OneOf("axis", (axis,)) for axis in chosen[:-1]))
            for chosen in patterns(self.axes)
            if len(chosen) > 2
        ]

    def counts(self, months: Months, places: set[Place] | None) -> dict[str, Counts]:
        """The tables over the groups of `places` (all of them for None), as the portrait is assembled from."""
        grouped = self.ask(months)
        chosen = None
        if places is not None:
            chosen = np.array([group[:-1] in places for group in grouped.groups], dtype=bool)
        return {tab: grouped.counts(tab, chosen) for tab in grouped.answers}

    def places(self, months: Months) -> set[Place]:
        """Where entries were written: the finest areas, each with its codes."""
        return {group[:-1] for run in runs(months) for group in self.ask(run).groups}

    def evidence(self, months: Months, areas: Sequence[set[Place]], stats: Sequence[str]) -> Evidence | None:
        """What is counted in each area (a set of the finest ones) over months that need not follow one another.

        None where there is no area.
        """
        if not areas:
            return None
        asked = [self.ask(run) for run in runs(months)]
        pairs = [[self._vectors(grouped, stat) for stat in stats] for grouped in asked]
        return self._evidence(
            [group for grouped in asked for group in grouped.groups],
            np.concatenate([np.stack([value for value, _ in block]) for block in pairs], axis=1),
            np.concatenate([np.stack([base for _, base in block]) for block in pairs], axis=1),
            np.concatenate([grouped.vector(MET.id, measure="persons") for grouped in asked]),
            areas,
        )

    def entries_by_month(self, months: Months, areas: Sequence[set[Place]]) -> dict[int, Evidence]:
        """The entries of each month, one question for all."""
        with mirror.facts(FACTS) as facts:
            grouped = facts.ask_by([TERRITORY, MET], (*self.by, MONTH), self._where(months))
        entries, met = grouped.vector(TERRITORY.id)[np.newaxis], grouped.vector(MET.id, measure="persons")
        found = {}
        for month in months:
            chosen = np.array([group[-1] == code_of(month) for group in grouped.groups], dtype=bool)
            groups = [group[:-1] for group, here in zip(grouped.groups, chosen, strict=True) if here]
            kept = entries[:, chosen]
            found[month] = self._evidence(groups, kept, kept, met[chosen], areas)
        return found

    def _evidence(
        self,
        groups: list[tuple[str, ...]],
        values: NDArray[np.int64],
        base: NDArray[np.int64],
        met: NDArray[np.int64],
        areas: Sequence[set[Place]],
    ) -> Evidence:
        people = [group[-1] for group in groups]
        sums = values.astype(float), base.astype(float)
        found = [self._of_area(area, groups, people, *sums, met) for area in areas]
        return Evidence(*(np.stack(column) for column in zip(*found, strict=True)))

    def _of_area(
        self,
        area: set[Place],
        groups: list[tuple[str, ...]],
        people: list[str],
        values: Numbers,
        base: Numbers,
        met: NDArray[np.int64],
    ) -> tuple[Numbers, ...]:
        inside = np.array([group[:-1] in area for group in groups], dtype=bool)
        mine, who = values[:, inside], [p for p, here in zip(people, inside, strict=True) if here]
        workers = _by(mine, who)
        organizations = _by(mine, [self._organizations.get(person, "") for person in who])
        total = mine.sum(axis=1)
        largest = np.divide(organizations.max(axis=1, initial=0), total, out=np.zeros(len(total)), where=total > 0)
        return (
            total,
            base[:, inside].sum(axis=1),
            (workers > 0).sum(axis=1),
            (organizations > 0).sum(axis=1),
            largest,
            np.asarray(float(met[inside].sum())),
        )

    def _vectors(self, grouped: Grouped, stat: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """A figure by group, and the entries or referrals that stand behind it."""
        if stat in _TOTALS:
            tab, measure = _TOTALS[stat]
            return grouped.vector(tab, measure=measure), grouped.vector(tab)
        if stat.startswith(PATTERN):
            found = self._pattern(grouped, stat.removeprefix(PATTERN))
            return found, found
        table, _, row = stat.partition("/")
        if table == PERSONS.id:
            return self._referred(grouped, row)
        if table == AXES and (">" in row or "+" in row):
            first, _, second = row.partition(">" if ">" in row else "+")
            found = grouped.vector("axes_crossing", first, second)
            return found, found
        if row.endswith(OWN):
            return self._own(grouped, table, row.removesuffix(OWN))
        code, measure = NONE if row == "unspecified" else row, TABLES[table].measure
        return grouped.vector(table, code, measure=measure), grouped.vector(table, code)

    def _own(self, grouped: Grouped, table: str, root: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        parts = TABLES[table].vocabulary(self.words).family(root)[1:]
        whole, base = self._vectors(grouped, f"{table}/{root}")
        inside = [self._vectors(grouped, f"{table}/{part}") for part in parts]
        return whole - sum(value for value, _ in inside), base - sum(value for _, value in inside)

    def _referred(self, grouped: Grouped, row: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        referred = grouped.vector(PERSONS.id, measure="persons_referred")
        base = grouped.vector(PERSONS.id)
        return (referred if row == "referred" else grouped.vector(PERSONS.id, measure="persons") - referred), base

    def _pattern(self, grouped: Grouped, words: str) -> NDArray[np.int64]:
        """Entries that bear these axes and no other, by inclusion and exclusion."""
        wanted = set(words.split("+")) if words else set()
        found = np.zeros(len(grouped.groups), dtype=np.int64)
        for chosen in patterns(self.axes):
            if wanted <= set(chosen):
                found += (-1) ** (len(chosen) - len(wanted)) * self._bearing(grouped, chosen)
        return found

    def _bearing(self, grouped: Grouped, axes: tuple[str, ...]) -> NDArray[np.int64]:
        match axes:
            case ():
                return grouped.vector(TERRITORY.id)
            case (axis,):
                return grouped.vector(AXES, axis)
            case (first, second):
                return grouped.vector("axes_crossing", first, second)
        return grouped.vector(_deep_id(axes), axes[-1])


def _deep_id(axes: Iterable[str]) -> str:
    return "axes_together:" + "+".join(axes)


def _by(values: Numbers, labels: Sequence[str]) -> Numbers:
    """Columns added up by label."""
    if not labels:
        return np.zeros((len(values), 1))
    names, rank = np.unique(np.array(labels), return_inverse=True)
    found = np.zeros((len(values), len(names)))
    np.add.at(found.T, rank, values.T)
    return found


def organizations_of(program: Program) -> dict[str, str]:
    """The organization of each worker; those of whom none is known count as one."""
    found = Membership.objects.filter(program=program).order_by().values_list("pk", "organization")
    return {str(worker): str(organization or "") for worker, organization in found}
