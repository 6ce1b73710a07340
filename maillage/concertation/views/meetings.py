"""Meetings of a group: the list, the page of one, the form that makes or changes one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.concertation.forms.meetings import MeetingForm
from maillage.concertation.forms.series import NewMeetingForm
from maillage.concertation.meeting_list import MeetingList
from maillage.concertation.meeting_parts import ANNOTATIONS, parts_of
from maillage.concertation.models import Meeting
from maillage.concertation.permissions import can_animate
from maillage.concertation.queries import GroupSeen, group_seen, meeting_seen
from maillage.concertation.services.meetings import MeetingMoved, save_meeting
from maillage.concertation.services.series import following, save_following
from maillage.core.audit_lines import history_of
from maillage.core.errors import Refused, require

from .series import series

HISTORY = 100


@require_safe
def meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """The meetings of a group: to come, or past."""
    seen = group_seen(request, slug)
    found = MeetingList(request, seen.group)
    shown = {"seen": seen, "tab": "meetings", "list": found, "page": found.page}
    return render(request, "concertation/meetings/list.html", shown)


@require_safe
def meeting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One meeting with all its sections."""
    seen, found = meeting_seen(request, uid, **ANNOTATIONS)
    shown = {"seen": seen, "tab": "meetings", "meeting": found}
    return render(request, "concertation/meeting.html", shown | parts_of(request, seen, found))


@require_safe
def history(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was done to a meeting, the latest first: for those who animate."""
    seen, found = meeting_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    shown = {"seen": seen, "tab": "meetings", "meeting": found, "history": history_of(found, HISTORY)}
    return render(request, "concertation/meetings/history.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Prepare a meeting."""
    seen = group_seen(request, slug)
    require(can_animate(request.user, seen.group, seen.member))
    form = NewMeetingForm(request.POST if request.method == "POST" else None, group=seen.group)
    again = request.method == "POST" and "revoir" in request.POST
    if request.method == "POST" and not again and form.is_valid():
        if form.cleaned_data["repeat"]:
            return series(request, seen, form)
        try:
            made = save_meeting(actor=request.user, group=seen.group, **form.values()).obj
            messages.success(request, _("La rencontre est inscrite."))
            return redirect("concertation:poll" if made.starts_at is None else "concertation:meeting", made.uid)
        except ValidationError as refused:
            take(form, refused)
    return _form(request, seen, form, None, {})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a meeting; what somebody else wrote meanwhile is said, never written over unseen."""
    seen, found = meeting_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    form = MeetingForm(request.POST if request.method == "POST" else None, group=seen.group, meeting=found)
    more: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("scope") == "following":
                save_following(actor=request.user, meeting=found, seen=form.version(), **form.values())
            else:
                save_meeting(actor=request.user, group=seen.group, meeting=found, seen=form.version(), **form.values())
            messages.success(request, _("C'est enregistré. Les personnes invitées l'apprennent si l'essentiel change."))
            return redirect("concertation:meeting", found.uid)
        except MeetingMoved as moved:
            more = {"theirs": history_of(moved.meeting, 1), "version": moved.meeting.updated_at.isoformat()}
        except ValidationError as refused:
            take(form, refused)
        except Refused as refused:
            form.add_error(None, str(refused))
    return _form(request, seen, form, found, more)


def _form(
    request: HttpRequest, seen: GroupSeen, form: MeetingForm, found: Meeting | None, more: dict[str, Any]
) -> HttpResponse:
    back = (
        reverse("concertation:meeting", args=[found.uid])
        if found
        else reverse("concertation:meetings", args=[seen.group.slug])
    )
    shown = {"seen": seen, "tab": "meetings", "form": form, "meeting": found, "cancel_href": back, "theirs": None}
    shown["following"] = len(following(meeting=found)) if found else 0
    shown["scope"] = request.POST.get("scope", "")
    shown["version"] = form["seen"].value() or ""
    status = 409 if more else 422 if form.errors else 200
    return render(request, "concertation/meetings/form.html", shown | more, status=status)


def take(form: Any, refused: ValidationError) -> None:
    """Show in `form` what the service refused, on the field when the form has it."""
    said = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
    for name, sentences in said.items():
        form.add_error(name if name in form.fields else None, sentences)
