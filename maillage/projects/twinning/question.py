"""What is asked: places with people, the size of a group, how far one may go."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

# Travel is counted in whole tenths (of a kilometre or of a minute): sums are exact, and a difference below one is none.
STEP = 10

# (start, end) → travel in kilometres or minutes; a pair that is missing cannot be travelled.
Travel = Mapping[tuple[int, int], float]


@dataclass(frozen=True, slots=True)
class Place:
    """A site: its key, how many persons there are interested, whether it can receive the others."""

    key: int
    interested: int
    hosts: bool = True


@dataclass(frozen=True)
class Question:
    """Groups of `least` to `most` persons, each at one of its places, nobody going farther than `limit`.

    Persons of a place go together. `travel` holds the pairs that can be travelled, in the unit of `limit`.
    """

    places: tuple[Place, ...]
    least: int
    most: int
    limit: float
    travel: Travel

    def __post_init__(self) -> None:
        if not 1 <= self.least <= self.most:
            raise ValueError("1 ≤ least ≤ most")
        if len({place.key for place in self.places}) != len(self.places):
            raise ValueError("a place stands once")

    @cached_property
    def by_key(self) -> dict[int, Place]:
        """Each place by its key."""
        return {place.key: place for place in self.places}

    @cached_property
    def asked(self) -> int:
        """How many persons are interested, everywhere."""
        return sum(place.interested for place in self.places)

    @cached_property
    def reach(self) -> dict[int, dict[int, int]]:
        """Host → place → what its persons travel together to that host, in tenths; the host itself comes first, at 0.

        Only what can stand in one group: within the limit, and not above `most` with the host.
        """
        found: dict[int, dict[int, int]] = {}
        for host in self.places:
            if host.hosts and host.interested <= self.most:
                found[host.key] = {host.key: 0} | self._towards(host)
        return found

    def _towards(self, host: Place) -> dict[int, int]:
        coming: dict[int, int] = {}
        for place in self.places:
            far = self.travel.get((place.key, host.key))
            if place.key == host.key or far is None or far > self.limit or not place.interested:
                continue
            if place.interested + host.interested <= self.most:
                coming[place.key] = place.interested * round(far * STEP)
        return coming
