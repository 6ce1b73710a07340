"""What is answered: groupings, and what is known of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .question import STEP, Question


@dataclass(frozen=True, slots=True)
class Grouping:
    """Places that come together at `host` (itself among `places`), how many persons, and what they travel in all, in tenths."""

    host: int
    places: tuple[int, ...]
    people: int
    travel: int

    @property
    def travelled(self) -> float:
        """What they travel in all, in the unit of the question."""
        return self.travel / STEP


@dataclass(frozen=True, slots=True)
class Answer:
    """Groupings, with the bounds that were proven: nobody can serve more than `most_served`, nor, serving as many, travel less
    than `least_travel` (in tenths)."""

    groups: tuple[Grouping, ...]
    most_served: int
    least_travel: int

    @property
    def served(self) -> int:
        """How many persons are in a group."""
        return sum(group.people for group in self.groups)

    @property
    def travel(self) -> int:
        """What all of them travel, in tenths."""
        return sum(group.travel for group in self.groups)

    @property
    def proven(self) -> bool:
        """Whether nothing better exists."""
        return self.served == self.most_served and self.travel == self.least_travel

    @property
    def rank(self) -> tuple[int, int]:
        """What makes an answer better than another: smaller is better."""
        return -self.served, self.travel


def grouping(question: Question, host: int, places: Iterable[int]) -> Grouping:
    """The grouping of `places` at `host`."""
    inside = tuple(sorted({host, *places}))
    people = sum(question.by_key[key].interested for key in inside)
    return Grouping(host, inside, people, sum(question.reach[host][key] for key in inside))


def groupings(question: Question, hosts: Mapping[int, Iterable[int]]) -> tuple[Grouping, ...]:
    """The groupings of each host, the most numerous first."""
    made = [grouping(question, host, places) for host, places in hosts.items()]
    return tuple(sorted(made, key=lambda group: (-group.people, group.host)))
