"""The committee of a fund: what it has to evaluate, the scores of an application, interests, the decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.concertation.models import Member
from maillage.core.errors import NotAllowed, require
from maillage.core.fields import carried_out
from maillage.projects.committee_page import committee_list, committee_page, meetings_of
from maillage.projects.enums import ApplicationState
from maillage.projects.forms.grants import ConflictForm, DecisionForm, ScoreForm, TakeBackForm, score_fields
from maillage.projects.grant_books import left_of
from maillage.projects.grant_rights import can_decide, can_read_committee, can_read_scores, can_review
from maillage.projects.models import Application, Fund
from maillage.projects.permissions import can_manage_fund, reviewer_of
from maillage.projects.services.evaluation import declare_conflict, score_application, take_back_conflict
from maillage.projects.services.grants import decide


@require_safe
def fund_committee(request: HttpRequest, slug: str) -> HttpResponse:
    """What the committee of a fund has to evaluate."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user).select_related("program", "committee"), slug=slug)
    reviewer = reviewer_of(request.user, fund)
    if reviewer is None:
        require(can_read_committee(request.user, fund))
    return _list(request, fund, reviewer)


def _list(
    request: HttpRequest, fund: Fund, reviewer: Member | None, refused: tuple[int, TakeBackForm] | None = None
) -> HttpResponse:
    """The list; `refused`: an application whose interest could not be taken back, and the form that says why."""
    found = Application.objects.visible_to(request.user)
    listed = committee_list(found, fund, reviewer, request.GET.get("page"))
    context = {
        "fund": fund, "list": listed, "page": listed.page, "refused": refused[0] if refused else None,
        "back_form": refused[1] if refused else TakeBackForm(),
    }  # fmt: skip
    return render(request, "projects/committee/list.html", context, status=422 if refused else 200)


@require_safe
def committee(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An application before its committee: the scores, what they come to, the decision to write."""
    return _show(request, _judged(request, uid))


@require_POST
def conflict_declare(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A member of the committee says that they have an interest."""
    application = _judged(request, uid)
    if reviewer_of(request.user, application.call.fund) is None:
        raise NotAllowed(_("L'évaluation revient aux membres du comité de la mesure."))
    form = ConflictForm(request.POST)
    if form.is_valid() and carried_out(
        form, lambda: declare_conflict(actor=request.user, application=application, **form.cleaned_data)
    ):
        messages.success(request, _("C'est noté : le comité évalue cette demande sans vous."))
        return redirect("projects:fund_committee", application.call.fund.slug)
    return _show(request, application, conflict=form)


@require_POST
def conflict_take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A member of the committee declared an interest by mistake."""
    application = _judged(request, uid)
    fund = application.call.fund
    reviewer = reviewer_of(request.user, fund)
    require(can_read_committee(request.user, fund))
    form = TakeBackForm(request.POST)
    if form.is_valid() and carried_out(
        form, lambda: take_back_conflict(actor=request.user, application=application, **form.cleaned_data)
    ):
        messages.success(
            request, _("C'est repris : vous évaluez de nouveau cette demande. Le journal garde ce qui avait été dit.")
        )
        return redirect("projects:committee", uid)
    return _list(request, fund, reviewer, refused=(application.pk, form))


@require_POST
def scores(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A member of the committee scores."""
    application = _judged(request, uid)
    require(can_review(request.user, application))
    read = committee_page(application, reviewer_of(request.user, application.call.fund))
    form = ScoreForm(request.POST, criteria=read.criteria, own=read.own)
    if form.is_valid() and carried_out(
        form, lambda: score_application(actor=request.user, application=application, **form.values())
    ):
        messages.success(request, _("Vos notes sont enregistrées."))
        return redirect("projects:committee", uid)
    return _show(request, application, scores=form)


@require_POST
def grant_decide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write what the committee decided."""
    application = _judged(request, uid)
    require(can_decide(request.user, application))
    form = DecisionForm(request.POST, meetings=meetings_of(request.user, application.call.fund))
    if form.is_valid() and carried_out(
        form, lambda: decide(actor=request.user, application=application, **form.cleaned_data)
    ):
        messages.success(request, _("La décision est inscrite : le groupe la lit dans sa demande."))
        return redirect("projects:grant", uid)
    return _show(request, application, decision=form)


def _judged(request: HttpRequest, uid: UUID) -> Application:
    beside = ("call__fund__program", "call__fund__committee", "project", "group")
    return get_object_or_404(Application.objects.visible_to(request.user).select_related(*beside), uid=uid)


def _show(request: HttpRequest, application: Application, **typed: Any) -> HttpResponse:
    """The page; `typed` holds the form that was refused, by its name."""
    fund = application.call.fund
    reviewer = reviewer_of(request.user, fund)
    manages = bool(can_manage_fund(request.user, fund))
    if reviewer is None and not manages:
        require(can_read_scores(request.user, application))
    read = committee_page(application, reviewer)
    if read.conflict:
        require(can_read_scores(request.user, application))
    reviewed = application.state == ApplicationState.REVIEWED
    scores_open = reviewer is not None and application.state in (ApplicationState.SUBMITTED, ApplicationState.REVIEWED)
    # What was typed is shown even where the application went on meanwhile: its refusal says so, and nothing is lost.
    score_form = typed.get("scores") or (ScoreForm(criteria=read.criteria, own=read.own) if scores_open else None)
    decision_form = typed.get("decision")
    if decision_form is None and manages and reviewed:
        decision_form = DecisionForm(meetings=meetings_of(request.user, fund))
    context = {
        "read": read, "application": application, "fund": fund, "reviewer": reviewer, "manages": manages,
        "score_form": score_form, "score_fields": list(score_fields(score_form)) if score_form else [],
        "conflict_form": typed.get("conflict") or (ConflictForm() if scores_open else None),
        "decision_form": decision_form,
        "left": left_of(fund) if manages and reviewed else None,
    }  # fmt: skip
    return render(request, "projects/committee/committee.html", context, status=422 if typed else 200)
