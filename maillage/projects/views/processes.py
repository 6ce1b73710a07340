"""Démarches: the list, the page of one, the communities that entered it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.fields import carried_out
from maillage.programs.permissions import can_coordinate
from maillage.projects.forms.communities import CommunityForm
from maillage.projects.models import EngagedCommunity
from maillage.projects.processes import (
    ProcessSeen,
    committees_of,
    communities_of,
    process_seen,
    processes_seen,
    work_of_process,
)
from maillage.projects.services.communities import edit_community, engage_community, remove_community


@require_safe
def processes(request: HttpRequest) -> HttpResponse:
    """The démarches that the person belongs to."""
    page = Paginator(processes_seen(request.user), 25).get_page(request.GET.get("page"))
    return render(request, "projects/processes/processes.html", {"page": page})


@login_not_required
@require_safe
def process(request: HttpRequest, slug: str) -> HttpResponse:
    """One démarche; outside of it, its communities and their public projects only."""
    seen = process_seen(request, slug)
    context: dict[str, Any] = {
        "seen": seen,
        "communities": communities_of(request, seen),
        "committees": committees_of(request, seen.program),
    }
    if seen.inside:
        context |= work_of_process(request, seen.program)
    return render(request, "projects/processes/process.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def community_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write that a community enters the démarche."""
    seen = _inside(request, slug)
    require(can_coordinate(request.user, seen.program))
    form = CommunityForm(request.POST or None, actor=request.user, program=seen.program)
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            form,
            lambda: engage_community(
                actor=request.user, program=seen.program, values=form.values(), projects=form.chosen()
            ),
        )
    ):
        messages.success(request, _("La communauté est inscrite."))
        return redirect("projects:process", slug)
    return _form(request, seen, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def community(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change what is said of a community, and its projects."""
    seen, found = _community(request, slug, pk)
    require(can_coordinate(request.user, seen.program))
    form = CommunityForm(request.POST or None, actor=request.user, program=seen.program, community=found)
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            form,
            lambda: edit_community(actor=request.user, community=found, values=form.values(), projects=form.chosen()),
        )
    ):
        messages.success(request, _("La communauté est enregistrée."))
        return redirect("projects:process", slug)
    return _form(request, seen, form, found)


@require_POST
def community_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back a community written by mistake."""
    seen, found = _community(request, slug, pk)
    require(can_coordinate(request.user, seen.program))
    try:
        remove_community(actor=request.user, community=found)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("projects:community", slug, pk)
    messages.success(request, _("La communauté est retirée."))
    return redirect("projects:process", slug)


def _inside(request: HttpRequest, slug: str) -> ProcessSeen:
    seen = process_seen(request, slug)
    if not seen.inside:
        raise Http404
    return seen


def _community(request: HttpRequest, slug: str, pk: int) -> tuple[ProcessSeen, EngagedCommunity]:
    seen = _inside(request, slug)
    beside = EngagedCommunity.objects.select_related("program", "division").order_by("id")
    return seen, get_object_or_404(beside, program=seen.program, pk=pk)


def _form(request: HttpRequest, seen: ProcessSeen, form: CommunityForm, found: EngagedCommunity | None) -> HttpResponse:
    context = {"seen": seen, "form": form, "community": found}
    return render(request, "projects/processes/community.html", context, status=422 if form.errors else 200)
