"""Disclosure control: which figures must be hidden so that nobody can compute what was to stay unknown.

This room knows neither Django nor the product: it takes figures and the relations between them.
"""

from .problem import FREE, NEVER_SHOWN, SHOWN_BEFORE, UNSAFE, Problem, Relation

__all__ = ["FREE", "NEVER_SHOWN", "SHOWN_BEFORE", "UNSAFE", "Problem", "Relation"]
