"""The receiver of a referral: its link sent and taken back by the team; its page and the code's, without account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from maillage.core.errors import Refused, require
from maillage.journal.code_guard import may_try, note_miss
from maillage.journal.follow_ups import answers_to
from maillage.journal.forms.said import read_said, typed_said
from maillage.journal.loops import Speaker, is_closed
from maillage.journal.models import Referral, ReferralLink
from maillage.journal.permissions import can_transmit
from maillage.journal.receiving import known_emails, link_of, opens_by_code, referral_of_code
from maillage.journal.services import (
    IdentitySuspected,
    LinkClosed,
    answer_by_link,
    answer_with_code,
    revoke_link,
    send_to_receiver,
)

from .follow_ups import referral_seen


@require_http_methods(["GET", "POST"])
def transmit(request: HttpRequest, uid: str) -> HttpResponse:
    """Send a referral to its receiver; the link is shown once, to be given by hand too."""
    referral = referral_seen(request, uid)
    require(can_transmit(request.user, referral.entry))
    emails = known_emails(referral)
    typed = {"email": emails[0] if emails else "", "agreed": referral.consent}
    if request.method == "GET":
        return _form(request, referral, typed, emails)
    typed = {"email": request.POST.get("email", "").strip(), "agreed": request.POST.get("agreed") == "on"}
    try:
        link, full = send_to_receiver(
            actor=request.user, referral=referral, address=lambda token: _address(request, token), **typed
        )
    except ValidationError as refusal:
        return _form(request, referral, typed, emails, refusal.messages[0], 400)
    except Refused as refusal:
        return _form(request, referral, typed, emails, str(refusal), 400)
    return render(request, "journal/loops/sent.html", {"referral": referral, "link": link, "address": full})


def _form(
    request: HttpRequest,
    referral: Referral,
    typed: dict[str, Any],
    emails: list[str],
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = {"referral": referral, "typed": typed, "emails": emails, "problem": problem}
    return render(request, "journal/loops/transmit.html", shown, status=status)


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("journal:receiver", args=[token]))


@require_POST
def revoke(request: HttpRequest, uid: str, pk: int) -> HttpResponse:
    """Take a link back."""
    referral = referral_seen(request, uid)
    link = get_object_or_404(ReferralLink.objects.select_related("referral__entry"), pk=pk, referral=referral)
    revoke_link(actor=request.user, link=link)
    messages.success(request, _("Le lien est repris : il n'ouvre plus."))
    return redirect("journal:follow_up", uid=referral.uid)


# The token is the only authority here: no session and no cookie give any, so that a forged form can do nothing more than
# its author could. Without a referrer, browsers send no origin that could be checked either.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def receiver(request: HttpRequest, token: str) -> HttpResponse:
    """The receiver's page: accept, refuse, propose a date, say what happened."""
    link, opens = link_of(token)
    if link is None or not opens:
        return _private(render(request, "journal/loops/link_closed.html", status=404 if link is None else 410))
    if request.method == "GET":
        return _private(_receiver_page(request, link))
    try:
        referral = answer_by_link(link=link, said=read_said(request.POST))
    except LinkClosed:
        return _private(render(request, "journal/loops/link_closed.html", status=410))
    except Refused as refusal:
        return _private(_receiver_page(request, link, _sentence(refusal), 400))
    if is_closed(referral.state):
        return _private(render(request, "journal/loops/thanks.html", {"referral": referral}))
    return _private(redirect(f"{request.path}?note=1"))


def _receiver_page(request: HttpRequest, link: ReferralLink, problem: str = "", status: int = 200) -> HttpResponse:
    shown = {
        "link": link,
        "referral": link.referral,
        "answers": answers_to(link.referral.state, Speaker.RECEIVER),
        "noted": "note" in request.GET and not problem,
        "problem": problem,
        "typed": typed_said(request.POST),
    }
    return render(request, "journal/loops/receiver.html", shown, status=status)


@login_not_required
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """What the code of a slip opens: how the referral stands, and what may be said of it, without account."""
    typed = (request.POST or request.GET).get("code", "")[:40]
    if request.method == "GET":
        return _private(render(request, "journal/loops/code.html", {"code": typed}), keep_referrer=True)
    if not may_try(request):
        problem = _("Trop de codes inconnus d'affilée : attendez dix minutes, puis recommencez.")
        return _private(_code_form(request, typed, problem, 429), keep_referrer=True)
    referral = referral_of_code(typed)
    if referral is None or not opens_by_code(referral):
        note_miss(request)
        problem = _("Aucune référence en cours ne porte ce code. Vérifiez les huit signes de la fiche.")
        return _private(_code_form(request, typed, problem, 404), keep_referrer=True)
    problem, status, noted = "", 200, False
    if "do" in request.POST:
        try:
            referral, noted = answer_with_code(referral=referral, said=read_said(request.POST)), True
        except Refused as refusal:
            problem, status = _sentence(refusal), 400
    return _private(_by_code(request, referral, problem, status, noted), keep_referrer=True)


def _by_code(request: HttpRequest, referral: Referral, problem: str, status: int, noted: bool) -> HttpResponse:
    shown = {
        "referral": referral,
        "organization": referral.service.organization if referral.service else referral.organization,
        "answers": [] if noted else answers_to(referral.state, Speaker.HOLDER),
        "is_closed": is_closed(referral.state),
        "problem": problem,
        "noted": noted,
        "typed": typed_said(request.POST),
    }
    return render(request, "journal/loops/by_code.html", shown, status=status)


def _code_form(request: HttpRequest, typed: str, problem: str, status: int) -> HttpResponse:
    return render(request, "journal/loops/code.html", {"code": typed, "problem": problem}, status=status)


def _sentence(refusal: Refused) -> str:
    if isinstance(refusal, IdentitySuspected):
        said = ", ".join(f"« {finding.passage} » ({finding.sentence})" for finding in refusal.findings)
        return _("Retirez ce qui dit qui est la personne : {said}.").format(said=said)
    return str(refusal)


def _private(response: HttpResponse, keep_referrer: bool = False) -> HttpResponse:
    """No robot lists the page, and its address goes nowhere."""
    response.headers["X-Robots-Tag"] = "noindex"
    if not keep_referrer:
        response.headers["Referrer-Policy"] = "no-referrer"
    return response
