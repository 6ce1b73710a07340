"""A web beside the web before it: ties that came, stayed and went, and sectors that had no tie before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .measures import UNKNOWN
from .ties import Tie


@dataclass(frozen=True, slots=True)
class NewTie:
    """A tie that was not there before; whether its two sectors differ, and whether they had no tie at all before."""

    tie: Tie
    sectors: tuple[str, str]
    crosses: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What changed from one web to the next. `came` begins with the ties that open a way between two sectors."""

    came: Sequence[NewTie]
    stayed: int
    went: int
    opened: Sequence[tuple[str, str]]

    @property
    def crossing(self) -> int:
        """How many new ties join two sectors."""
        return sum(new.crosses for new in self.came)


def compare(before: Sequence[Tie], after: Sequence[Tie], sectors: Mapping[int, str]) -> Change:
    """What came, stayed and went between two periods, from all the ties of both."""
    then, now = ({tie.pair for tie in ties} for ties in (before, after))
    joined = {_sectors(tie, sectors) for tie in before}
    came = []
    for tie in after:
        if tie.pair in then:
            continue
        ends = _sectors(tie, sectors)
        crosses = ends[0] != ends[1]
        came.append(NewTie(tie, ends, crosses, crosses and ends not in joined))
    came.sort(key=lambda new: (not new.opens, not new.crosses, -new.tie.weight, new.tie.pair))
    opened = sorted({new.sectors for new in came if new.opens})
    return Change(came, len(then & now), len(then - now), opened)


def _sectors(tie: Tie, sectors: Mapping[int, str]) -> tuple[str, str]:
    one, other = sorted(sectors.get(end, UNKNOWN) for end in tie.pair)
    return one, other
