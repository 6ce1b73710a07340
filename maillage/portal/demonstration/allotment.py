"""Exact totals with lively parts: how many is fixed beforehand, which ones leans on what they are."""

import heapq
import math
import random
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

K = TypeVar("K")


def parts(total: int, shares: Mapping[K, float]) -> dict[K, int]:
    """Whole numbers that add up to `total` in proportion to `shares` (largest remainder; the first wins a tie)."""
    scale = total / sum(shares.values())
    exact = {key: share * scale for key, share in shares.items()}
    found = {key: math.floor(value) for key, value in exact.items()}
    order = sorted(shares, key=lambda key: found[key] - exact[key])
    for key in order[: total - sum(found.values())]:
        found[key] += 1
    return found


def choose(draw: random.Random, leaning: Sequence[float], count: int) -> set[int]:
    """`count` places out of `leaning`, at random, those with a high number more often (odds grow with exp)."""
    noisy = [value - math.log(-math.log(draw.random() or 1e-12)) for value in leaning]
    return set(heapq.nlargest(count, range(len(noisy)), key=noisy.__getitem__))


def share_out(draw: random.Random, shares: Mapping[K, float], leanings: Sequence[Mapping[K, float]]) -> list[K]:
    """One key for each place, in the exact proportions of `shares`; `leanings[place]` says to what it inclines."""
    left = list(range(len(leanings)))
    found: dict[int, K] = {}
    for key, count in parts(len(leanings), shares).items():
        taken = choose(draw, [leanings[place].get(key, 0.0) for place in left], count)
        found.update({left[position]: key for position in taken})
        left = [place for position, place in enumerate(left) if position not in taken]
    return [found[place] for place in range(len(leanings))]


class Wheel:
    """Draws keys by weight, fast."""

    def __init__(self, weights: Mapping[K, float]) -> None:
        self.keys = list(weights)
        self.steps = list(accumulate(weights.values()))

    def turn(self, draw: random.Random) -> K:
        """One key."""
        return draw.choices(self.keys, cum_weights=self.steps)[0]

    def several(self, draw: random.Random, count: int) -> list[K]:
        """Up to `count` different keys."""
        found = dict.fromkeys(draw.choices(self.keys, cum_weights=self.steps, k=count))
        return list(found)
