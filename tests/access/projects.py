"""What the rows of projects share: one file a subject holds them."""

from typing import Any

from .concertation import Line, nothing
from .world import World


def our_project(world: World) -> dict[str, Any]:
    """Our project's address."""
    return {"slug": world.ours.project.slug}


LINES: list[Line] = [
    ("projects:projects", "GET", "L22222222", nothing, "", nothing),
    ("projects:projects", "POST", "LMMMMMMMM", nothing, "", nothing),
    ("projects:project", "GET", "L42242222", our_project, "", nothing),
    ("projects:project", "POST", "LMMMMMMMM", our_project, "", nothing),
]
