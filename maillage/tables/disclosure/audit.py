"""The audit: between which bounds an attacker can enclose each figure that is not shown.

Written apart from the suppression: the two share the class `Relation` and nothing else, so that a mistake in the one
is not repeated in the other. Told in prose in `docs/explanation/algorithms/disclosure-audit.md`.
"""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .attacker import Contradiction, knowledge
from .extremes import NEAR, Extremes
from .problem import Relation

__all__ = ["Audit", "Contradiction", "audit", "integer_interval"]


@dataclass(frozen=True, slots=True)
class Audit:
    """What the attacker gets.

    - `intervals`: for each figure asked, the least and the most that it can be;
    - `exposed`: those of them, in order, for which less is possible than what had to stay so;
    - `programmes`: how many linear programmes were solved; `parts`: into how many parts the system fell.
    """

    intervals: dict[int, tuple[float, float]]
    exposed: list[int]
    seconds: float
    programmes: int = 0
    parts: int = 0


def audit(
    figures: Sequence[float | None],
    relations: Sequence[Relation],
    *,
    lowest: Sequence[float] | NDArray[np.float64],
    highest: Sequence[float] | NDArray[np.float64],
    wanted: Mapping[int, tuple[float, float]],
    whole: bool = True,
    thorough: bool = True,
) -> Audit:
    """The interval of each figure of `wanted`, for whoever sees `figures` (None where nothing is shown).

    `wanted` maps a figure to what must stay possible: (as low as, as high as); a figure that is only asked for, with
    nothing to protect, has its value twice. `lowest` and `highest` are what is known beforehand of each figure. Ends
    are rounded inwards where figures are `whole` numbers (pass False for amounts).

    When not `thorough`, a figure whose wanted bounds are reached is not pushed further: its interval is then a part
    of the true one. `exposed` is the same either way, and empty only when for each figure two complete sets of
    figures were found, checked apart from the solver, that prove what is wanted to be possible.

    Raises `Contradiction` where the figures seen cannot all be true (what was published does not add up).
    """
    began = time.perf_counter()
    system = knowledge(figures, relations, lowest, highest)
    loose = {index: bounds for index, bounds in wanted.items() if system.high[index] > system.low[index]}
    found = {index: (float(system.low[index]), float(system.high[index])) for index in wanted}
    part_of, part_of_row = system.components()
    parts = sorted({int(part_of[index]) for index in loose})
    solved = 0
    for part in parts:
        rows = np.flatnonzero(part_of_row == part)
        if len(rows):  # else no relation holds the figure: what was known beforehand is all
            solved += _enclose(Extremes(system, np.flatnonzero(part_of == part), rows), loose, found, thorough)
    intervals = {index: _rounded(low, high, whole) for index, (low, high) in found.items()}
    exposed = [index for index in sorted(wanted) if not _holds(intervals[index], wanted[index])]
    return Audit(intervals, exposed, time.perf_counter() - began, solved, len(parts))


def integer_interval(
    index: int,
    figures: Sequence[float | None],
    relations: Sequence[Relation],
    *,
    lowest: Sequence[float] | NDArray[np.float64],
    highest: Sequence[float] | NDArray[np.float64],
    seconds: float = 10.0,
) -> tuple[float, float]:
    """The interval of one figure for an attacker who uses that all figures are whole numbers (integer programmes).

    Never wider than the audit's. `TimeoutError` when the solver does not end in `seconds`.
    """
    system = knowledge(figures, relations, lowest, highest)
    part_of, part_of_row = system.components()
    rows = np.flatnonzero(part_of_row == part_of[index])
    if not len(rows) or system.high[index] <= system.low[index]:
        return _rounded(float(system.low[index]), float(system.high[index]), True)
    extremes = Extremes(system, np.flatnonzero(part_of == part_of[index]), rows)
    low, high = extremes.whole(int(np.searchsorted(extremes.figures, index)), seconds)
    return _rounded(low, high, True)


def _enclose(
    extremes: Extremes,
    wanted: Mapping[int, tuple[float, float]],
    found: dict[int, tuple[float, float]],
    thorough: bool,
) -> int:
    """Writes in `found` the intervals of the figures wanted in one part; how many programmes that took."""
    asked = {at: wanted[i] for at, i in enumerate(extremes.figures.tolist()) if i in wanted}
    _push_all(extremes, asked, thorough)
    for at in asked:
        found[int(extremes.figures[at])] = (float(extremes.low[at]), float(extremes.high[at]))
    return extremes.solved


def _push_all(extremes: Extremes, asked: Mapping[int, tuple[float, float]], thorough: bool) -> None:
    """Pushes the figures asked until witnesses reach what is wanted, or as far as can be when `thorough`.

    First all together, while that serves many at once, then those that are left one by one.
    """
    down, up = extremes.bottom.copy(), extremes.top.copy()
    if not thorough:
        for at, (low, high) in asked.items():
            down[at], up[at] = max(low, down[at]), min(high, up[at])
    places = np.fromiter(asked, np.int64)
    for sign, ends in ((1, down), (-1, up)):
        left = places[extremes.short_of(ends, sign)[places]]
        while len(left) > 2:
            extremes.push(left, sign)
            still = left[extremes.short_of(ends, sign)[left]]
            few, left = len(left) - len(still) < 4, still
            if few:
                break
        for at in left:
            if extremes.short_of(ends, sign)[at]:
                extremes.push([at], sign)


def _rounded(low: float, high: float, whole: bool) -> tuple[float, float]:
    """The interval, rounded inwards where figures are whole numbers."""
    if not whole:
        return low, high
    down = math.ceil(low - NEAR * (1 + abs(low))) if math.isfinite(low) else low
    up = math.floor(high + NEAR * (1 + abs(high))) if math.isfinite(high) else high
    return float(down), float(up)


def _holds(interval: tuple[float, float], wanted: tuple[float, float]) -> bool:
    """Whether all that must stay possible is."""
    return all(
        (
            interval[0] <= wanted[0] + NEAR * (1 + abs(wanted[0])),
            interval[1] >= wanted[1] - NEAR * (1 + abs(wanted[1])),
        )
    )
