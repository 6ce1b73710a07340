"""Applications for support: their lists, the page of one, its words, and its way to the fund and back."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.fields import carried_out
from maillage.core.tabular import csv_answer
from maillage.core.text import as_number
from maillage.projects.application_next import DECIDED, EVALUATED, next_of
from maillage.projects.application_parts import ApplicationSeen, application_seen
from maillage.projects.applying import WRITTEN, can_receive_application, can_write_application, lives
from maillage.projects.budget import totals_of
from maillage.projects.completeness import lacks_of
from maillage.projects.forms.applications import StartForm, WordsForm, words_of
from maillage.projects.forms.paper_applications import day_said
from maillage.projects.models import Application
from maillage.projects.permissions import can_carry_application, can_manage_fund
from maillage.projects.queries import project_seen
from maillage.projects.services.application_receipt import hand_to_committee, return_application
from maillage.projects.services.applications import (
    ApplicationMoved,
    edit_application,
    open_application,
    submit_application,
    withdraw_application,
)
from maillage.projects.support_pages import ApplicationList, budget_of, file_columns, file_rows


@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    """The applications that the person sees: of their projects, of the funds they manage or evaluate."""
    listed = ApplicationList(request.user, request.GET)
    context = {"list": listed, "page": listed.page(), "sums": listed.sums()}
    return render(request, "projects/application/list.html", context)


@require_safe
def applications_file(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a file, with the same filters."""
    found = ApplicationList(request.user, request.GET).found()
    return csv_answer("demandes-de-soutien", file_columns(), file_rows(found))


@require_safe
def project_applications(request: HttpRequest, slug: str) -> HttpResponse:
    """What a project asked of funds."""
    seen = project_seen(request, slug)
    listed = ApplicationList(request.user, request.GET, project=seen.project)
    may_apply = seen.edits and bool(lives(seen.project))
    context = {"seen": seen, "tab": "support", "list": listed, "page": listed.page(), "sums": listed.sums()}
    return render(request, "projects/application/of_project.html", context | {"may_apply": may_apply})


@require_http_methods(["GET", "HEAD", "POST"])
def application_new(request: HttpRequest) -> HttpResponse:
    """Choose the project and the call, and begin."""
    chosen = {"project": request.GET.get("projet", ""), "call": request.GET.get("appel", "")}
    form = StartForm(request.POST or None, actor=request.user, initial=chosen)
    opened: list[Application] = []
    if request.method == "POST" and form.is_valid() and carried_out(
        form, lambda: opened.append(open_application(actor=request.user, **form.cleaned_data))
    ):  # fmt: skip
        messages.success(request, _("La demande est commencée : elle reste à vous tant que vous ne la déposez pas."))
        return redirect("projects:application_words", opened[0].uid)
    cancel = reverse("projects:funds")
    context = {"form": form, "cancel_href": cancel, "empty": not form.fields["project"].queryset.exists()}  # type: ignore[attr-defined]
    return render(request, "projects/application/new.html", context, status=422 if form.errors else 200)


