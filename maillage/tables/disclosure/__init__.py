"""Disclosure control: which figures must be hidden so that nobody can compute what was to stay unknown.

This room knows neither Django nor the product: it takes figures and the relations between them.
"""

from .audit import Audit, Contradiction, audit, integer_interval
from .pattern import Pattern, TooLarge, Unprotectable
from .problem import FREE, NEVER_SHOWN, SHOWN_BEFORE, UNSAFE, Problem, Relation
from .rules import Cells, Primary, Thresholds, carries_all, primary
from .suppression import suppress

__all__ = [
    "FREE",
    "NEVER_SHOWN",
    "SHOWN_BEFORE",
    "UNSAFE",
    "Audit",
    "Cells",
    "Contradiction",
    "Pattern",
    "Primary",
    "Problem",
    "Relation",
    "Thresholds",
    "TooLarge",
    "Unprotectable",
    "audit",
    "carries_all",
    "integer_interval",
    "primary",
    "suppress",
]
