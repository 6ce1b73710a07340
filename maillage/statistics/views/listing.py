"""The programmes whose portrait a person may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.programs.models import Program


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list of portraits; one query whatever their number."""
    programs = Program.objects.visible_to(request.user).select_related("territory")
    return render(request, "statistics/index.html", {"programs": programs})
