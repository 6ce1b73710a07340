"""The door of a meeting: its poster, and the page that its QR code opens, without account."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.concertation.arriving import registration_at_door, why_door_is_shut
from maillage.concertation.door_guard import may_go_on, note_try
from maillage.concertation.models import Attendance, Meeting
from maillage.concertation.permissions import can_animate, member_of
from maillage.concertation.queries import meeting_seen
from maillage.concertation.services.attendance import arrive_member, arrive_registered
from maillage.concertation.services.door import open_door
from maillage.concertation.turns import in_turn
from maillage.core.errors import Refused, require


@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The poster to print or to show; in POST, make its code, or another one."""
    seen, meeting = meeting_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    if request.method == "POST":
        open_door(actor=request.user, meeting=meeting, again="again" in request.POST)
        return redirect("concertation:door", uid=uid)
    address = ""
    if meeting.arrival_secret:
        address = request.build_absolute_uri(reverse("concertation:arrival", args=[meeting.arrival_secret]))
    shown = {"seen": seen, "tab": "meetings", "meeting": meeting, "address": address}
    return render(request, "concertation/attendance/door.html", shown)


@login_not_required
@require_http_methods(["GET", "POST"])
def arrival(request: HttpRequest, token: str) -> HttpResponse:
    """Say that one is there: a member who is signed in by one tap, others by the code or the address they registered with."""
    meeting = Meeting.objects.select_related("group").filter(arrival_secret=token).first() if token else None
    if meeting is None:
        raise Http404
    if request.method == "GET":
        return _page(request, meeting)
    if why_door_is_shut(meeting):
        return _page(request, meeting, status=400)
    try:
        return _member_arrives(request, meeting) if "me" in request.POST else _finds(request, meeting)
    except Refused as refusal:
        return _page(request, meeting, problem=str(refusal), status=400)


def _member_arrives(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    member = member_of(request.user, meeting.group)
    if member is None:
        raise Refused(_("Vous n'êtes pas membre du groupe : donnez votre code ou votre courriel."))
    attendance, is_new = in_turn(lambda: arrive_member(actor=request.user, meeting=meeting, member=member))
    return _welcome(request, meeting, attendance, is_new)


def _finds(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    typed = request.POST.get("typed", "")[:254]
    if not may_go_on(request, "arrival"):
        problem = _("Beaucoup d'essais viennent d'ici : présentez-vous à l'accueil, on vous inscrira sur la liste.")
        return _page(request, meeting, problem=problem, typed=typed, status=429)
    registration = registration_at_door(meeting, typed)
    if registration is None:
        note_try(request, "arrival")
        problem = _("Aucune inscription ne porte ce code ni ce courriel. Vérifiez-le, ou présentez-vous à l'accueil.")
        return _page(request, meeting, problem=problem, typed=typed, status=404)
    attendance, is_new = in_turn(lambda: arrive_registered(registration=registration))
    return _welcome(request, meeting, attendance, is_new)


def _welcome(request: HttpRequest, meeting: Meeting, attendance: Attendance, is_new: bool) -> HttpResponse:
    # No name: a code or an address that was guessed tells nothing of whose it is.
    return _page(request, meeting, arrived=attendance, is_new=is_new)


def _page(request: HttpRequest, meeting: Meeting, status: int = 200, **more: Any) -> HttpResponse:
    shown = {
        "meeting": meeting,
        "shut": why_door_is_shut(meeting),
        "member": member_of(request.user, meeting.group),
        "problem": "",
        "typed": "",
        "arrived": None,
        "is_new": False,
        **more,
    }
    response = render(request, "concertation/attendance/arrival.html", shown, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
