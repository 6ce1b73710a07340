"""Projects: the list and its file, the page of one, those of a group."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.concertation.queries import group_seen
from maillage.core.tabular import csv_answer
from maillage.projects.models import Project
from maillage.projects.permissions import can_open_project
from maillage.projects.project_parts import project_parts
from maillage.projects.projects_listing import (
    PER_PAGE,
    project_columns,
    project_rows,
    projects_listed,
    years_said,
)
from maillage.projects.queries import project_seen


@login_not_required
@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The projects that the person sees, or the public sheets, filtered."""
    return render(request, "projects/projects.html", {"list": projects_listed(request)})


@login_not_required
@require_safe
def projects_file(request: HttpRequest) -> StreamingHttpResponse:
    """The same list as a file, with the same filters."""
    return csv_answer("projets", project_columns(), project_rows(projects_listed(request, paged=False)))


@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """One project: where it stands and what comes."""
    seen = project_seen(request, slug)
    return render(request, "projects/project.html", {"seen": seen, "tab": "project", **project_parts(request, seen)})


@require_safe
def group_projects(request: HttpRequest, slug: str) -> HttpResponse:
    """The projects that a group carries."""
    seen = group_seen(request, slug)
    found = Project.objects.filter(group=seen.group).select_related("promoter").order_by("-started_on", "name", "id")
    page: Any = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    for project in page:
        project.years = years_said(project.started_on, project.ended_on)
    context = {
        "seen": seen,
        "tab": "projects",
        "page": page,
        "may_open": bool(can_open_project(request.user, seen.group)) and seen.group.state != "ended",
    }
    return render(request, "projects/projects_of_group.html", context)
