"""What is measured on a web: by organization, by pair of sectors, and on the whole. Computed with igraph."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .library import igraph
from .ties import Tie

# Up to so many organizations bridging is exact; beyond, it is estimated from `PIVOTS` of them, always the same.
EXACT, PIVOTS = 600, 256
SEED = 20_260_401
UNKNOWN = "other"  # the sector of an organization of which none is known


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one organization stands: its sector, its ties, their weight, its part in the shortest paths of others
    (0 to 1), the other sectors it reaches, the part of its weight that leaves its sector, the component it is in."""

    organization: int
    sector: str
    degree: int
    strength: float
    bridging: float
    sectors: tuple[str, ...]
    outside: float
    component: int


@dataclass(frozen=True, slots=True)
class Crossing:
    """What two sectors (or one with itself) have between them."""

    ties: int
    weight: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A web and its measures. `standings` are the strongest first; `components` the sizes, the largest first; `mixing`
    is by pair of sectors in alphabetical order of their codes."""

    ties: Sequence[Tie]
    standings: Sequence[Standing]
    mixing: Mapping[tuple[str, str], Crossing]
    components: Sequence[int]
    is_estimated: bool = False

    @property
    def density(self) -> float:
        """Which part of all possible ties there are."""
        many = len(self.standings)
        return len(self.ties) / (many * (many - 1) / 2) if many > 1 else 0.0

    @property
    def crossing_share(self) -> float:
        """Which part of the ties join two sectors."""
        across = sum(crossing.ties for (one, other), crossing in self.mixing.items() if one != other)
        return across / len(self.ties) if self.ties else 0.0


def measure(ties: Sequence[Tie], sectors: Mapping[int, str]) -> Measured:
    """Measure the web of `ties`; `sectors` holds the sector of each organization (`UNKNOWN` when it lacks)."""
    members = sorted({tie.first for tie in ties} | {tie.second for tie in ties})
    rank = {organization: at for at, organization in enumerate(members)}
    graph = igraph().Graph(len(members), [(rank[tie.first], rank[tie.second]) for tie in ties])
    of = [sectors.get(organization, UNKNOWN) for organization in members]
    mixing = _mixing(ties, rank, of)
    reached, outside = _reach(ties, rank, of)
    strengths = graph.strength(weights=[tie.weight for tie in ties]) if ties else []
    clusters = sorted((list(part) for part in graph.connected_components()), key=lambda part: (-len(part), part[0]))
    component = {vertex: number for number, part in enumerate(clusters, 1) for vertex in part}
    bridging = _bridging(graph)
    standings = [
        Standing(
            organization,
            of[at],
            graph.degree(at),
            strengths[at],
            bridging[at],
            tuple(sorted(reached[at])),
            outside[at] / strengths[at] if strengths[at] else 0.0,
            component[at],
        )
        for organization, at in rank.items()
    ]
    standings.sort(key=lambda standing: (-standing.strength, standing.organization))
    return Measured(ties, standings, mixing, [len(part) for part in clusters], len(members) > EXACT)


def _mixing(ties: Sequence[Tie], rank: Mapping[int, int], of: Sequence[str]) -> dict[tuple[str, str], Crossing]:
    found: defaultdict[tuple[str, str], list[float]] = defaultdict(lambda: [0, 0.0])
    for tie in ties:
        one, other = sorted((of[rank[tie.first]], of[rank[tie.second]]))
        found[one, other][0] += 1
        found[one, other][1] += tie.weight
    return {pair: Crossing(int(count), weight) for pair, (count, weight) in sorted(found.items())}


def _reach(ties: Sequence[Tie], rank: Mapping[int, int], of: Sequence[str]) -> tuple[list[set[str]], list[float]]:
    """For each organization, the sectors other than its own that it is tied to, and the weight that goes there."""
    reached: list[set[str]] = [set() for _ in of]
    outside = [0.0] * len(of)
    for tie in ties:
        one, other = rank[tie.first], rank[tie.second]
        if of[one] == of[other]:
            continue
        reached[one].add(of[other])
        reached[other].add(of[one])
        outside[one] += tie.weight
        outside[other] += tie.weight
    return reached, outside


def _bridging(graph: Any) -> list[float]:
    """Betweenness (Freeman, 1977) of each vertex, as a part of the pairs of others: 1 is on every shortest path.

    On a large web, from a sample of sources (Brandes and Pich, 2007), scaled to the whole.
    """
    many = graph.vcount()
    pairs = (many - 1) * (many - 2) / 2
    if pairs <= 0:
        return [0.0] * many
    if many <= EXACT:
        return [value / pairs for value in graph.betweenness(directed=False)]
    sources = sorted(random.Random(SEED).sample(range(many), PIVOTS))  # noqa: S311 (the same sample each time)
    scale = many / PIVOTS / pairs
    return [min(value * scale, 1.0) for value in graph.betweenness(directed=False, sources=sources)]
