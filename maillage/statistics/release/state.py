"""The journal as it stands, told as an edition: every figure that the release or an earlier one is about, with what
protection each asks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from maillage.programs.models import Program
from maillage.statistics.portrait import Portrait
from maillage.statistics.vocabularies import Vocabulary, territory_of, vocabularies

from .calendar import Months, last_day, months_between, words_of
from .cells import Counter, Evidence
from .editions import Edition, between_areas, within_areas
from .exact import aligned, exact_portrait
from .judgement import Policy, judge, sensitive_stats
from .lattice import Lattice, areas_within, deepest, lattice, relate_areas, relate_months, relate_periods
from .names import ENTRIES, MONTHLY, Figure, cells_of
from .structure import Rule, rules_of, stats_of
from .territory import WHOLE, by, territory
from .territory import Territory as Areas

NOW = ""  # the name of the edition that the journal is


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be published: days, levels, and tables (all of them when empty)."""

    program: Program
    bounds: tuple[date, date]
    levels: tuple[str, ...]
    tables: tuple[str, ...] = ()

    @property
    def months(self) -> Months:
        """The months of the period."""
        return months_between(*self.bounds)


@dataclass(slots=True)
class State:
    """The exact portraits to publish and the journal's edition. `reasons` are the codes of each unsafe figure."""

    portraits: list[Portrait]
    edition: Edition
    areas: Areas
    sensitive: frozenset[str] = frozenset()
    reasons: dict[Figure, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Work:
    """What the steps of reading the journal share."""

    policy: Policy
    counter: Counter
    areas: Areas
    stats: list[str]
    state: State


def read(
    asked: Asked,
    policy: Policy,
    reach: Sequence[tuple[Months, int]] = (),
    levels: Collection[str] = (),
    tables: Collection[str] = (),
) -> State:
    """The journal's figures for what is asked, and for what earlier releases told: `reach` are their periods with the
    depth of each, `levels` and `tables` (all of them when empty) theirs with those asked."""
    program, divisions = asked.program, territory_of(asked.program)
    cut = lattice([(asked.months, deepest(asked.levels)), *reach])
    span = tuple(range(min(m[0] for m in cut.periods[0]), max(m[-1] for m in cut.periods[0]) + 1))
    bounds = max(_first(span), program.start), min(last_day(span[-1]), program.end or last_day(span[-1]))
    counter = Counter(program, vocabularies(program, *bounds), by({*levels, *asked.levels}), bounds)
    areas = territory(program, {*levels, *asked.levels}, divisions, counter.places(span), asked.levels)
    portraits = _portraits(asked, counter, areas, divisions)
    counts = counter.counts(span, None)
    whole = exact_portrait(program, bounds, WHOLE, areas, counter.words, counts, divisions, tables)
    rules = rules_of(whole)
    stats = list(dict.fromkeys([ENTRIES, *stats_of(whole, rules)]))
    state = State(portraits, Edition(NOW), areas, sensitive_stats(program))
    work = _Work(policy, counter, areas, stats, state)
    _take_periods(work, cut, rules)
    if not tables or MONTHLY in tables:
        _take_months(work, cut, span)
    state.edition.printed = {figure for portrait in portraits for _, figure, _ in cells_of(portrait)}
    return state


def _take_periods(work: _Work, cut: Lattice, rules: Sequence[Rule]) -> None:
    """The figures of every period and of the pieces in which they cut one another, with their relations."""
    edition, parts = work.state.edition, work.areas.parts
    for months in cut.pieces[0]:
        words, depth = words_of(months), cut.depth(months)
        here = areas_within(work.areas.areas, parts, depth)
        _take(work, words, here, work.counter.evidence(months, work.areas.of(here), work.stats), work.stats)
        if depth == 0:
            mrcs = list(parts.get(WHOLE, ()))
            _take(work, words, mrcs, work.counter.evidence(months, work.areas.of(mrcs), [ENTRIES]), [ENTRIES])
        edition.links += within_areas(rules, words, here)
        relate_areas(edition, parts, words, work.stats, depth)
    relate_periods(edition, cut, work.areas.areas, parts, work.stats)


def _first(months: Months) -> date:
    return date(months[0] // 12, months[0] % 12 + 1, 1)


def _portraits(asked: Asked, counter: Counter, areas: Areas, divisions: Vocabulary) -> list[Portrait]:
    """The exact portraits that are to be published: the whole territory first."""
    words: Mapping[str, Vocabulary] = vocabularies(asked.program, *asked.bounds)
    made: list[Portrait] = []
    for area in areas.names:
        counts = counter.counts(asked.months, None if area == WHOLE else areas.places[area])
        found = exact_portrait(asked.program, asked.bounds, area, areas, words, counts, divisions, asked.tables)
        made.append(aligned(found, made[0]) if made else found)
    return made


def _take(
    work: _Work,
    months: str,
    areas: Sequence[str],
    evidence: Evidence | None,
    stats: Sequence[str],
    *,
    of_areas: bool = True,
    told: Collection[str] = (),
) -> None:
    """Write the figures of a period in the edition, with the protection that each asks; areas `told` stand there."""
    if evidence is None:
        return
    edition = work.state.edition
    verdicts = judge(stats, evidence, work.policy, work.state.sensitive, of_areas=of_areas)
    for line, area in enumerate(areas):
        if area in told:
            continue
        for column, stat in enumerate(stats):
            figure = Figure(months, area, stat)
            edition.figures[figure] = float(evidence.values[line, column])
            if found := verdicts.get((line, column)):
                codes, lowest, highest = found
                work.state.reasons[figure] = codes
                edition.wanted[figure] = (lowest, highest)


def _take_months(work: _Work, cut: Lattice, span: Months) -> None:
    """The entries of each month in each area, which the tables of months print."""
    edition, areas = work.state.edition, work.areas
    for month, evidence in work.counter.entries_by_month(span, areas.of(areas.areas)).items():
        words = words_of((month,))
        told = {area for area in areas.areas if Figure(words, area, ENTRIES) in edition.figures}
        _take(work, words, areas.areas, evidence, [ENTRIES], of_areas=False, told=told)
        edition.links += between_areas(areas.parts, words, [ENTRIES])
    relate_months(edition, cut, areas.areas, areas.parts)
