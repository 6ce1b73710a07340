"""What those outside a programme's team may know of its referrals between organizations: steps, from five persons."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from .ties import STEPS, Pair

LEAST = 5


def floored(persons: int) -> int:
    """The step that so many persons reach: 7 → 5, 34 → 20; 0 under five."""
    return max((step for step in STEPS if LEAST <= step <= persons), default=0)


def protected(referred: Iterable[tuple[Pair, int]]) -> Mapping[Pair, int]:
    """Persons referred between organizations, both ways together, as those outside the team may know them: the step
    that they reach, nothing under five."""
    sums: defaultdict[Pair, int] = defaultdict(int)
    for (one, other), persons in referred:
        sums[min(one, other), max(one, other)] += persons
    return {pair: step for pair, persons in sums.items() if (step := floored(persons))}
