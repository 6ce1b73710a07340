"""Decisions: written under an item of the minutes, kept in the register of the group."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.concertation.forms.fields import carried_out
from maillage.concertation.forms.minutes import DecisionForm, ReplacedForm
from maillage.concertation.minutes_page import WITH_MINUTES
from maillage.concertation.models import Decision
from maillage.concertation.permissions import can_animate
from maillage.concertation.queries import GroupSeen, as_seen, group_seen, meeting_seen
from maillage.concertation.registers import DecisionRegister, decision_columns, decision_rows
from maillage.concertation.services.decisions import (
    edit_decision,
    record_decision,
    remove_decision,
    replace_decision,
)
from maillage.core.errors import Refused, require
from maillage.core.tabular import csv_answer
from maillage.core.text import as_uid

from .minutes import show_minutes

PER_PAGE = 25


@require_safe
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """The register: all decisions of the group, the latest first, searched and filtered."""
    seen = group_seen(request, slug)
    register = DecisionRegister(seen.group, request.GET)
    page = Paginator(register.found(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"seen": seen, "tab": "decisions", "register": register, "page": page}
    return render(request, "concertation/decisions/register.html", context)


@require_safe
def decisions_file(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The same register as a file, with the same filters."""
    seen = group_seen(request, slug)
    rows = decision_rows(DecisionRegister(seen.group, request.GET).found())
    return csv_answer(f"decisions-{slug}", decision_columns(), rows)


@require_POST
def decision_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a decision of a meeting, under one of its items or outside of any."""
    seen, meeting = meeting_seen(request, uid, WITH_MINUTES)
    require(can_animate(request.user, meeting.group, seen.member))
    named = as_uid(request.POST.get("item"))
    item = get_object_or_404(meeting.items.order_by("id"), uid=named) if named else None
    form = DecisionForm(request.POST)
    key = str(item.uid) if item else "elsewhere"
    if form.is_valid() and carried_out(
        form,
        lambda: record_decision(
            actor=request.user, group=meeting.group, meeting=meeting, item=item, values=form.cleaned_data
        ),
    ):
        return redirect(reverse("concertation:minutes", args=[uid]) + f"#p-{key}")
    return show_minutes(request, seen, meeting, 422, typed={"kind": "decision", "key": key, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a decision taken outside of a meeting (by e-mail, by telephone)."""
    seen = group_seen(request, slug)
    require(can_animate(request.user, seen.group, seen.member))
    form = DecisionForm(request.POST or None, dated=True)
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(form, lambda: record_decision(actor=request.user, group=seen.group, values=form.cleaned_data))
    ):
        messages.success(request, _("La décision est au registre."))
        return redirect("concertation:decisions", slug)
    return _form(request, seen, form, _("Inscrire une décision prise hors rencontre"), None)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Correct a decision while its minutes are a draft, say which one replaces it, take it back."""
    visible = Decision.objects.visible_to(request.user).select_related("group", "meeting__group", "meeting__minutes")
    found = get_object_or_404(visible, uid=uid)
    seen = as_seen(request.user, found.group)
    require(can_animate(request.user, found.group, seen.member))
    turn = request.POST.get("do", "")
    sent = request.POST if request.method == "POST" else None
    initial = {name: getattr(found, name) for name in DecisionForm.base_fields}
    form = DecisionForm(sent if turn == "edit" else None, initial=initial, dated=True)
    replaced = ReplacedForm(
        sent if turn == "replace" else None, decision=found, initial={"replaced_by": found.replaced_by_id}
    )
    work = {
        "edit": (form, lambda: edit_decision(actor=request.user, decision=found, values=form.cleaned_data)),
        "replace": (
            replaced,
            lambda: replace_decision(actor=request.user, decision=found, by=replaced.cleaned_data["replaced_by"]),
        ),
    }
    if turn in work and work[turn][0].is_valid() and carried_out(*work[turn]):
        messages.success(request, _("C'est enregistré."))
        return redirect("concertation:decisions", found.group.slug)
    return _form(request, seen, form, _("Décision %(number)s") % {"number": found.number}, found, replaced)


@require_POST
def decision_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back a decision written by mistake."""
    visible = Decision.objects.visible_to(request.user).select_related("group", "meeting__group")
    found = get_object_or_404(visible, uid=uid)
    seen = as_seen(request.user, found.group)
    require(can_animate(request.user, found.group, seen.member))
    meeting = found.meeting
    try:
        remove_decision(actor=request.user, decision=found)
    except (Refused, ValidationError) as refusal:
        messages.error(request, str(refusal))
        return redirect("concertation:decision", uid=uid)
    if meeting is None:
        return redirect("concertation:decisions", found.group.slug)
    return redirect("concertation:minutes", uid=meeting.uid)


def _form(
    request: HttpRequest,
    seen: GroupSeen,
    form: DecisionForm,
    heading: str,
    decision: Decision | None,
    replaced: ReplacedForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "seen": seen, "tab": "decisions", "form": form, "heading": heading, "decision": decision, "replaced": replaced,
        "cancel_href": reverse("concertation:decisions", args=[seen.group.slug]),
    }  # fmt: skip
    refused = form.errors or (replaced is not None and replaced.errors)
    return render(request, "concertation/decisions/form.html", context, status=422 if refused else 200)
