"""Complementary suppression: which further figures to hide so that the unsafe ones cannot be computed.

The methods are told in `docs/explanation/algorithms/suppression.md`.
"""

import time
from typing import Literal

from .fast import fast
from .pattern import Pattern, Unprotectable
from .problem import UNSAFE, Problem
from .system import parts

Method = Literal["auto", "exact", "fast"]


def suppress(problem: Problem, *, method: Method = "auto", seconds: float = 5.0) -> Pattern:
    """The figures to hide so that every protection that is asked holds against whoever knows all that is shown.

    `Unprotectable` names figures that cannot be protected whatever is hidden; `TooLarge` when it is not tried.
    """
    start = time.perf_counter()
    hidden = problem.status == UNSAFE
    found, lost = parts(problem)
    for part in found:
        try:
            columns = fast(part)
        except Unprotectable as trouble:
            lost += part.figures[list(trouble.figures)].tolist()
            continue
        hidden[part.figures[columns & part.free]] = True
    if lost:
        raise Unprotectable(lost)
    floor = float(problem.weights[problem.status == UNSAFE].sum())
    weight = float(problem.weights[hidden].sum())
    return Pattern(hidden, weight, "fast", weight <= floor, floor, time.perf_counter() - start)
