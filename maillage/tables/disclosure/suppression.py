"""Complementary suppression: which further figures to hide so that the unsafe ones cannot be computed.

The methods are told in `docs/explanation/algorithms/suppression.md`.
"""

import time
from typing import Literal

from .exact import exact
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
    floor = bound = float(problem.weights[hidden].sum())
    found, lost = parts(problem)
    safe = []
    for part in found:
        try:
            safe.append(fast(part))
        except Unprotectable as trouble:
            lost += part.figures[list(trouble.figures)].tolist()
    if lost:
        raise Unprotectable(lost)
    for part, columns in zip(found, safe, strict=True):
        kept = columns
        if method != "fast":
            improved = exact(part, columns, start + seconds)
            kept, bound = improved.hidden, bound + improved.bound
        hidden[part.figures[kept & part.free]] = True
    weight = float(problem.weights[hidden].sum())
    optimal = weight <= max(bound, floor) * (1 + 1e-9) + 1e-6
    return Pattern(hidden, weight, method if method == "fast" else "exact", optimal, bound, time.perf_counter() - start)
