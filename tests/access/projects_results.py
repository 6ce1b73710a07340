"""Rows of results of projects."""

from typing import Any

from maillage.projects.models import Proof
from tests.factories.projects_files import make_result

from .concertation import Line, nothing
from .projects import our_project
from .world import World


def _result(world: World) -> dict[str, Any]:
    """Something that came of our project, that an entry of our journal shows."""
    result = make_result(world.ours.project, statement=f"Le climat est meilleur aux {world.ours.canary}")
    Proof.objects.create(result=result, kind="entry", entry=world.ours.entry)
    return {"uid": result.uid}


def _told(world: World) -> dict[str, Any]:
    """Our project, with a result."""
    _result(world)
    return our_project(world)


def _public(world: World) -> dict[str, Any]:
    """A result that stands on the public sheet."""
    return {"uid": make_result(world.ours.project, is_public=True).uid}


def _proof(world: World) -> dict[str, Any]:
    """An address that shows a result."""
    result = make_result(world.ours.project)
    return {"uid": result.uid, "pk": Proof.objects.create(result=result, kind="address", url="https://a.test").pk}


def _program(world: World) -> dict[str, Any]:
    """Our programme, a project of which has a result."""
    _result(world)
    return {"slug": world.ours.program.slug}


def _said(**data: str) -> Any:
    return lambda world: data


LINES: list[Line] = [
    ("projects:results", "GET", "L42242222", _told, "", nothing),
    ("projects:result_new", "GET", "L42242222", our_project, "", nothing),
    ("projects:result_new", "POST", "L4RR4RRRR", our_project, "", _said(effect="climate", statement="Mieux", told_as="tenant")),
    ("projects:result_new", "POST", "L4UU4UUUU", our_project, "", nothing),
    ("projects:result_edit", "GET", "L42242222", _result, "", nothing),
    ("projects:result_edit", "GET", "L4FF4F222", _public, "", nothing),
    ("projects:result_remove", "POST", "L4FF4FR44", _public, "", nothing),  # gone once removed
    ("projects:proof_add", "GET", "L42242222", _result, "", nothing),
    ("projects:proof_add", "POST", "L4RR4RRRR", _result, "", _said(url="https://exemple.test/")),
    ("projects:proof_drop", "POST", "L4R444444", _proof, "", nothing),  # gone once dropped
    ("projects:results_home", "GET", "LRRRRRRRR", nothing, "", nothing),
    ("projects:results_home", "POST", "LMMMMMMMM", nothing, "", nothing),
    ("projects:program_results", "GET", "L42222222", _program, "", nothing),
    ("projects:program_results", "POST", "LMMMMMMMM", _program, "", nothing),
    ("projects:program_results_file", "GET", "L42222222", _program, "", nothing),
]  # fmt: skip
