"""A meeting is held, called off, put back."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.concertation.models import Meeting
from maillage.concertation.permissions import can_animate
from maillage.concertation.queries import meeting_seen
from maillage.concertation.services.meetings import cancel_meeting, mark_held, restore_meeting
from maillage.concertation.services.series import cancel_following, following
from maillage.core.errors import NotAllowed, Refused, require


@require_POST
def held(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that the meeting took place; `non` takes it back."""
    return _do(
        request, uid, lambda found: mark_held(actor=request.user, meeting=found, held=request.POST.get("do") != "non")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Call the meeting off, with a reason that is said to everybody who was invited."""
    seen, found = meeting_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    if request.method == "POST":
        reason = request.POST.get("reason", "")[:300]
        off = cancel_following if request.POST.get("scope") == "following" else cancel_meeting
        return _do(request, uid, lambda found: off(actor=request.user, meeting=found, reason=reason))
    shown = {"seen": seen, "tab": "meetings", "meeting": found, "following": len(following(meeting=found))}
    return render(request, "concertation/meetings/cancel.html", shown)


@require_POST
def restore(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put a meeting that was called off back where it was."""
    return _do(request, uid, lambda found: restore_meeting(actor=request.user, meeting=found))


def _do(request: HttpRequest, uid: UUID, act: Callable[[Meeting], object]) -> HttpResponse:
    _seen, found = meeting_seen(request, uid)
    try:
        act(found)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("C'est noté."))
    return redirect("concertation:meeting", uid)
