"""Page-ready reads of projects."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from .models import Project
from .permissions import project_standing


@dataclass(frozen=True, slots=True)
class ProjectSeen:
    """A project as somebody sees it, with what they may do there."""

    project: Project
    edits: bool
    feeds: bool


def project_seen(request: HttpRequest, slug: str) -> ProjectSeen:
    """The project of this address as the person sees it. 404 when they do not."""
    beside = ("group", "program", "promoter", "continued_by", "theme", "initiative")
    visible = Project.objects.visible_to(request.user).select_related(*beside)
    return as_seen(request.user, get_object_or_404(visible, slug=slug))


def as_seen(actor: Any, project: Project) -> ProjectSeen:
    """`project`, already fetched through `visible_to`, with what `actor` may do there."""
    edits, feeds = project_standing(actor, project)
    return ProjectSeen(project, bool(edits), bool(feeds))
