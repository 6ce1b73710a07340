"""Rows of documents of projects."""

from typing import Any

from django.utils import timezone

from tests.factories.files import pdf, picture, upload
from tests.factories.projects_files import make_document

from .concertation import Line, nothing
from .projects import our_project
from .world import World


def _document(world: World) -> dict[str, Any]:
    """A document of our project."""
    return {"uid": make_document(world.ours.project, title=f"Plan {world.ours.canary}").uid}


def _photo(world: World) -> dict[str, Any]:
    """A photo that stays in the project."""
    return {"uid": make_document(world.ours.project, kind="photo", title=f"Jardin {world.ours.canary}").uid}


def _public_photo(world: World) -> dict[str, Any]:
    """A photo of our project's public sheet."""
    type(world.ours.project).objects.filter(pk=world.ours.project.pk).update(is_public=True)
    today = timezone.localdate()
    fields = {"consent_on": today, "consent_words": "Formulaires signés", "is_public": True, "alternative": "Un jardin"}
    return {"uid": make_document(world.ours.project, kind="photo", **fields).uid}


def _file(world: World) -> dict[str, Any]:
    return {"file": upload("plan.pdf", pdf()), "kind": "letter"}


def _image(world: World) -> dict[str, Any]:
    return {"file": upload("jardin.jpg", picture()), "people": "nobody"}


def _said(**data: str) -> Any:
    return lambda world: data


LINES: list[Line] = [
    ("projects:documents", "GET", "L42242222", our_project, "", nothing),
    ("projects:documents", "POST", "L4RR4RRRR", our_project, "", _file),
    ("projects:documents", "POST", "L4UU4UUUU", our_project, "", nothing),
    ("projects:document", "GET", "L42242222", _document, "", nothing),
    ("projects:document", "POST", "LMMMMMMMM", _document, "", nothing),
    ("projects:document_remove", "POST", "L4FF4FR44", _document, "", nothing),  # gone once removed
    ("projects:photos", "GET", "L42242222", our_project, "", nothing),
    ("projects:photo_new", "GET", "L42242222", our_project, "", nothing),
    ("projects:photo_new", "POST", "L4RR4RRRR", our_project, "", _image),
    ("projects:photo", "GET", "L42242222", _photo, "", nothing),
    ("projects:photo", "POST", "L4RR4RRRR", _photo, "", _said(people="nobody")),
    ("projects:photo", "GET", "L4FF4F222", _public_photo, "", nothing),
    ("projects:photo_image", "GET", "442242222", _photo, "", nothing),
    ("projects:photo_image", "GET", "222222222", _public_photo, "", nothing, True),
    ("projects:photo_image", "GET", "442242222", _photo, "?taille=petite", nothing),
    ("projects:photo_image", "POST", "MMMMMMMMM", _photo, "", nothing),
    ("projects:photo_withdraw", "POST", "L4RR4RRRR", _public_photo, "", nothing),
    ("projects:photo_withdraw", "GET", "LMMMMMMMM", _public_photo, "", nothing),
]
