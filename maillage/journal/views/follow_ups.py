"""« Mes suivis »: what waits, what is late, and what came of it in one tap."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from maillage.core.errors import Refused, require
from maillage.core.text import as_uid
from maillage.journal.follow_ups import FollowUps, answers_to
from maillage.journal.forms.said import read_day, read_said, typed_said
from maillage.journal.loops import Speaker, is_closed
from maillage.journal.models import Referral
from maillage.journal.permissions import can_follow, can_transmit
from maillage.journal.queries import reads_a_journal
from maillage.journal.services import IdentitySuspected, ReferralMoved, follow_on, note_outcome, take_back
from maillage.programs.permissions import roles_in

DETAILS = (
    "entry__program",
    "entry__site",
    "entry__mrc",
    "entry__worker",
    "destination",
    "need",
    "kind",
    "organization",
    "service__organization",
)
KEPT = ("qui", "page")  # of the list's address, when one comes back to it


@require_GET
def follow_ups(request: HttpRequest) -> HttpResponse:
    """The list: mine, or the whole team's."""
    found = FollowUps(request)
    if not reads_a_journal(request) or (found.team and found.program is None):
        raise Http404
    done = as_uid(request.GET.get("fait"))
    shown = {"list": found, "page_obj": found.page, "done": found.done(done) if done else None}
    return render(request, "journal/loops/list.html", shown)


@require_GET
def follow_up(request: HttpRequest, uid: str) -> HttpResponse:
    """One referral: how it stands, what can be said of it, what was."""
    return _shown(request, referral_seen(request, uid))


@require_POST
def note(request: HttpRequest, uid: str) -> HttpResponse:
    """Say what came of a referral, from the list or from its page."""
    referral = referral_seen(request, uid)
    require(can_follow(request.user, referral.entry))
    try:
        note_outcome(
            actor=request.user, referral=referral, said=read_said(request.POST), seen=request.POST.get("seen", "")
        )
    except IdentitySuspected as refusal:
        said = "; ".join(f"« {finding.passage} » : {finding.sentence}" for finding in refusal.findings)
        return _shown(request, referral, _("Retirez ce qui dit qui est la personne ({said}).").format(said=said), 400)
    except ReferralMoved as refusal:
        return _shown(request, refusal.referral, str(refusal), 409)
    except Refused as refusal:
        return _shown(request, referral, str(refusal), 400)
    return _back(request, referral)


@require_POST
def undo(request: HttpRequest, uid: str) -> HttpResponse:
    """Take back what was last said."""
    referral = referral_seen(request, uid)
    require(can_follow(request.user, referral.entry))
    try:
        take_back(actor=request.user, referral=referral, seen=request.POST.get("seen", ""))
    except ReferralMoved as refusal:
        return _shown(request, refusal.referral, str(refusal), 409)
    except Refused as refusal:
        return _shown(request, referral, str(refusal), 400)
    if request.POST.get("from") != "list":
        messages.success(request, _("C'est annulé : la référence est comme avant."))
    return _back(request, referral, said=False)


@require_POST
def postpone(request: HttpRequest, uid: str) -> HttpResponse:
    """Choose when the referral comes back to the list; without a day, it is chased no more."""
    referral = referral_seen(request, uid)
    require(can_follow(request.user, referral.entry))
    try:
        follow_on(actor=request.user, referral=referral, due_on=read_day(request.POST.get("due_on", "")))
    except Refused as refusal:
        return _shown(request, referral, str(refusal), 400)
    return redirect("journal:follow_up", uid=referral.uid)


def referral_seen(request: HttpRequest, uid: str) -> Referral:
    """A referral of the journals that the person reads; 404 for any other."""
    found = Referral.objects.visible_to(request.user).select_related(*DETAILS)
    return get_object_or_404(found.defer("entry__note", "entry__search", "entry__note_search"), uid=uid)


def _back(request: HttpRequest, referral: Referral, said: bool = True) -> HttpResponse:
    """To the list or to the page one came from."""
    if request.POST.get("from") != "list":
        return redirect("journal:follow_up", uid=referral.uid)
    query = {name: value for name in KEPT if (value := request.POST.get(name))}
    if said:
        query["fait"] = str(referral.uid)
    return redirect(f"{reverse('journal:follow_ups')}?{urlencode(query)}")


def _shown(request: HttpRequest, referral: Referral, problem: str = "", status: int = 200) -> HttpResponse:
    referral = referral_seen(request, str(referral.uid)) if status == 409 else referral
    entry, roles = referral.entry, roles_in(request.user, referral.entry.program)
    follows = bool(can_follow(request.user, entry, roles))
    events = list(referral.events.order_by("-at", "-id"))
    page: dict[str, Any] = {
        "referral": referral,
        "entry": entry,
        "events": events,
        "links": list(referral.links.order_by("-created_at", "-id")),
        "answers": answers_to(referral.state, Speaker.TEAM) if follows else [],
        "is_closed": is_closed(referral.state),
        "follows": follows,
        "transmits": bool(can_transmit(request.user, entry, roles)) and not is_closed(referral.state),
        "problem": problem,
        "typed": typed_said(request.POST),
    }
    return render(request, "journal/loops/referral.html", page, status=status)
