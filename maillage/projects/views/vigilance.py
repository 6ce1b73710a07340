"""Vigilance schemes: per site, rules, counts and alerts; never who takes part."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.fields import carried_out
from maillage.journal.queries import reads_a_journal
from maillage.projects.forms.vigilance import AlertForm, CountForm, SchemeForm, told_alert, told_scheme
from maillage.projects.models import VigilanceAlert, VigilanceCount, VigilanceScheme
from maillage.projects.services.vigilance import (
    count_scheme,
    edit_scheme,
    end_scheme,
    open_scheme,
    remove_alert,
    remove_count,
    write_alert,
)
from maillage.projects.team_programs import team_program, worked_in
from maillage.projects.vigilance_page import coverage, line_of, listed, review_state, to_review, totals

PER_PAGE = 25
LATEST, EVERY = 15, 500  # alerts and counts that the page of a scheme shows, at first and with `?tout=1`


@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    """The schemes of the person's programmes, what is to be reviewed first."""
    page = Paginator(listed(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "lines": [line_of(found) for found in page],
        "works": reads_a_journal(request), "late": to_review(request.user),
    }  # fmt: skip
    return render(request, "projects/vigilance/list.html", context)


@require_safe
def scheme(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One scheme: its rules, its counts, its alerts."""
    return _page(request, _found(request, uid), CountForm())


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_new(request: HttpRequest) -> HttpResponse:
    """Write the scheme of a site."""
    program = team_program(request)
    form = SchemeForm(request.POST or None, program=program)
    if request.method == "POST" and form.is_valid():
        made: list[VigilanceScheme] = []
        site = form.cleaned_data["site"]
        if carried_out(
            form,
            lambda: made.append(open_scheme(actor=request.user, program=program, site=site, values=form.values())),
        ):
            return redirect("projects:scheme", made[0].uid)
    context = {"form": form, "program": program, "programs": worked_in(request), "scheme": None}
    return _form(request, context, reverse("projects:schemes"))


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change the rules or the dates."""
    found = _found(request, uid)
    form = SchemeForm(request.POST or None, program=found.program, scheme=found, initial=told_scheme(found))
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(form, lambda: edit_scheme(actor=request.user, scheme=found, values=form.values()))
    ):
        messages.success(request, _("Le système de vigilance est enregistré."))
        return redirect("projects:scheme", uid)
    context = {"form": form, "program": found.program, "programs": [], "scheme": found}
    return _form(request, context, reverse("projects:scheme", args=[uid]))


@require_POST
def scheme_end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that it stopped today."""
    found = _found(request, uid)
    try:
        end_scheme(actor=request.user, scheme=found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("projects:scheme", uid)


@require_POST
def scheme_count(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How many sentinels and units took part on a day."""
    found = _found(request, uid)
    form = CountForm(request.POST)
    if form.is_valid() and carried_out(
        form, lambda: count_scheme(actor=request.user, scheme=found, **form.cleaned_data)
    ):
        messages.success(request, _("Le compte est inscrit."))
        return redirect("projects:scheme", uid)
    return _page(request, found, form, 422)


@require_POST
def count_remove(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Take back a count written by mistake."""
    found = _found(request, uid)
    remove_count(actor=request.user, count=get_object_or_404(VigilanceCount, scheme=found, pk=pk))
    return redirect("projects:scheme", uid)


@require_http_methods(["GET", "HEAD", "POST"])
def alert_new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write an alert."""
    return _alert(request, _found(request, uid), None)


@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Correct an alert."""
    found = _found_alert(request, uid)
    return _alert(request, found.scheme, found)


@require_POST
def alert_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back an alert written by mistake."""
    found = _found_alert(request, uid)
    remove_alert(actor=request.user, alert=found)
    return redirect("projects:scheme", found.scheme.uid)


def _alert(request: HttpRequest, scheme: VigilanceScheme, found: VigilanceAlert | None) -> HttpResponse:
    form = AlertForm(request.POST or None, initial=told_alert(found) if found else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            form, lambda: write_alert(actor=request.user, scheme=scheme, values=form.cleaned_data, alert=found)
        )
    ):
        messages.success(request, _("L'alerte est enregistrée."))
        return redirect("projects:scheme", scheme.uid)
    cancel = reverse("projects:scheme", args=[scheme.uid])
    context = {"form": form, "scheme": scheme, "alert": found, "cancel_href": cancel}
    return render(request, "projects/vigilance/alert.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, uid: UUID) -> VigilanceScheme:
    visible = VigilanceScheme.objects.visible_to(request.user).select_related("program", "site__municipality")
    return get_object_or_404(visible, uid=uid)


def _found_alert(request: HttpRequest, uid: UUID) -> VigilanceAlert:
    seen = VigilanceScheme.objects.visible_to(request.user).order_by().values("pk")
    found = VigilanceAlert.objects.filter(scheme__in=seen).select_related("scheme__program", "scheme__site")
    return get_object_or_404(found, uid=uid)


def _page(request: HttpRequest, found: VigilanceScheme, form: CountForm, status: int = 200) -> HttpResponse:
    shown = EVERY if request.GET.get("tout") == "1" else LATEST
    counts = list(found.counts.order_by("-on", "-id")[: shown + 1])
    alerts = list(found.alerts.order_by("-on", "-id"))
    last = counts[0] if counts else None
    context = {
        "scheme": found, "form": form, "counts": [(count, coverage(count.units, found.site.units)) for count in counts[:shown]],
        "last": last, "share": coverage(last.units if last else None, found.site.units),
        "alerts": alerts[:shown], "more": max(len(counts), len(alerts)) > shown, "totals": totals(alerts), "review": review_state(found),
    }  # fmt: skip
    return render(request, "projects/vigilance/scheme.html", context, status=status)


def _form(request: HttpRequest, context: dict[str, Any], cancel: str) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, "projects/vigilance/form.html", {**context, "cancel_href": cancel}, status=status)
