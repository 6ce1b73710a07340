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
from .editions import Edition, between_areas, between_periods, by_month, pieces_of, within_areas
from .exact import aligned, exact_portrait
from .judgement import Policy, judge, sensitive_stats
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
    reasons: dict[Figure, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Work:
    """What the steps of reading the journal share."""

    asked: Asked
    policy: Policy
    counter: Counter
    areas: Areas
    stats: list[str]
    state: State
    sensitive: frozenset[str]


def read(
    asked: Asked,
    policy: Policy,
    periods: Sequence[Months] = (),
    levels: Collection[str] = (),
    tables: Collection[str] = (),
) -> State:
    """The journal's figures for what is asked, and for the periods, levels and tables of earlier releases beside it.

    `tables` empty means all of them.
    """
    program, divisions = asked.program, territory_of(asked.program)
    every = list(dict.fromkeys([asked.months, *periods]))
    span = tuple(range(min(m[0] for m in every), max(m[-1] for m in every) + 1))
    bounds = max(_first(span), program.start), min(last_day(span[-1]), program.end or last_day(span[-1]))
    counter = Counter(program, vocabularies(program, *bounds), by({*levels, *asked.levels}), bounds)
    areas = territory(program, {*levels, *asked.levels}, divisions, counter.places(span), asked.levels)
    portraits = _portraits(asked, counter, areas, divisions)
    counts = counter.counts(span, None)
    whole = exact_portrait(program, bounds, WHOLE, areas, counter.words, counts, divisions, tables)
    rules = rules_of(whole)
    stats = stats_of(whole, rules)
    state = State(portraits, Edition(NOW), areas)
    work = _Work(asked, policy, counter, areas, stats, state, sensitive_stats(program))
    _take_periods(work, every, rules)
    if not tables or MONTHLY in tables:
        _take_months(work, every, span)
    state.edition.printed = {figure for portrait in portraits for _, figure, _ in cells_of(portrait)}
    return state


def _take_periods(work: _Work, every: Sequence[Months], rules: Sequence[Rule]) -> None:
    """The figures of every period and of the pieces in which they cut one another, with their relations."""
    edition, areas, stats = work.state.edition, work.areas, work.stats
    for months in pieces_of(every):
        words = words_of(months)
        _take(work, words, work.counter.evidence(months, list(areas.places.values()), stats), stats, of_areas=True)
        edition.links += within_areas(rules, words, areas.areas)
        edition.links += between_areas(areas.parts, words, stats)
    edition.links += between_periods(every, areas.areas, stats)


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


def _take(work: _Work, months: str, evidence: Evidence, stats: Sequence[str], *, of_areas: bool) -> None:
    """Write the figures of a period in the edition, with the protection that each asks."""
    edition = work.state.edition
    verdicts = judge(stats, evidence, work.policy, work.sensitive, of_areas=of_areas)
    for line, area in enumerate(work.areas.areas):
        for column, stat in enumerate(stats):
            figure = Figure(months, area, stat)
            edition.figures[figure] = float(evidence.values[line, column])
            if found := verdicts.get((line, column)):
                codes, lowest, highest = found
                work.state.reasons[figure] = codes
                edition.wanted[figure] = (lowest, highest)


def _take_months(work: _Work, every: Sequence[Months], span: Months) -> None:
    """The entries of each month, which the table of months prints."""
    edition = work.state.edition
    for month, evidence in work.counter.entries_by_month(span, list(work.areas.places.values())).items():
        words = words_of((month,))
        if Figure(words, WHOLE, ENTRIES) not in edition.figures:
            _take(work, words, evidence, [ENTRIES], of_areas=False)
            edition.links += between_areas(work.areas.parts, words, [ENTRIES])
    for months in every:
        edition.links += by_month(months, work.areas.areas)
