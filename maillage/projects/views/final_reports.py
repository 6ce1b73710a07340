"""The final report of a supported project: written, read, accepted, asked for again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.fields import carried_out
from maillage.projects.enums import ApplicationState
from maillage.projects.forms.final_reports import AddedLines, ReportForm
from maillage.projects.forms.grants import AcceptForm
from maillage.projects.forms.paper_applications import day_said
from maillage.projects.grant_rights import can_decide, can_report
from maillage.projects.models import Application
from maillage.projects.permissions import can_manage_fund
from maillage.projects.services.final_reports import accept_report, ask_report_again, submit_report


@require_safe
def final_report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The final report, once it was submitted."""
    application = _asked(request, uid)
    if not hasattr(application, "report"):
        raise Http404
    return _show(request, application)


@require_http_methods(["GET", "HEAD", "POST"])
def final_report_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the final report and submit it."""
    application = _asked(request, uid)
    require(can_report(request.user, application))
    if application.state != ApplicationState.AGREED:
        raise NotAllowed(_("Le rapport final s'écrit quand la lettre est signée, et tant qu'il n'est pas déposé."))
    lines = list(application.budget.order_by("-side", "position", "id"))
    report = getattr(application, "report", None)
    dated = bool(can_manage_fund(request.user, application.call.fund))
    more = AddedLines(request.POST or None)
    form = ReportForm(request.POST or None, lines=lines, report=report, dated=dated)
    if request.method == "POST" and all([form.is_valid(), more.is_valid()]) and carried_out(
        form,
        lambda: submit_report(
            actor=request.user, application=application, values=form.values(), actual=form.actual(),
            added=more.lines(),
            confirmed=form.is_confirmed, on=form.cleaned_data.get("on"),
        ),
    ):  # fmt: skip
        messages.success(request, _("Le rapport est déposé : la mesure le lira."))
        return redirect("projects:final_report", uid)
    context = {"form": form, "more": more, "application": application}
    status = 200 if request.method != "POST" else 422
    return render(request, "projects/grant/report_form.html", context, status=status)


@require_POST
def report_accept(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Accept the report and close the application."""
    application = _asked(request, uid)
    require(can_decide(request.user, application))
    form = AcceptForm(request.POST)
    if form.is_valid() and carried_out(
        form, lambda: accept_report(actor=request.user, application=application, **form.cleaned_data)
    ):
        messages.success(request, _("Le rapport est accepté et la demande est fermée."))
        return redirect("projects:final_report", uid)
    return _show(request, application, accept=form)


@require_POST
def report_again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the report back to the group, with what is missing."""
    application = _asked(request, uid)
    require(can_decide(request.user, application))
    words = request.POST.get("words", "")
    try:
        ask_report_again(actor=request.user, application=application, words=words, on=day_said(request))
    except NotAllowed:
        raise
    except Refused as refusal:
        return _show(request, application, problem=str(refusal), words=words)
    except ValidationError as error:
        return _show(request, application, problem=" ".join(error.messages), words=words)
    messages.success(request, _("Le rapport est redemandé au groupe, avec ce qui manque."))
    return redirect("projects:grant", uid)


def _asked(request: HttpRequest, uid: UUID) -> Application:
    beside = ("call__fund__program", "call__fund__committee", "project__group", "project__program", "group", "report")
    return get_object_or_404(Application.objects.visible_to(request.user).select_related(*beside), uid=uid)


def _show(request: HttpRequest, application: Application, **typed: Any) -> HttpResponse:
    if not hasattr(application, "report"):
        raise Http404
    reported = application.state == ApplicationState.REPORTED
    judges = reported and bool(can_decide(request.user, application))
    lines = list(application.budget.order_by("-side", "position", "id"))
    context = {
        "application": application, "report": application.report, "lines": lines, "judges": judges or bool(typed),
        "accept_form": typed.get("accept") or (AcceptForm() if judges or typed else None),
        "problem": typed.get("problem", ""), "words": typed.get("words", ""),
    }  # fmt: skip
    return render(request, "projects/grant/report.html", context, status=422 if typed else 200)
