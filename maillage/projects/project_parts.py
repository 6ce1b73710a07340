"""What stands on a project's page and on its public sheet: each subject gives its own, one line here each.

A part reads what its template (`projects/project/_*.html`, `projects/sheet/_*.html`) shows, in as few queries as it can: all
the parts together share the budget of one page (12 queries).
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from maillage.core.parts import gathered

from .document_parts import documents_part, photos_sheet_part
from .models import Project
from .project_work import work_part
from .projects_page import life_part, places_part
from .queries import ProjectSeen
from .told import results_part, results_sheet_part

Part = Callable[[HttpRequest, ProjectSeen], dict[str, Any]]
SheetPart = Callable[[HttpRequest, Project], dict[str, Any]]

# Of the first page of a project, for those who see it.
PROJECT_PARTS: list[Part] = [
    life_part,
    work_part,
    results_part,
    documents_part,
]
# Of the public sheet, for anybody.
SHEET_PARTS: list[SheetPart] = [
    places_part,
    results_sheet_part,
    photos_sheet_part,
]


def project_parts(request: HttpRequest, seen: ProjectSeen) -> dict[str, Any]:
    """All that the parts give to a project's page."""
    return gathered(PROJECT_PARTS, request, seen)


def sheet_parts(request: HttpRequest, project: Project) -> dict[str, Any]:
    """All that the parts give to a project's public sheet."""
    return gathered(SHEET_PARTS, request, project)
