"""The results of a prioritising as they were counted, with how."""

from dataclasses import dataclass
from functools import cached_property

from maillage.concertation.enums import Method
from maillage.concertation.models import Group, Member, NamedNeed, Prioritization

OTHERS = 100


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A need with its place and points."""

    need: NamedNeed
    place: int
    points: float
    given_by: int
    tied: bool

    @property
    def digits(self) -> int:
        """Decimals to print: points of Borda may be half."""
        return 0 if self.points == int(self.points) else 1

    @property
    def whole(self) -> int:
        """Whole points, which choose between « point » and « points »."""
        return int(self.points)


class Results:
    """What a closed prioritising says."""

    def __init__(self, prioritization: Prioritization) -> None:
        self.one = prioritization

    @cached_property
    def lines(self) -> list[ResultLine]:
        """Needs by their place; one that was deleted since is left out."""
        rows = self.one.results
        needs = NamedNeed.objects.in_bulk([row["need"] for row in rows])
        return [
            ResultLine(needs[row["need"]], row["place"], row["points"], row["given_by"], row["tied"])
            for row in rows
            if row["need"] in needs
        ]

    @property
    def scale(self) -> float:
        """Where a full bar ends: the most points that a need received."""
        return max((line.points for line in self.lines), default=0) or 1

    @property
    def has_ties(self) -> bool:
        """Whether some share a place."""
        return any(line.tied for line in self.lines)

    @property
    def by_dots(self) -> bool:
        """Whether dots were given."""
        return self.one.method == Method.DOTS


def without_account(group: Group) -> list[Member]:
    """Members who cannot fill their sheet themselves: those who animate type it from paper."""
    alone = Member.objects.current().filter(group=group, person__user=None).select_related("person")
    return list(alone.order_by("person__name", "id")[:OTHERS])
