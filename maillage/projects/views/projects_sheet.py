"""The public sheet of a project: readable without account, shared, printed."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.core.public_address import public_url
from maillage.projects.models import Project
from maillage.projects.project_parts import sheet_parts


@login_not_required
@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """What anybody reads of a project; those who see it read its sheet before it is public."""
    found = Project.objects.select_related("promoter", "continued_by", "theme", "group")
    project = get_object_or_404(found, slug=slug)
    inside = request.user.is_authenticated and Project.objects.visible_to(request.user).filter(pk=project.pk).exists()
    if not (project.is_public or inside):
        raise Http404
    context = {
        "project": project,
        "is_inside": inside,
        "address": public_url(reverse("projects:sheet", args=[project.slug])),
        **sheet_parts(request, project),
    }
    return render(request, "projects/sheet.html", context)
