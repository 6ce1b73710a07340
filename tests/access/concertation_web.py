"""Rows of the web of organizations. Members of our group: tenant, partner, worker; outreach is its secretary, coordinator coordinates it."""

from typing import Any

from .concertation import Line, nothing
from .world import World


def _ties(world: World) -> dict[str, Any]:
    """A table of the web."""
    return {"name": "liens"}


def _drawing(world: World) -> dict[str, Any]:
    """The picture as SVG."""
    return {"form": "svg"}


LINES: list[Line] = [
    ("concertation:web", "GET", "L22222222", nothing, "", nothing),
    ("concertation:web", "GET", "L22222222", nothing, "?tableau=liens&du=2013-01", nothing),
    ("concertation:web", "POST", "LMMMMMMMM", nothing, "", nothing),
    ("concertation:web_table", "GET", "L22222222", _ties, "?du=2013-01", nothing),
    ("concertation:web_picture", "GET", "L22222222", _drawing, "", nothing),
]
