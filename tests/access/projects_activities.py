"""Rows of activities. Members of our group: tenant, partner, worker; outreach is its secretary, coordinator coordinates it.

An activity of our project is written by whoever works on it; one of our programme alone, by the programme's team.
"""

from typing import Any

from maillage.projects.models import Activity
from tests.factories.projects_activities import make_activity, make_session

from .concertation import Line, nothing
from .projects import our_project
from .world import World

OF_PROJECT, OF_PROGRAM = "?projet=projet-canariours", "?programme=programme-canariours"


def _made(world: World, **fields: Any) -> Activity:
    """An activity of ours that bears the canary."""
    return make_activity(title=f"Jardin {world.ours.canary}", **fields)


def _activity(world: World) -> dict[str, Any]:
    """Of our project."""
    return {"uid": _made(world, project=world.ours.project).uid}


def _of_program(world: World) -> dict[str, Any]:
    """Of our programme alone."""
    return {"uid": _made(world, program=world.ours.program).uid}


def _listed(world: World) -> dict[str, Any]:
    """No argument; both sides have an activity."""
    for side in (world.ours, world.theirs):
        activity = make_activity(title=f"Jardin {side.canary}", project=side.project)
        make_session(activity, adults=4)
    return {}


def _session(world: World) -> dict[str, Any]:
    """A session of an activity of our project."""
    activity = _made(world, project=world.ours.project)
    return {"uid": activity.uid, "pk": make_session(activity, adults=3).pk}


def _several(world: World) -> dict[str, Any]:
    """An activity of our project with a session."""
    activity = _made(world, project=world.ours.project)
    make_session(activity, adults=3)
    return {"uid": activity.uid}


def _sent(**data: str) -> Any:
    return lambda world: data


LINES: list[Line] = [
    ("projects:activities", "GET", "L22222222", _listed, "", nothing),
    ("projects:activities", "POST", "LMMMMMMMM", nothing, "", nothing),
    ("projects:activities_file", "GET", "L22222222", _listed, "", nothing),
    ("projects:project_activities", "GET", "L42242222", our_project, "", nothing),
    ("projects:activity_new", "GET", "L44444444", nothing, "", nothing),
    ("projects:activity_new", "GET", "L42242222", nothing, OF_PROJECT, nothing),
    ("projects:activity_new", "POST", "L4UU4UUUU", nothing, OF_PROJECT, nothing),
    ("projects:activity_new", "GET", "L4FFF2222", nothing, OF_PROGRAM, nothing),
    ("projects:activity_new", "POST", "L4FFFRRRR", nothing, OF_PROGRAM, _sent(title="Jardin", kind="garden")),
    ("projects:activity", "GET", "L42242222", _activity, "", nothing),
    ("projects:activity", "GET", "L42222222", _of_program, "", nothing),
    ("projects:activity_edit", "GET", "L42242222", _activity, "", nothing),
    ("projects:activity_edit", "GET", "L4FFF2222", _of_program, "", nothing),
    ("projects:activity_remove", "POST", "L4RR4RRRR", _several, "", nothing),
    ("projects:activity_remove", "POST", "L4FFFR444", _of_program, "", nothing),
    ("projects:activity_remove", "GET", "LMMMMMMMM", _activity, "", nothing),
    ("projects:activity_participants", "GET", "L42242222", _several, "", nothing),
    ("projects:activity_participants", "POST", "L4RR4RRRR", _several, "", _sent(n_adults="2")),
    ("projects:activity_participants", "POST", "L4UU4UUUU", _several, "", _sent(n_adults="40")),
    ("projects:session_new", "GET", "L42242222", _activity, "", nothing),
    ("projects:session_new", "POST", "L4UU4UUUU", _activity, "", _sent(on="hier")),
    ("projects:session", "GET", "L42242222", _session, "", nothing),
    ("projects:session", "POST", "L4RR4RRRR", _session, "", _sent(on="2026-03-01", n_adults="5")),
    ("projects:session_remove", "POST", "L4R444444", _session, "", nothing),
]
