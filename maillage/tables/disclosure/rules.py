"""Primary rules: which figures are unsafe by themselves, why, and what an attacker must still find possible.

Told with worked cases in `docs/explanation/algorithms/suppression.md`, section 2.
"""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

COUNT: Final = "count"  # 1 to 4 persons, entries…
SENSITIVE: Final = "sensitive"  # 5 to 9 of what is marked sensitive
WORKERS: Final = "workers"  # the work of fewer than 5 people
ORGANIZATIONS: Final = "organizations"  # of fewer than 3 organizations
DOMINANCE: Final = "dominance"  # one organization carries more than 80 %
AREA: Final = "area"  # of an area of fewer than 40 persons
ZERO: Final = "zero"  # a zero that says something of everybody in a small group, or a category that has them all
SHARE: Final = "share"  # only the share is hidden: its denominator is small
REASONS: Final = (COUNT, SENSITIVE, WORKERS, ORGANIZATIONS, DOMINANCE, AREA, ZERO, SHARE)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Below what a figure is unsafe. `waived` names rules that those concerned agreed to do without."""

    count: int = 5
    sensitive: int = 10
    workers: int = 5
    organizations: int = 3
    dominance: float = 0.8
    area: int = 40
    denominator: int = 10
    share: float = 0.1  # of a larger figure, how far it must stay uncertain
    waived: frozenset[str] = frozenset()


@dataclass(slots=True)
class Cells:
    """One line a figure; a column left out says nothing of any figure.

    - `count`: the figure; `sensitive`: of a vocabulary marked so;
    - `workers`, `organizations`: how many distinct ones contributed, NaN where that is not asked;
    - `largest`: the part of the largest organization, 0 to 1, NaN likewise;
    - `population`: persons in the area, NaN where not known;
    - `denominator`: what the share is of, NaN where there is no share;
    - `exclusive`: each unit stands in one category of the breakdown only;
    - `alone`: the only category that is not zero in its margin (`carries_all`).
    """

    count: NDArray[np.float64]
    sensitive: ArrayLike = False
    workers: ArrayLike = np.nan
    organizations: ArrayLike = np.nan
    largest: ArrayLike = np.nan
    population: ArrayLike = np.nan
    denominator: ArrayLike = np.nan
    exclusive: ArrayLike = False
    alone: ArrayLike = False


@dataclass(slots=True)
class Primary:
    """What the rules say: `reasons` lists codes for each figure, `below` and `above` are for `Problem`.

    `without_share`: the share is not printed though the figure may be. A share is printed only when its numerator and
    its denominator are both shown: with either, it gives the other away.
    """

    unsafe: NDArray[np.bool_]
    reasons: tuple[tuple[str, ...], ...]
    below: NDArray[np.float64]
    above: NDArray[np.float64]
    without_share: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))


def primary(cells: Cells, thresholds: Thresholds | None = None) -> Primary:
    """Apply every rule that is not waived. Figures are counts, not negative."""
    limits = thresholds or Thresholds()
    count = np.asarray(cells.count, dtype=np.float64)
    broken = {
        code: np.broadcast_to(found, count.shape) & (code not in limits.waived)
        for code, found in _broken(cells, count, limits).items()
    }
    unsafe = np.any([found for code, found in broken.items() if code != SHARE], axis=0)
    codes = [code for code in REASONS if broken[code].any()]
    reasons = tuple(tuple(code for code in codes if broken[code][n]) for n in range(len(count)))
    below, above = _protection(cells, count, limits, unsafe, broken)
    return Primary(unsafe, reasons, below, above, broken[SHARE] | unsafe)


def carries_all(count: NDArray[np.float64], margin: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Categories that hold the whole of their margin: of whoever is counted there, they say everything."""
    return (count > 0) & (count == margin)


def _broken(cells: Cells, count: NDArray[np.float64], limits: Thresholds) -> dict[str, Any]:
    some = count > 0
    sensitive = np.asarray(cells.sensitive, dtype=bool)
    workers, organizations = np.asarray(cells.workers, dtype=float), np.asarray(cells.organizations, dtype=float)
    denominator = np.asarray(cells.denominator, dtype=float)
    in_small_group = np.asarray(cells.exclusive, dtype=bool) & (denominator > 0) & (denominator < limits.area)
    return {
        COUNT: some & (count < limits.count),
        SENSITIVE: some & sensitive & (count >= limits.count) & (count < limits.sensitive),
        WORKERS: some & (workers < limits.workers),
        ORGANIZATIONS: some & (organizations < limits.organizations),
        DOMINANCE: some & (np.asarray(cells.largest, dtype=float) > limits.dominance),
        AREA: np.asarray(cells.population, dtype=float) < limits.area,
        ZERO: ((count == 0) & in_small_group) | (some & np.asarray(cells.alone, dtype=bool)),
        SHARE: (denominator > 0) & (denominator < limits.denominator),
    }


def _protection(
    cells: Cells,
    count: NDArray[np.float64],
    limits: Thresholds,
    unsafe: NDArray[np.bool_],
    broken: dict[str, NDArray[np.bool_]],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A small figure may be nobody, or reach its threshold; a larger one is uncertain by a tenth, or the threshold."""
    sensitive = np.broadcast_to(np.asarray(cells.sensitive, dtype=bool), count.shape)
    threshold = np.where(sensitive, limits.sensitive, limits.count).astype(float)
    small = count < threshold
    margin = np.maximum(np.ceil(limits.share * count), threshold)
    below = np.where(small, count, np.minimum(count, margin))
    above = np.where(small, threshold - count, margin)
    # A category that has everybody: it is enough that somebody might stand elsewhere.
    others = np.any([found for code, found in broken.items() if code not in (ZERO, SHARE)], axis=0)
    above = np.where(broken[ZERO] & (count > 0) & ~others, 0.0, above)
    return np.where(unsafe, below, 0.0), np.where(unsafe, above, 0.0)
