"""The latest photos and documents on a project's page, and the photos of its public sheet."""

from typing import Any

from django.http import HttpRequest

from .enums import DocumentKind
from .models import Project
from .queries import ProjectSeen

LATEST = 6
ON_SHEET = 12


def documents_part(request: HttpRequest, seen: ProjectSeen) -> dict[str, Any]:
    """The latest files of the project: photos apart from documents."""
    latest = list(seen.project.documents.order_by("-added_at", "-id")[: LATEST * 2])
    photos = [found for found in latest if found.kind == DocumentKind.PHOTO]
    documents = [found for found in latest if found.kind != DocumentKind.PHOTO]
    return {"photos": photos[:LATEST], "documents": documents[:LATEST]}


def photos_sheet_part(request: HttpRequest, project: Project) -> dict[str, Any]:
    """The photos that anybody may see."""
    return {"photos": list(project.documents.shown().order_by("-added_at", "-id")[:ON_SHEET])}
