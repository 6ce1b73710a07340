"""What a suppression gives: which figures are hidden, and what it cost."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


class Unprotectable(Exception):
    """Figures that even hiding everything that may be hidden would not protect; `figures` are their indices."""

    def __init__(self, figures: Sequence[int]) -> None:
        super().__init__(f"{len(figures)} figures cannot be protected")
        self.figures = tuple(sorted(set(figures)))


class TooLarge(Exception):
    """The problem is beyond what is tried: too many figures that hang together, or too many demands."""

    def __init__(self, figures: int, demands: int) -> None:
        super().__init__(f"{figures} figures hang together, {demands} demands")
        self.figures, self.demands = figures, demands


@dataclass(frozen=True, slots=True)
class Pattern:
    """The figures to hide.

    - `hidden`: true for each UNSAFE figure and for the FREE ones that are hidden to protect them;
    - `weight`: the sum of their weights;
    - `method`: `exact` or `fast`, whichever found the pattern;
    - `bound`: no safe pattern weighs less than this (`optimal` when `weight` is that);
    - `seconds`: time taken.
    """

    hidden: NDArray[np.bool_]
    weight: float
    method: str
    optimal: bool
    bound: float
    seconds: float
