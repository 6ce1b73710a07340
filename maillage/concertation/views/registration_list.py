"""Registrations of a meeting as those who prepare it read them: places, what is asked for, the list, its file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.concertation.forms.registrations import PersonForm
from maillage.concertation.models import Meeting
from maillage.concertation.permissions import can_animate
from maillage.concertation.queries import GroupSeen, meeting_seen
from maillage.concertation.registering import (
    LIVE,
    access_asked,
    access_labels,
    closed_because,
    standing,
)
from maillage.concertation.services.registrations import register, withdraw
from maillage.core.errors import Refused, require
from maillage.core.text import as_uid

PER_PAGE = 40


@require_http_methods(["GET", "POST"])
def registrations(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The list; in POST, register somebody who called, or take a registration back."""
    seen, meeting = meeting_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    if request.method == "GET":
        return _page(request, seen, meeting)
    try:
        if "withdraw" in request.POST:
            found = get_object_or_404(meeting.registrations, uid=as_uid(request.POST["withdraw"]))
            found = withdraw(actor=request.user, registration=found)
            messages.success(request, _("L'inscription de %s est retirée.") % found.name)
            return redirect("concertation:registrations", uid=uid)
        return _add(request, seen, meeting)
    except Refused as refusal:
        return _page(request, seen, meeting, problem=str(refusal), status=400)


def _add(request: HttpRequest, seen: GroupSeen, meeting: Meeting) -> HttpResponse:
    form = PersonForm(meeting, request.POST)
    if form.is_valid():
        try:
            added, is_new = register(actor=request.user, meeting=meeting, said=form.registering())
        except ValidationError as refusal:
            form.add_error(None, refusal.messages[0])
        else:
            said = _("%s est sur la liste.") if is_new else _("%s était déjà sur la liste.")
            messages.success(request, said % added.name)
            return redirect("concertation:registrations", uid=meeting.uid)
    return _page(request, seen, meeting, form=form, status=422)


def _page(
    request: HttpRequest, seen: GroupSeen, meeting: Meeting, problem: str = "", form: Any = None, status: int = 200
) -> HttpResponse:
    live = meeting.registrations.filter(state__in=LIVE)
    listed = live.select_related("organization").order_by("rank")
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "seen": seen,
        "tab": "meetings",
        "meeting": meeting,
        "standing": standing(meeting),
        "page": page,
        "lines": [(one, access_labels(one.asked_for)) for one in page],
        "asked": access_asked(meeting),
        "closed": closed_because(meeting, by_animator=True),
        "address": request.build_absolute_uri(reverse("concertation:register", args=[meeting.uid])),
        "form": form or PersonForm(meeting),
        "problem": problem,
        "notes": live.exclude(access_note="").count(),
    }
    return render(request, "concertation/registration/list.html", shown, status=status)
