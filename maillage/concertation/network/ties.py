"""From deeds to ties: who is tied to whom, how strongly, by what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from maillage.concertation.enums import TieKind

from .deeds import Deed

# Referrals weigh by steps of the persons referred: a hundred of them do not drown the meetings of a year.
STEPS = (1, 5, 10, 20, 50, 100)
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tie:
    """Organizations `first` < `second`: the weight of what they did, and how often for each kind (persons for referrals)."""

    first: int
    second: int
    weight: float
    counts: dict[str, int]

    @property
    def pair(self) -> Pair:
        """What names the tie."""
        return self.first, self.second

    @property
    def times(self) -> int:
        """How many things they did together: referrals, whatever their number, are one."""
        return sum(1 if kind == TieKind.REFERRAL else count for kind, count in self.counts.items())


def step_of(persons: int) -> int:
    """The weight of referrals of so many persons: 1 to 6 by `STEPS`, 0 for none."""
    return sum(persons >= least for least in STEPS)


def weave(deeds: Iterable[Deed]) -> list[Tie]:
    """The ties that these deeds make, the strongest first.

    A deed of n organizations gives each pair 1/(n−1): each organization receives 1 in all, however many they were.
    Referrals between two organizations, both ways together, weigh `step_of` their persons.
    """
    weights: dict[Pair, float] = {}
    counts: dict[Pair, dict[str, int]] = {}
    referred: dict[Pair, int] = {}
    for kind, present, persons in _once(deeds):
        if kind == TieKind.REFERRAL:
            pair = (present[0], present[1])
            referred[pair] = referred.get(pair, 0) + persons
            continue
        part = 1 / (len(present) - 1)
        for pair in combinations(present, 2):
            if pair in weights:
                weights[pair] += part
                counts[pair][kind] = counts[pair].get(kind, 0) + 1
            else:
                weights[pair], counts[pair] = part, {kind: 1}
    for pair, persons in referred.items():
        if persons:
            weights[pair] = weights.get(pair, 0.0) + step_of(persons)
            counts.setdefault(pair, {})[TieKind.REFERRAL] = persons
    return [Tie(*pair, weight, counts[pair]) for pair, weight in sorted(weights.items(), key=_strongest_first)]


def _strongest_first(line: tuple[Pair, float]) -> tuple[float, Pair]:
    return -line[1], line[0]


def _once(deeds: Iterable[Deed]) -> list[tuple[str, Sequence[int], int]]:
    """Each deed once, its organizations sorted, each once; what one organization did alone ties nobody."""
    gathered: dict[tuple[str, object], tuple[set[int], int]] = {}
    for deed in deeds:
        present, persons = gathered.get((deed.kind, deed.key), (set(), 0))
        gathered[deed.kind, deed.key] = present | set(deed.organizations), max(persons, deed.persons)
    return [
        (kind, sorted(present), persons) for (kind, _key), (present, persons) in gathered.items() if len(present) > 1
    ]


def touching(ties: Iterable[Tie], organizations: set[int]) -> list[Tie]:
    """The ties of which one end at least is among `organizations`."""
    return [tie for tie in ties if tie.first in organizations or tie.second in organizations]


def at_least(ties: Iterable[Tie], times: int) -> list[Tie]:
    """The ties of those who did so many things together, or more."""
    return [tie for tie in ties if tie.times >= times]
