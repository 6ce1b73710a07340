"""Rows of the search for money. Outreach is the secretary of our group, coordinator coordinates it; the outsider coordinates theirs.

Sources are read by whoever signs in, and written by those who coordinate or animate somewhere; requests are those of a project.
"""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from maillage.core.services import import_jobs
from maillage.projects.imports.sources import SourceImporter
from maillage.projects.models import FundingRequest
from tests.factories.projects_activities import make_source

from .concertation import Line, nothing
from .projects import our_project
from .world import World


def _source(world: World) -> dict[str, Any]:
    """A source that a project of each side asks."""
    source = make_source()
    for side in (world.ours, world.theirs):
        FundingRequest.objects.create(project=side.project, source=source, reason=f"Pour {side.canary}")
    return {"uid": source.uid}


def _request(world: World) -> dict[str, Any]:
    """A request of our project."""
    request = FundingRequest.objects.create(project=world.ours.project, funder=f"Caisse {world.ours.canary}")
    return {"uid": request.uid}


def _asked(world: World) -> dict[str, Any]:
    """Our project, with a request."""
    _request(world)
    return our_project(world)


def _due(world: World) -> dict[str, Any]:
    """No argument; both sides have something to ask."""
    for side in (world.ours, world.theirs):
        FundingRequest.objects.create(project=side.project, funder=f"Caisse {side.canary}", due_on="2026-01-01")
    return {}


def _file(world: World) -> dict[str, Any]:
    """A file that our coordinator sent."""
    upload = SimpleUploadedFile("sources.csv", b"Programme;Bailleur\nFonds vert;Ville\n")
    actor = world.ours.members["coordinator"].user
    return {"uid": import_jobs.open_job(actor=actor, importer=SourceImporter(), upload=upload).uid}


def _sent(**data: str) -> Any:
    return lambda world: data


LINES: list[Line] = [
    ("projects:funding_sources", "GET", "L22222222", _due, "", nothing),
    ("projects:funding_sources", "POST", "LMMMMMMMM", nothing, "", nothing),
    ("projects:funding_source", "GET", "L22222222", _source, "", nothing),
    ("projects:funding_source_new", "GET", "L2FFFF222", nothing, "", nothing),
    ("projects:funding_source_new", "POST", "LUFFFFUUU", nothing, "", nothing),
    ("projects:import", "GET", "L24444222", nothing, "", nothing),
    ("projects:import", "POST", "LU4444UUU", nothing, "", nothing),
    ("projects:import_job", "GET", "L44444424", _file, "", nothing),
    ("projects:import_job", "POST", "L444444R4", _file, "", nothing),
    ("projects:funding_source_edit", "GET", "L2FFFF222", _source, "", nothing),
    ("projects:project_funding", "GET", "L42242222", _asked, "", nothing),
    ("projects:funding_request_new", "GET", "L4FF4F222", our_project, "", nothing),
    ("projects:funding_request_new", "POST", "L4FF4FUUU", our_project, "", nothing),
    ("projects:funding_request_new", "POST", "L4FF4FRRR", our_project, "", _sent(funder="Caisse", state="to_make")),
    ("projects:funding_request", "GET", "L4FF4F222", _request, "", nothing),
    ("projects:funding_request", "POST", "L4FF4FRRR", _request, "", _sent(funder="Caisse", state="dropped")),
    ("projects:funding_request_remove", "POST", "L4FF4FR44", _request, "", nothing),
]
