"""Rows of twinning: the team of the programme (worker, outreach, coordinator) and administrators; nobody else knows of it."""

from typing import Any

from tests.factories.projects_twinning import make_placed_site, make_twinning, make_twinning_site

from .concertation import Line, nothing
from .world import World

OURS = "?programme=programme-canariours"


def _twinning(world: World) -> dict[str, Any]:
    """A twinning of our programme, with its sites."""
    twinning = make_twinning(world.ours.program, title=f"Cours {world.ours.canary}")
    make_twinning_site(twinning, 4, site=make_placed_site(world.ours.program, name=f"Manoir {world.ours.canary}"))
    return {"uid": twinning.uid}


def _listed(world: World) -> dict[str, Any]:
    """No argument; both sides have a twinning."""
    for side in (world.ours, world.theirs):
        make_twinning(side.program, title=f"Cours {side.canary}")
    return {}


def _typed(world: World) -> dict[str, Any]:
    """A form with a field that does not read."""
    return {"title": "", "name": "", "on": "hier"}


LINES: list[Line] = [
    ("projects:twinnings", "GET", "L22222222", _listed, "", nothing),
    ("projects:twinnings", "POST", "LMMMMMMMM", nothing, "", nothing),
    ("projects:twinning_new", "GET", "L2FFF2222", nothing, "", nothing),
    ("projects:twinning_new", "POST", "LUFFFUUUU", nothing, OURS, _typed),
    ("projects:roads", "GET", "L2FFF2222", nothing, OURS, nothing),
    ("projects:roads", "POST", "LUFFFUUUU", nothing, OURS, _typed),
    ("projects:twinning", "GET", "L44442222", _twinning, "", nothing),
    ("projects:twinning", "POST", "LMMMMMMMM", _twinning, "", nothing),
    ("projects:twinning_edit", "GET", "L44442222", _twinning, "", nothing),
    ("projects:twinning_edit", "POST", "L4444UUUU", _twinning, "", _typed),
    ("projects:twinning_sites", "GET", "L44442222", _twinning, "", nothing),
    ("projects:twinning_sites", "POST", "L4444RRRR", _twinning, "", nothing),
    ("projects:twinning_propose", "GET", "LMMMMMMMM", _twinning, "", nothing),
    ("projects:twinning_propose", "POST", "L4444RRRR", _twinning, "", nothing),
    ("projects:twinning_keep", "POST", "L4444UUUU", _twinning, "", nothing),
    ("projects:twinning_remove", "POST", "L4444R444", _twinning, "", nothing),
]
