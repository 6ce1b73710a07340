"""Attendance: the list at the door, one tap a person; those who came without registration; guests counted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.concertation.attendance_list import SHOWN, AttendanceList, find, guests_of, summary, total_of
from maillage.concertation.attesting import may_be_attested
from maillage.concertation.enums import MeetingState
from maillage.concertation.forms.attendance import GuestsForm, WalkInForm
from maillage.concertation.models import Attendance, Meeting, Member, Registration
from maillage.concertation.permissions import can_animate
from maillage.concertation.queries import GroupSeen, meeting_seen
from maillage.concertation.services.attendance import (
    add_walk_in,
    count_guests,
    note_member,
    note_registered,
    set_presence,
    take_attendance_back,
)
from maillage.core.errors import Refused, require
from maillage.core.text import as_uid

KEPT = ("q", "voir", "page")


@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The list; and in POST, one tap of it (`do`), a walk-in or the guests."""
    seen, meeting = meeting_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    if request.method == "GET":
        return _page(request, seen, meeting)
    try:
        if "walk_in" in request.POST:
            return _walk_in(request, seen, meeting)
        if "guests" in request.POST:
            return _guests(request, seen, meeting)
        _tap(request, meeting, request.POST.get("do", ""))
    except Refused as refusal:
        return _page(request, seen, meeting, str(refusal), status=400)
    return _back(request, meeting)


def _tap(request: HttpRequest, meeting: Meeting, do: str) -> None:
    """`on_site:r:UID`, `remote:m:UID`, `absent:a:UID`: somebody is there, or not. Raises `Refused` for what says nothing."""
    what, _colon, key = do.partition(":")
    uid = as_uid(key.partition(":")[2])
    found = find(meeting, f"{key[:2]}{uid}") if uid else None
    if isinstance(found, Attendance):
        if what == "absent":
            take_attendance_back(actor=request.user, attendance=found)
        else:
            set_presence(actor=request.user, attendance=found, presence=what)
    elif isinstance(found, Registration) and what != "absent":
        note_registered(actor=request.user, registration=found, presence=what)
    elif isinstance(found, Member) and what != "absent":
        note_member(actor=request.user, meeting=meeting, member=found, presence=what)
    elif what != "absent":  # taken back twice is taken back once
        raise Refused(_("Cette personne n'est plus sur la liste : cherchez-la de nouveau."))


def _walk_in(request: HttpRequest, seen: GroupSeen, meeting: Meeting) -> HttpResponse:
    form = WalkInForm(meeting, request.POST)
    if form.is_valid():
        try:
            added = add_walk_in(actor=request.user, meeting=meeting, came=form.came())
        except ValidationError as refusal:
            form.add_error(None, refusal.messages[0])
        else:
            messages.success(request, _("%s est sur la liste des présences.") % added.name)
            return _back(request, meeting)
    return _page(request, seen, meeting, walk_in=form, status=422)


def _guests(request: HttpRequest, seen: GroupSeen, meeting: Meeting) -> HttpResponse:
    form = GuestsForm(request.POST)
    if not form.is_valid():
        return _page(request, seen, meeting, guests=form, status=422)
    count_guests(actor=request.user, meeting=meeting, counts=form.counts())
    messages.success(request, _("Les personnes comptées sans nom sont enregistrées."))
    return _back(request, meeting)


def _back(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    query = {name: value for name in KEPT if (value := request.POST.get(name))}
    address = reverse("concertation:attendance", args=[meeting.uid])
    return redirect(f"{address}?{urlencode(query)}" if query else address)


def _page(
    request: HttpRequest, seen: GroupSeen, meeting: Meeting, problem: str = "", status: int = 200, **forms: Any
) -> HttpResponse:
    asked: QueryDict = request.POST if request.method == "POST" else request.GET
    counted = guests_of(meeting)
    lines = summary(meeting, counted)
    shown = {
        "seen": seen,
        "tab": "meetings",
        "meeting": meeting,
        "list": AttendanceList(meeting, asked),
        "choices": list(zip(SHOWN, (_("Tout le monde"), _("Pas encore là"), _("Là")), strict=True)),
        "lines": lines,
        "total": total_of(lines),
        "walk_in": forms.get("walk_in") or WalkInForm(meeting),
        "guests": forms.get("guests") or GuestsForm(initial=counted),
        "is_open": meeting.state in (MeetingState.PLANNED, MeetingState.HELD),
        "attested": may_be_attested(meeting),
        "problem": problem,
    }
    return render(request, "concertation/attendance/list.html", shown, status=status)
