"""What was done to a project, and taking away one that was opened by mistake."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.core.errors import NotAllowed, Refused
from maillage.projects.enums import ProjectStage
from maillage.projects.project_history import project_history as lines_of
from maillage.projects.queries import ProjectSeen, project_seen
from maillage.projects.services.project_removal import holding_of, remove_project


@require_safe
def project_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who did what to a project, the latest first: for those who carry it."""
    seen = _carried(request, slug)
    return render(request, "projects/project_history.html", {"seen": seen, "tab": "project", **lines_of(request, seen)})


@require_http_methods(["GET", "HEAD", "POST"])
def project_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Take away a project opened by mistake; when something rests on it, say what, and lead to ending it."""
    seen = _carried(request, slug)
    if request.method == "POST":
        try:
            remove_project(actor=request.user, project=seen.project)
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("projects:project_remove", slug=slug)
        messages.success(request, _("Le projet « %s » est effacé.") % seen.project.name)
        return redirect("projects:projects")
    context = {"seen": seen, "tab": "project", "holding": holding_of(project=seen.project)}
    context["may_end"] = seen.project.stage != ProjectStage.ENDED
    return render(request, "projects/project_remove.html", context)


def _carried(request: HttpRequest, slug: str) -> ProjectSeen:
    seen = project_seen(request, slug)
    if not seen.edits:
        raise Http404
    return seen
