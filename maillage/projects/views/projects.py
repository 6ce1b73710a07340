"""Projects: the list, and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.projects.models import Project
from maillage.projects.project_parts import project_parts
from maillage.projects.queries import project_seen


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The projects that the person sees."""
    found = Project.objects.visible_to(request.user).select_related("promoter")
    return render(request, "projects/projects.html", {"projects": found})


@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """One project: where it stands and what comes."""
    seen = project_seen(request, slug)
    return render(request, "projects/project.html", {"seen": seen, "tab": "project", **project_parts(request, seen)})
