"""The search for money: programmes of funders, those that suit a project, the requests that are followed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.fields import carried_out
from maillage.core.text import as_uid
from maillage.projects.forms.funding import RequestForm, SourceForm, request_of
from maillage.projects.funding_search import SourceList, due, followed_by, suggestions
from maillage.projects.models import FundingRequest, FundingSource
from maillage.projects.permissions import can_edit_project, can_keep_sources
from maillage.projects.queries import ProjectSeen, as_seen, project_seen
from maillage.projects.services.funding import remove_request, save_request, save_source

from .activities import GET_AND_POST, sent


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """The programmes of funders, and what one's projects have to ask soon."""
    shown = SourceList(request)
    context = {"list": shown, "page": shown.page(), "due": due(request.user)}
    return render(request, "projects/funding/list.html", {**context, "keeps": bool(can_keep_sources(request.user))})


@require_safe
def source(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One programme of a funder: what it supports, on what conditions, until when."""
    found = get_object_or_404(FundingSource.objects.select_related("organization"), uid=uid)
    context = {
        "source": found, "stands": found.stands, "territories": found.territories.order_by("level", "code"),
        "keeps": bool(can_keep_sources(request.user)),
        "requests": FundingRequest.objects.visible_to(request.user).filter(source=found).select_related("project")[:20],
    }  # fmt: skip
    return render(request, "projects/funding/source.html", context)


@require_http_methods(GET_AND_POST)
def source_new(request: HttpRequest) -> HttpResponse:
    """Write a programme of a funder."""
    return _source(request, None)


@require_http_methods(GET_AND_POST)
def source_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a programme of a funder."""
    return _source(request, get_object_or_404(FundingSource.objects.select_related("organization"), uid=uid))


def _source(request: HttpRequest, found: FundingSource | None) -> HttpResponse:
    require(can_keep_sources(request.user))
    form = SourceForm(sent(request), source=found)
    kept = found or FundingSource()
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            form,
            lambda: save_source(
                actor=request.user, source=kept, values=form.values(), territories=form.cleaned_data["territories"]
            ),
        )
    ):
        messages.success(request, _("La source de financement est enregistrée."))
        return redirect("projects:funding_source", kept.uid)
    status = 422 if form.is_bound else 200
    return render(request, "projects/funding/source_form.html", {"form": form, "source": found}, status=status)


@require_safe
def of_project(request: HttpRequest, slug: str) -> HttpResponse:
    """What a project asked, and the sources that suit it."""
    seen = project_seen(request, slug)
    suited, count = suggestions(seen.project)
    context = {"seen": seen, "tab": "funding", "followed": followed_by(seen.project), "suited": suited}
    return render(request, "projects/funding/of_project.html", {**context, "more": count - len(suited)})


@require_http_methods(GET_AND_POST)
def request_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a request to the source of the address (`?source=`), or to another funder."""
    seen = project_seen(request, slug)
    require(can_edit_project(request.user, seen.project))
    named = as_uid(request.GET.get("source"))
    chosen = FundingSource.objects.filter(uid=named, is_retired=False).first() if named else None
    return _request(request, seen, request_of(seen.project, chosen))


@require_http_methods(GET_AND_POST)
def request_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what became of a request."""
    seen, found = _seen(request, uid)
    require(can_edit_project(request.user, seen.project))
    return _request(request, seen, found)


@require_POST
def request_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back a request written by mistake."""
    seen, found = _seen(request, uid)
    try:
        remove_request(actor=request.user, request=found)
        messages.success(request, _("La demande est retirée."))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:project_funding", seen.project.slug)


def _seen(request: HttpRequest, uid: UUID) -> tuple[ProjectSeen, FundingRequest]:
    beside = ("project__group", "project__program", "source")
    found = get_object_or_404(FundingRequest.objects.visible_to(request.user).select_related(*beside), uid=uid)
    return as_seen(request.user, found.project), found


def _request(request: HttpRequest, seen: ProjectSeen, found: FundingRequest) -> HttpResponse:
    initial = {"source": found.source_id, "due_on": found.due_on}
    form = RequestForm(sent(request), request=found, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(form, lambda: save_request(actor=request.user, request=found, values=form.cleaned_data))
    ):
        messages.success(request, _("La demande est enregistrée."))
        return redirect("projects:project_funding", seen.project.slug)
    context = {"seen": seen, "tab": "funding", "form": form, "funding_request": found if found.pk else None}
    return render(request, "projects/funding/request_form.html", context, status=422 if form.is_bound else 200)
