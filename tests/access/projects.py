"""Rows of projects, and what the rows of their subjects share. Members of our group: tenant, partner, worker; outreach is its
secretary, coordinator coordinates it; the team of its programme sees the project too."""

from typing import Any

from maillage.projects.models import Project

from .concertation import Line, nothing, our_group
from .world import World


def our_project(world: World) -> dict[str, Any]:
    """Our project's address."""
    return {"slug": world.ours.project.slug}


def _public(world: World) -> dict[str, Any]:
    """Our project, its sheet public."""
    Project.objects.filter(pk=world.ours.project.pk).update(is_public=True)
    return our_project(world)


def _passing(world: World) -> dict[str, Any]:
    """A passage open from where our project stands."""
    return {**our_project(world), "code": "seek"}


def _no_passing(world: World) -> dict[str, Any]:
    """A passage that does not exist."""
    return {**our_project(world), "code": "voler"}


def _step(world: World) -> dict[str, Any]:
    """A step of our project's life."""
    row, _new = world.ours.project.steps.get_or_create(after="idea", defaults={"on": "2026-01-05"})
    return {**our_project(world), "pk": row.pk}


def _no_step(world: World) -> dict[str, Any]:
    """A step that our project does not have."""
    return {**our_project(world), "pk": 987654}


def _partner(world: World) -> dict[str, Any]:
    """An organization's part in our project."""
    row, _new = world.ours.project.partners.get_or_create(organization=world.ours.organization, kind="time")
    return {**our_project(world), "pk": row.pk}


def _no_partner(world: World) -> dict[str, Any]:
    """A part that our project does not have."""
    return {**our_project(world), "pk": 9}


def _held_by_a_result(world: World) -> dict[str, Any]:
    """Our project, which stays: a result rests on it."""
    world.ours.project.results.get_or_create(statement="Des voisins se parlent.")
    return our_project(world)


def _sent(**data: Any) -> Any:
    return lambda world: data


def _of_group(world: World) -> dict[str, Any]:
    """A project carried by our group."""
    return {"name": "Un jardin", "group": world.ours.group.pk, "reach": "local"}


LINES: list[Line] = [
    ("projects:projects", "GET", "222222222", nothing, "", nothing),
    ("projects:projects", "GET", "222222222", nothing, "?vue=publiques", nothing),
    ("projects:projects", "POST", "MMMMMMMMM", nothing, "", nothing),
    ("projects:projects_file", "GET", "222222222", nothing, "", nothing),
    ("projects:projects_file", "POST", "MMMMMMMMM", nothing, "", nothing),
    ("projects:project_new", "GET", "L2FFF2222", nothing, "", nothing),
    ("projects:project_new", "GET", "L4FF4F222", nothing, "?groupe=table-canariours", nothing),
    ("projects:project_new", "POST", "LUFFFURRR", nothing, "", _of_group),
    ("projects:project", "GET", "L42242222", our_project, "", nothing),
    ("projects:project", "POST", "LMMMMMMMM", our_project, "", nothing),
    ("projects:project_edit", "GET", "L4FF4F222", our_project, "", nothing),
    ("projects:project_edit", "POST", "L4FF4FUUU", our_project, "", nothing),
    ("projects:project_history", "GET", "L44444222", our_project, "", nothing),
    ("projects:project_history", "POST", "LMMMMMMMM", our_project, "", nothing),
    ("projects:project_remove", "GET", "L44444222", our_project, "", nothing),
    ("projects:project_remove", "POST", "L44444RRR", _held_by_a_result, "", nothing),
    ("projects:project_team", "GET", "L42242222", our_project, "", nothing),
    ("projects:project_team", "POST", "LMMMMMMMM", our_project, "", nothing),
    ("projects:project_people", "GET", "LMMMMMMMM", our_project, "", nothing),
    ("projects:project_people", "POST", "L4FF4FUUU", our_project, "", nothing),
    ("projects:project_people", "POST", "L4FF4F444", our_project, "", _sent(do="remove", person="0")),
    ("projects:project_partners", "GET", "LMMMMMMMM", our_project, "", nothing),
    ("projects:project_partners", "POST", "L4FF4FUUU", our_project, "", nothing),
    ("projects:project_partners", "POST", "L4FF4F444", our_project, "", _sent(do="remove", partner="9")),
    ("projects:project_partner", "GET", "L4FF4F222", _partner, "", nothing),
    ("projects:project_partner", "POST", "L4FF4FUUU", _partner, "", nothing),
    ("projects:project_partner", "GET", "L4FF4F444", _no_partner, "", nothing),
    ("projects:project_needs", "GET", "L4FF4F222", our_project, "", nothing),
    ("projects:project_needs", "POST", "L4FF4FRRR", our_project, "", nothing),
    ("projects:project_needs", "POST", "L4FF4F444", our_project, "", _sent(do="release", besoin="?")),
    ("projects:stage_day", "GET", "L4FF4F222", _step, "", nothing),
    ("projects:stage_day", "GET", "L4FF4F444", _no_step, "", nothing),
    ("projects:stage_day", "POST", "L4FF4FUUU", _step, "", _sent(on="demain")),
    ("projects:project_stage", "GET", "L4FF4F222", _passing, "", nothing),
    ("projects:project_stage", "GET", "L4FF4F444", _no_passing, "", nothing),
    ("projects:project_stage", "POST", "L4FF4FUUU", _passing, "", _sent(on="demain")),
    ("projects:project_show", "GET", "LMMMMMMMM", our_project, "", nothing),
    ("projects:project_show", "POST", "L4FF4FRRR", our_project, "", _sent(do="hide")),
    ("projects:sheet", "GET", "442242222", our_project, "", nothing),
    ("projects:sheet", "GET", "222222222", _public, "", nothing, True),
    ("projects:sheet", "POST", "MMMMMMMMM", our_project, "", nothing),
    ("projects:group_projects", "GET", "L42242222", our_group, "", nothing),
    ("projects:group_projects", "POST", "LMMMMMMMM", our_group, "", nothing),
]
