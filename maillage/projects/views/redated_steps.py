"""Correcting the day of a step of a project, or of a passage of an application."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.core.errors import require
from maillage.core.fields import carried_out
from maillage.projects.application_parts import application_seen
from maillage.projects.forms.redated_steps import DayForm
from maillage.projects.grant_rights import can_decide
from maillage.projects.models import ApplicationStep, Project, ProjectStep
from maillage.projects.permissions import can_edit_project
from maillage.projects.queries import project_seen
from maillage.projects.services.redated_steps import redate_passage, redate_stage


@require_http_methods(["GET", "HEAD", "POST"])
def stage_day(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Correct the day of a step of a project."""
    project = project_seen(request, slug).project
    require(can_edit_project(request.user, project))
    step = get_object_or_404(project.steps.select_related("project"), pk=pk)
    return _page(
        request, step, project, reverse("projects:project", args=[slug]),
        lambda on: redate_stage(actor=request.user, step=step, on=on),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def passage_day(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Correct the day of a passage of an application."""
    application = application_seen(request, uid).application
    require(can_decide(request.user, application))
    step = get_object_or_404(application.steps.select_related("application"), pk=pk)
    step.application = application
    return _page(
        request, step, application.project, reverse("projects:application", args=[uid]),
        lambda on: redate_passage(actor=request.user, step=step, on=on),
    )  # fmt: skip


def _page(
    request: HttpRequest,
    step: ProjectStep | ApplicationStep,
    project: Project,
    back: str,
    work: Callable[[date], Any],
) -> HttpResponse:
    form = DayForm(request.POST or None, initial={"on": step.on})
    if request.method == "POST" and form.is_valid() and carried_out(form, lambda: work(form.cleaned_data["on"])):
        messages.success(request, _("Le jour est corrigé ; l'historique garde l'ancien."))
        return redirect(back)
    context = {"form": form, "step": step, "project": project, "cancel_href": back}
    return render(request, "projects/step_day.html", context, status=422 if form.errors else 200)
