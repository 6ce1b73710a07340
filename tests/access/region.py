"""Rows of the map, the sites, the directory and the imports."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from maillage.core.imports import find
from maillage.core.models import ImportJob
from maillage.core.services import import_jobs

from .world import World

Arguments = Callable[[World], dict[str, Any]]
OURS = "?programme=programme-canariours"
# Name, method, letters, arguments, query: the order of the letters is that of `world.ROLES`.
Line = tuple[str, str, str, Arguments, str]


def _nothing(world: World) -> dict[str, Any]:
    return {}


def _organization(world: World) -> dict[str, Any]:
    return {"uid": world.ours.organization.uid}


def _body(world: World) -> dict[str, Any]:
    return {"pk": world.ours.tenant_body.pk}


def _site(world: World) -> dict[str, Any]:
    return {"uid": world.ours.site.uid}


def _job(kind: str) -> Arguments:
    """An import that our coordinator sent."""

    def arguments(world: World) -> dict[str, Any]:
        importer = find(kind)
        assert importer is not None
        found = ImportJob.objects.filter(importer=kind).first()
        upload = SimpleUploadedFile("fichier.csv", b"Nom;Type\nCanariours;HLM\n")
        actor = world.ours.members["coordinator"].user
        return {"uid": (found or import_jobs.open_job(actor=actor, importer=importer, upload=upload)).uid}

    return arguments


LINES: list[Line] = [
    ("programs:territories", "GET", "L22222222", _nothing, ""),
    ("programs:territories", "GET", "L42222222", _nothing, OURS),
    ("programs:limits", "GET", "L42222222", _nothing, OURS),
    ("programs:points", "GET", "L42222222", _nothing, OURS),
    ("programs:site", "GET", "L42222222", _site, ""),
    ("programs:site_new", "GET", "L2FFFFF22", _nothing, ""),
    ("programs:site_new", "POST", "LUFFFFFUU", _nothing, ""),
    ("programs:site_edit", "GET", "L4FFFFF22", _site, ""),
    ("programs:site_edit", "POST", "L4FFFFFUU", _site, ""),
    ("territories:import", "GET", "L24444422", _nothing, ""),
    ("territories:import", "POST", "LU44444UU", _nothing, ""),
    ("territories:import_job", "GET", "L44444424", _job("sites"), ""),
    ("territories:import_job", "POST", "L444444R4", _job("sites"), ""),
    ("directory:list", "GET", "L22222222", _nothing, ""),
    ("directory:organization", "GET", "L22222222", _organization, ""),
    ("directory:new", "GET", "L2FFFFF22", _nothing, ""),
    ("directory:new", "POST", "LUFFFFFUU", _nothing, ""),
    ("directory:edit", "GET", "L2FFFFF22", _organization, ""),
    ("directory:edit", "POST", "LUFFFFFUU", _organization, ""),
    ("directory:succession", "GET", "L2FFFFF22", _organization, ""),
    ("directory:succession", "POST", "LUFFFFFUU", _organization, ""),
    ("directory:tenant_body", "GET", "L42222222", _body, ""),
    ("directory:tenant_body_new", "GET", "L2FFFFF22", _nothing, ""),
    ("directory:tenant_body_new", "POST", "LUFFFFFUU", _nothing, ""),
    ("directory:tenant_body_edit", "GET", "L4FFFFF22", _body, ""),
    ("directory:tenant_body_edit", "POST", "L4FFFFFUU", _body, ""),
    ("directory:import", "GET", "L24444422", _nothing, ""),
    ("directory:import", "POST", "LU44444UU", _nothing, ""),
    ("directory:import_job", "GET", "L44444424", _job("organizations"), ""),
    ("directory:import_job", "POST", "L444444R4", _job("organizations"), ""),
    ("journal:import", "GET", "L24444422", _nothing, ""),
    ("journal:import", "POST", "LU44444UU", _nothing, ""),
    ("journal:import_job", "GET", "L44444424", _job("journal"), ""),
    ("journal:import_job", "POST", "L444444R4", _job("journal"), ""),
]
