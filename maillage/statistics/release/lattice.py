"""Which periods must be told at which level: those published at it, and the pieces in which they cut one another.

A level that one period alone is published at needs no piece: what nobody prints, and nothing gives away, is left out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from maillage.statistics.enums import AreaLevel

from .calendar import Months
from .editions import Edition, between_areas, between_periods, by_month, pieces_of
from .names import ENTRIES
from .territory import WHOLE

DEPTHS: dict[str, int] = {AreaLevel.WHOLE: 0, AreaLevel.MRC: 1, AreaLevel.MUNICIPALITY: 2}
DEEPEST = 2
Parts = Mapping[str, Sequence[str]]


def deepest(levels: Iterable[str]) -> int:
    """The depth of the finest of these levels."""
    return max((DEPTHS[level] for level in levels), default=0)


def depth_of(area: str, parts: Parts) -> int:
    """How deep an area lies: 0 the whole, 1 a MRC, 2 what is within."""
    return 0 if area == WHOLE else 1 if area in parts.get(WHOLE, ()) else DEEPEST


@dataclass(slots=True)
class Lattice:
    """`periods` of each depth, and `pieces`: the same with the finest cuts between them."""

    periods: dict[int, list[Months]] = field(default_factory=dict)
    pieces: dict[int, list[Months]] = field(default_factory=dict)

    def depth(self, months: Months) -> int:
        """The finest level at which all that these months count must be told."""
        return max(depth for depth, pieces in self.pieces.items() if months in pieces)


def lattice(reach: Iterable[tuple[Months, int]]) -> Lattice:
    """From the periods that are published and the depth of each; a piece of a finer level is one of the coarser too."""
    listed, made = list(reach), Lattice()
    finer: list[Months] = []
    for depth in range(DEEPEST, -1, -1):
        found = [months for months, deep in listed if deep >= depth]
        made.periods[depth] = list(dict.fromkeys([*found, *finer]))
        made.pieces[depth] = finer = pieces_of(made.periods[depth])
    return made


def areas_within(areas: Iterable[str], parts: Parts, depth: int) -> list[str]:
    """Areas no deeper than `depth`."""
    return [area for area in areas if depth_of(area, parts) <= depth]


def parts_within(parts: Parts, depth: int) -> dict[str, Sequence[str]]:
    """The areas whose parts lie no deeper than `depth`."""
    return {area: inside for area, inside in parts.items() if all(depth_of(a, parts) <= depth for a in inside)}


def relate_areas(edition: Edition, parts: Parts, words: str, stats: Collection[str], depth: int) -> None:
    """Areas are the sums of their parts, down to a depth; for the entries, whose table of MRC is printed, one deeper."""
    edition.links += between_areas(parts_within(parts, depth), words, stats)
    if depth == 0:
        edition.links += between_areas(parts_within(parts, 1), words, [ENTRIES])


def relate_periods(edition: Edition, made: Lattice, areas: Sequence[str], parts: Parts, stats: Sequence[str]) -> None:
    """Periods are the sums of their pieces, at each depth."""
    for depth, periods in made.periods.items():
        here = [area for area in areas if depth_of(area, parts) == depth]
        edition.links += between_periods(periods, here, stats)
    mrcs = [area for area in areas if depth_of(area, parts) == 1]
    edition.links += between_periods(made.periods[0], mrcs, [ENTRIES])


def relate_months(edition: Edition, made: Lattice, areas: Sequence[str], parts: Parts) -> None:
    """The entries of a period are those of its months."""
    for depth in (1, DEEPEST):  # the entries of a MRC are told for every period
        here = [area for area in areas if depth_of(area, parts) == depth or (depth == 1 and area == WHOLE)]
        for months in made.periods[0 if depth == 1 else depth]:
            edition.links += by_month(months, here)
