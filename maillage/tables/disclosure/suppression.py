"""Complementary suppression: which further figures to hide so that the unsafe ones cannot be computed.

The methods are told in `docs/explanation/algorithms/suppression.md`.
"""

import time
from typing import Literal

from .exact import Found, exact
from .fast import Builder
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
    bound = float(problem.weights[hidden].sum())
    found, lost = parts(problem)
    deadline = start + seconds
    safe = []
    for part in found:
        try:
            builder = Builder(part)
            safe.append((builder, builder.build()))
        except Unprotectable as trouble:
            lost += part.figures[list(trouble.figures)].tolist()
    if lost:
        raise Unprotectable(lost)
    for builder, columns in safe:
        best = Found(columns, 0.0, builder.bound) if method == "fast" else exact(builder, columns, deadline)
        bound += best.bound
        hidden[builder.part.figures[best.hidden & builder.part.free]] = True
    weight = float(problem.weights[hidden].sum())
    optimal = weight <= bound + 1e-6 * max(weight, 1.0)
    return Pattern(hidden, weight, method if method == "fast" else "exact", optimal, bound, time.perf_counter() - start)