@require_safe
def application(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An application: what the group asks, what is lacking, where it stands, what comes."""
    seen = application_seen(request, uid)
    return show_application(request, seen)


def show_application(
    request: HttpRequest, seen: ApplicationSeen, status: int = 200, problems: Mapping[str, str] | None = None
) -> HttpResponse:
    """The page of an application, with what comes next; `problems`: what is refused of what was typed, by its name."""
    one = seen.application
    costs, sources = budget_of(one)
    lines = [*costs, *sources]
    writes = seen.carries and one.state in WRITTEN
    coming = next_of(seen)
    context: dict[str, Any] = {
        "seen": seen, "application": one, "costs": costs, "sources": sources, "totals": totals_of(lines),
        "typed": {name: request.POST.get(name, "") for name in ("missing", "words")}, "problems": {"missing": "", "words": ""} | dict(problems or {}), "writes": writes, "lacks": lacks_of(one, lines) if writes else [], "steps": one.steps.all(),
        "may_withdraw": seen.carries and one.state in ("draft", "submitted", "returned", "reviewed", "deferred"),
        "next": coming, "is_decided": one.state in DECIDED,
        "opens_committee": one.state in EVALUATED and bool(seen.reviewer or seen.manages) and (coming is None or coming.page != "committee"),
    }  # fmt: skip
    return render(request, "projects/application/application.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def application_words(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the application in plain words."""
    seen = application_seen(request, uid)
    one = seen.application
    require(can_write_application(request.user, one, seen.carries))
    form = WordsForm(request.POST or None, initial=words_of(one))
    if request.method != "POST":
        return _words(request, one, form)
    moved: list[Application] = []

    def work() -> None:
        try:
            edit_application(
                actor=request.user, application=one, values=form.values(),
                revision=as_number(request.POST.get("revision")) or 0,
                confirmed=form.is_confirmed,
            )  # fmt: skip
        except ApplicationMoved as refusal:
            moved.append(refusal.application)
            raise

    if form.is_valid() and carried_out(form, work):
        messages.success(request, _("C'est enregistré. La demande n'est pas encore déposée."))
        return redirect("projects:application_budget" if "budget" in request.POST else "projects:application", uid)
    return _words(request, moved[0] if moved else one, form, moved=bool(moved))


def _words(request: HttpRequest, one: Application, form: WordsForm, *, moved: bool = False) -> HttpResponse:
    told = words_of(one)
    # Somebody else wrote meanwhile: what they wrote stands beside what the person typed.
    others = [
        (form.fields[name].label, told[name]) for name in told if form.data.get(name, "") != str(told[name] or "")
    ]
    cancel = reverse("projects:application", args=[one.uid])
    context = {"form": form, "application": one, "cancel_href": cancel, "others": others if moved else []}
    return render(request, "projects/application/words.html", context, status=422 if form.errors else 200)


@require_POST
def application_submit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Submit it."""
    seen = application_seen(request, uid)
    require(can_carry_application(request.user, seen.application))
    return _done(
        request, seen, _("La demande est déposée."),
        lambda: submit_application(actor=request.user, application=seen.application, on=day_said(request)),
    )  # fmt: skip


@require_POST
def application_withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take it back."""
    seen = application_seen(request, uid)
    require(can_carry_application(request.user, seen.application))
    words = " ".join(request.POST.get("words", "").split())[:1000]
    return _done(
        request, seen, _("La demande est retirée."),
        lambda: withdraw_application(
            actor=request.user, application=seen.application, words=words, on=day_said(request)
        ),
    )  # fmt: skip


@require_POST
def application_return(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask the group for precisions."""
    seen = application_seen(request, uid)
    require(can_receive_application(request.user, seen.application))
    missing = request.POST.get("missing", "")
    return _done(
        request, seen, _("La demande est renvoyée au groupe, avec ce qu'il faut préciser."),
        lambda: return_application(
            actor=request.user, application=seen.application, missing=missing, on=day_said(request)
        ),
    )  # fmt: skip


@require_POST
def application_review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand it to the committee."""
    seen = application_seen(request, uid)
    require(can_manage_fund(request.user, seen.application.call.fund))
    return _done(
        request, seen, _("La demande est remise au comité."),
        lambda: hand_to_committee(actor=request.user, application=seen.application, on=day_said(request)),
    )  # fmt: skip


def _done(request: HttpRequest, seen: ApplicationSeen, said: str, work: Callable[[], Any]) -> HttpResponse:
    """Do it and come back to the page; a refusal is its sentence there, with what was typed."""
    try:
        work()
    except NotAllowed:
        raise
    except Refused as refusal:
        if not refusal.on:
            messages.error(request, str(refusal))
        return show_application(request, seen, 422, {refusal.on: str(refusal)})
    except ValidationError as error:
        return show_application(request, seen, 422, {name: " ".join(told) for name, told in error.message_dict.items()})
    messages.success(request, said)
    return redirect("projects:application", seen.application.uid)
