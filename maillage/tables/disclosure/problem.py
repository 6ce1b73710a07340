"""What is to be protected: figures, how they depend on each other, and what an attacker must not be able to tell."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

# What is to become of a figure.
FREE: Final = 0  # may be shown, or hidden at the cost of its weight
UNSAFE: Final = 1  # must be hidden: a primary cell
SHOWN_BEFORE: Final = 2  # the attacker has it already (an earlier release, a fact known to all): it cannot be hidden
NEVER_SHOWN: Final = 3  # nobody shows it: unknown to the attacker, hidden at no cost (a month inside a published year)


@dataclass(frozen=True, slots=True)
class Relation:
    """A fact about figures that everybody knows: `sum(coefficient × figure) = 0`, or `>= 0` when not `equal`.

    `coefficients` maps the index of a figure to a number, never 0: a total is `{total: 1, part: -1, part: -1}`.
    """

    coefficients: Mapping[int, float]
    equal: bool = True


@dataclass(slots=True)
class Problem:
    """Figures 0 … n−1, all of length n, and their relations.

    - `values`: the true figures (counts, sums), not negative;
    - `weights`: what is lost when a figure is hidden, not negative;
    - `status`: one of the four constants above;
    - `below`, `above`: protection. Whoever knows all that is shown must find it possible that the figure is as low as
      `values - below` and as high as `values + above`. 0 and 0 where nothing is asked. A figure that is NEVER_SHOWN may
      ask for protection too (the difference of two published periods);
    - `lowest`, `highest`: what is known beforehand of any figure (0 and infinity when nothing is).
    - `keys`: the name of each figure, which means nothing here.

    The true figures satisfy every relation.
    """

    values: NDArray[np.float64]
    weights: NDArray[np.float64]
    status: NDArray[np.int8]
    below: NDArray[np.float64]
    above: NDArray[np.float64]
    lowest: NDArray[np.float64]
    highest: NDArray[np.float64]
    relations: list[Relation] = field(default_factory=list)
    keys: tuple[Hashable, ...] = ()

    @property
    def size(self) -> int:
        """How many figures."""
        return len(self.values)
