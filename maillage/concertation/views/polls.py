"""The poll of a meeting's date: answered by members, here or by their link; prepared and closed by those who animate."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from maillage.concertation.enums import MeetingState, PollReply
from maillage.concertation.forms.meetings import DayAndHours
from maillage.concertation.models import Meeting, Member
from maillage.concertation.permissions import can_animate, can_take_part
from maillage.concertation.poll import poll_of_meeting, replies_sent
from maillage.concertation.poll_links import poll_of
from maillage.concertation.queries import GroupSeen, meeting_seen
from maillage.concertation.services.polls import (
    add_option,
    answer_poll,
    choose_date,
    remove_option,
    send_poll,
)
from maillage.core.errors import NotAllowed, Refused, require


@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The dates proposed; a member says what suits them."""
    seen, meeting = meeting_seen(request, uid)
    if request.method != "POST":
        return _shown(request, seen, meeting, DayAndHours())
    require(can_take_part(request.user, seen.group, seen.member))
    assert seen.member is not None
    return _do(
        request,
        meeting,
        lambda: answer_poll(
            actor=request.user, meeting=meeting, member=seen.member, replies=replies_sent(meeting, request.POST)
        ),
        _("Votre réponse est notée."),
    )


@require_POST
def add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Propose a date."""
    seen, meeting = meeting_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    form = DayAndHours(request.POST)
    if form.is_valid():
        found = form.cleaned_data
        try:
            add_option(actor=request.user, meeting=meeting, starts_at=found["starts_at"], ends_at=found["ends_at"])
            return redirect("concertation:poll", uid)
        except Refused as refused:
            form.add_error(None, str(refused))
    return _shown(request, seen, meeting, form, 422)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a date back (`remove`), choose it (`choose`), or write to those who have not answered (`send`)."""
    seen, meeting = meeting_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    if request.POST.get("do") == "send":
        return _do(request, meeting, lambda: _send(request, meeting), "")
    options = meeting.poll_options.select_related("meeting__group")
    try:
        named = UUID(request.POST.get("option", ""))
    except ValueError:
        return _shown(request, seen, meeting, DayAndHours(), 422)
    option = get_object_or_404(options, uid=named)
    if request.POST.get("do") == "choose":
        return _do(
            request,
            meeting,
            lambda: choose_date(actor=request.user, option=option),
            _("La date est choisie. Invitez maintenant les membres."),
        )
    return _do(
        request,
        meeting,
        lambda: remove_option(actor=request.user, option=option),
        _("La date est retirée. Les réponses aux autres restent."),
    )


# The token is the only authority here: no session and no cookie give any, so that a forged form can do nothing more than
# its author could. Without a referrer, browsers send no origin that could be checked either.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A member answers by the link of their message, without signing in."""
    found = poll_of(token)
    if found is None or not Member.objects.current().filter(pk=found[1].pk).exists():
        return _private(render(request, "concertation/poll/link_closed.html", {"meeting": None}, status=404))
    meeting, member = found
    if meeting.state != MeetingState.CHOOSING:
        return _private(render(request, "concertation/poll/link_closed.html", {"meeting": meeting}, status=410))
    if request.method != "POST":
        return _private(_link_page(request, meeting, member))
    try:
        answer_poll(actor=None, meeting=meeting, member=member, replies=replies_sent(meeting, request.POST))
    except Refused as refused:
        return _private(_link_page(request, meeting, member, str(refused), 400))
    return _private(redirect(f"{request.path}?note=1"))


def _link_page(
    request: HttpRequest, meeting: Meeting, member: Member, problem: str = "", status: int = 200
) -> HttpResponse:
    shown = {
        "meeting": meeting,
        "member": member,
        "poll": poll_of_meeting(meeting, member),
        "replies": PollReply.choices,
        "problem": problem,
        "noted": "note" in request.GET and not problem,
    }
    return render(request, "concertation/poll/link.html", shown, status=status)


def _private(response: HttpResponse) -> HttpResponse:
    """No robot lists the page, and its address goes nowhere."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _send(request: HttpRequest, meeting: Meeting) -> None:
    sent = send_poll(actor=request.user, meeting=meeting)
    said = ngettext("%d message part.", "%d messages partent.", sent) % sent
    messages.success(request, said if sent else _("Tout le monde a répondu, ou vient d'être relancé aujourd'hui."))


def _do(request: HttpRequest, meeting: Meeting, work: Any, said: str) -> HttpResponse:
    try:
        done = work()
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("concertation:poll", meeting.uid)
    if said:
        messages.success(request, said)
    if isinstance(done, Meeting):
        return redirect("concertation:meeting_invite", meeting.uid)
    return redirect("concertation:poll", meeting.uid)


def _shown(
    request: HttpRequest, seen: GroupSeen, meeting: Meeting, form: DayAndHours, status: int = 200
) -> HttpResponse:
    shown = {
        "seen": seen,
        "tab": "meetings",
        "meeting": meeting,
        "poll": poll_of_meeting(meeting, seen.member, names=seen.animates),
        "replies": PollReply.choices,
        "is_open": meeting.state == MeetingState.CHOOSING,
        "form": form,
    }
    return render(request, "concertation/poll/poll.html", shown, status=status)
