"""Documents, photos and results of projects."""

from typing import Any

from maillage.core.files import store
from maillage.projects.models import Project, ProjectDocument, Result

from .counter import following
from .files import pdf, picture, upload
from .projects import make_project


def make_document(project: Project | None = None, *, content: bytes | None = None, **fields: Any) -> ProjectDocument:
    """A document of a project, its file kept; a photo when `kind` says so."""
    photo = fields.get("kind") == "photo"
    stored = store(upload("photo.jpg" if photo else "plan.pdf", content or (picture() if photo else pdf())))
    values: dict[str, Any] = {
        "title": f"Pièce inventée {following()}",
        "digest": stored.digest,
        "file_name": stored.file_name,
        "media_type": stored.media_type,
        "size": stored.size,
        **fields,
    }
    return ProjectDocument.objects.create(project=project or make_project(), **values)


def make_result(project: Project | None = None, **fields: Any) -> Result:
    """Something that came of a project."""
    values = {"effect": "climate", "statement": f"Le climat est meilleur ({following()})", **fields}
    return Result.objects.create(project=project or make_project(), **values)
