"""A release as one state of knowledge: its figures, which of them it shows, and the relations they satisfy.

Releases are put together by what they say: a figure that two of them count alike is one figure; one that changed in
between is another, with relations of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from maillage.statistics.portrait import Portrait

from .calendar import Months, atoms, code_of, words_of
from .names import ENTRIES, Figure
from .structure import Rule

Terms = tuple[tuple[Figure, int], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """`sum(coefficient × figure)` is 0, or is not negative when not `equal`."""

    terms: Terms
    equal: bool = True


@dataclass(slots=True)
class Edition:
    """What one release knows and says. `figures` are all its true figures; `shown` those printed in clear.

    `wanted` are the bounds that must stay possible for those which are not to be told.
    """

    name: str
    figures: dict[Figure, float] = field(default_factory=dict)
    shown: set[Figure] = field(default_factory=set)
    printed: set[Figure] = field(default_factory=set)
    wanted: dict[Figure, tuple[float, float]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)


def within_areas(rules: Iterable[Rule], months: str, areas: Iterable[str]) -> Iterator[Link]:
    """The rules of the tables, in each area."""
    rules = list(rules)
    for area in areas:
        for rule in rules:
            yield Link(tuple((Figure(months, area, stat), n) for stat, n in rule.terms), rule.equal)


def between_areas(parts: Mapping[str, Sequence[str]], months: str, stats: Iterable[str]) -> Iterator[Link]:
    """An area is the sum of those it is made of."""
    for stat in stats:
        for area, inside in parts.items():
            terms = ((Figure(months, area, stat), 1), *((Figure(months, part, stat), -1) for part in inside))
            yield Link(terms)


def between_periods(periods: Sequence[Months], areas: Sequence[str], stats: Sequence[str]) -> Iterator[Link]:
    """A period is the sum of the finest pieces in which all the periods cut one another."""
    pieces = atoms(list(periods))
    for months in dict.fromkeys(periods):
        inside = [piece for piece in pieces if set(piece) <= set(months)]
        if inside == [months]:
            continue
        for area in areas:
            for stat in stats:
                terms = (
                    (Figure(words_of(months), area, stat), 1),
                    *((Figure(words_of(piece), area, stat), -1) for piece in inside),
                )
                yield Link(terms)


def by_month(months: Months, areas: Iterable[str]) -> Iterator[Link]:
    """The entries of a period are those of its months."""
    if len(months) == 1:
        return
    for area in areas:
        terms = (
            (Figure(words_of(months), area, ENTRIES), 1),
            *((Figure(code_of(month), area, ENTRIES), -1) for month in months),
        )
        yield Link(terms)


def pieces_of(periods: Iterable[Months]) -> list[Months]:
    """All the periods and the finest pieces between them, each once."""
    listed = list(dict.fromkeys(periods))
    return list(dict.fromkeys([*listed, *atoms(listed)]))


def areas_in(portraits: Iterable[Portrait]) -> list[str]:
    """The areas that portraits are of."""
    return [portrait.territory for portrait in portraits]
