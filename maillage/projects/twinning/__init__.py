"""Grouping sites for a shared activity: most persons served, then least travel, proven or with its gap. Knows no Django model.

The method is in `docs/explanation/algorithms/twinning.md`.
"""

from .answer import Answer, Grouping
from .distances import by_roads, haversine_km, in_straight_line
from .exact import solve
from .greedy import greedy
from .question import Place, Question
from .reasons import Reason, left_out

__all__ = [
    "Answer",
    "Grouping",
    "Place",
    "Question",
    "Reason",
    "by_roads",
    "greedy",
    "haversine_km",
    "in_straight_line",
    "left_out",
    "solve",
]
