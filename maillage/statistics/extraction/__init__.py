"""Extracts for research: rows of a programme's journal, generalised until nobody stands alone in them.

Told in docs/explanation/algorithms/extracts.md. Nothing here writes in the database.
"""

from .fields import KNOWN, SENSITIVE
from .making import Made, make_up
from .package import rows_of
from .request import Request

__all__ = ["KNOWN", "SENSITIVE", "Made", "Request", "make_up", "rows_of"]
