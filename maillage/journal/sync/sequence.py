"""Which numbers of a device's sequence never came, kept as runs: a batch costs its own size, not the device's history.

The method and its cases are in `docs/explanation/algorithms/offline-merge.md`. Pure: no database.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

MOST_RUNS = 5000  # of one device; beyond, only its own report loses detail
TOLD = 200  # runs that an answer names


class Run(NamedTuple):
    """Numbers `first` to `last` never came; `since` says (seconds of Unix time) when this was first seen."""

    first: int
    last: int
    since: int


class Received:
    """The numbers received from a device: all up to `highest` but those of `gaps`."""

    def __init__(self, highest: int = 0, gaps: Iterable[Sequence[int]] = ()) -> None:
        self.highest = highest
        self.gaps = [Run(*gap) for gap in gaps]

    @property
    def contiguous(self) -> int:
        """The last number below which nothing is missing."""
        return self.gaps[0].first - 1 if self.gaps else self.highest

    @property
    def missing(self) -> list[tuple[int, int]]:
        """The runs that never came, the lowest first (`TOLD` at most)."""
        return [(run.first, run.last) for run in self.gaps[:TOLD]]

    @property
    def since(self) -> int | None:
        """When the oldest of the holes was first seen."""
        return min((run.since for run in self.gaps), default=None)

    def lacks_below(self, number: int) -> bool:
        """Whether something below `number` did not come yet."""
        return self.contiguous < number - 1

    def add(self, numbers: Iterable[int], now: int) -> None:
        """These numbers came, in any order; one that came before changes nothing."""
        for number in sorted(set(numbers)):
            if number > self.highest:
                if number > self.highest + 1:
                    self.gaps.append(Run(self.highest + 1, number - 1, now))
                self.highest = number
            else:
                self._fill(number)
        while len(self.gaps) > MOST_RUNS:
            last = self.gaps.pop()
            self.gaps[-1] = Run(self.gaps[-1].first, last.last, min(self.gaps[-1].since, last.since))

    def _fill(self, number: int) -> None:
        place = bisect_right(self.gaps, number, key=lambda run: run.first) - 1
        if place < 0 or number > self.gaps[place].last:
            return
        first, last, since = self.gaps[place]
        left = [Run(first, number - 1, since)] if first < number else []
        right = [Run(number + 1, last, since)] if number < last else []
        self.gaps[place : place + 1] = [*left, *right]
