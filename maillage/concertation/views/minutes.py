"""The minutes of a meeting: written next to its agenda, read, circulated, adopted, published."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.concertation.forms.minutes import AdoptionForm
from maillage.concertation.minutes_page import WITH_MINUTES, MinutesPage
from maillage.concertation.models import Amendment, Meeting, Minutes
from maillage.concertation.permissions import can_animate, can_take_part
from maillage.concertation.public_minutes import public_account
from maillage.concertation.queries import GroupSeen, meeting_seen
from maillage.concertation.services.amendments import answer_amendment, propose_amendment
from maillage.concertation.services.minutes import (
    NamesSuspected,
    adopt,
    circulate,
    publish,
    take_back_minutes,
    withdraw,
)
from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.text import as_uid

TURNS = {"circulate": circulate, "take_back": take_back_minutes, "withdraw": withdraw}


@require_safe
def minutes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The minutes: to write while they are a draft, for who animates; to read, for the members."""
    return show_minutes(request, *meeting_seen(request, uid, WITH_MINUTES))


def show_minutes(
    request: HttpRequest, seen: GroupSeen, meeting: Meeting, status: int = 200, **shown: Any
) -> HttpResponse:
    """The page; `typed` is what a refused form held, `problem` a sentence that stands on top."""
    typed = shown.pop("typed", {})
    page = MinutesPage(meeting, seen.animates, typed)
    context: dict[str, Any] = {
        "seen": seen,
        "tab": "meetings",
        "meeting": meeting,
        "page": page,
        "minutes": page.minutes,
        "typed": typed,
        "problem": "",
        "suspected": "",
        "adoption": None,
        **shown,
    }
    if seen.animates and page.minutes.state == "circulated" and context["adoption"] is None:
        context["adoption"] = AdoptionForm(meeting=meeting)
    template = "concertation/minutes/live.html" if page.is_live else "concertation/minutes/read.html"
    return render(request, template, context, status=status)


@require_POST
def minutes_turn(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make the minutes circulate, take them back, write their adoption, publish or withdraw their account."""
    seen, meeting = meeting_seen(request, uid, WITH_MINUTES)
    require(can_animate(request.user, meeting.group, seen.member))
    turn = request.POST.get("do", "")
    try:
        if turn == "adopt":
            form = AdoptionForm(request.POST, meeting=meeting)
            if not form.is_valid():
                return show_minutes(request, seen, meeting, 422, adoption=form)
            adopt(actor=request.user, meeting=meeting, **form.cleaned_data)
        elif turn == "publish":
            publish(actor=request.user, meeting=meeting, reread=request.POST.get("reread") == "on")
        elif turn in TURNS:
            TURNS[turn](actor=request.user, meeting=meeting)
    except NotAllowed:
        raise
    except NamesSuspected as refusal:
        return show_minutes(request, seen, meeting, 422, suspected=str(refusal))
    except Refused as refusal:
        return show_minutes(request, seen, meeting, 422, problem=str(refusal))
    return redirect("concertation:minutes", uid=uid)


@require_POST
def amendment_new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Propose a change to minutes that circulate."""
    seen, meeting = meeting_seen(request, uid, WITH_MINUTES)
    require(can_take_part(request.user, meeting.group, seen.member))
    found = get_object_or_404(Minutes.objects.select_related("meeting__group"), meeting=meeting)
    named = as_uid(request.POST.get("item"))
    item = get_object_or_404(meeting.items.order_by("id"), uid=named) if named else None
    text = request.POST.get("text", "")
    try:
        propose_amendment(actor=request.user, minutes=found, text=text, item=item)
    except NotAllowed:
        raise
    except ValidationError as refusal:
        problem = " ".join(refusal.messages)
        return show_minutes(request, seen, meeting, 422, problem=problem, typed={"kind": "amendment", "text": text})
    except Refused as refusal:
        typed = {"kind": "amendment", "text": text}
        return show_minutes(request, seen, meeting, 422, problem=str(refusal), typed=typed)
    messages.success(request, _("L'amendement est proposé : l'animation du groupe y répondra."))
    return redirect(reverse("concertation:minutes", args=[uid]) + "#amendements")


@require_POST
def amendment_answer(request: HttpRequest, uid: UUID, amendment: UUID) -> HttpResponse:
    """Accept or decline an amendment."""
    seen, meeting = meeting_seen(request, uid, WITH_MINUTES)
    require(can_animate(request.user, meeting.group, seen.member))
    proposed = Amendment.objects.select_related("minutes__meeting__group", "item")
    found = get_object_or_404(proposed, uid=amendment, minutes__meeting=meeting)
    accepted = request.POST.get("do") == "accept"
    try:
        answer_amendment(
            actor=request.user,
            amendment=found,
            accepted=accepted,
            answer=request.POST.get("answer", ""),
            new_text=request.POST.get("new_text"),
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        typed = {"kind": "answer", "key": str(amendment), "text": request.POST.get("answer", "")}
        return show_minutes(request, seen, meeting, 422, problem=str(refusal), typed=typed)
    return redirect(reverse("concertation:minutes", args=[uid]) + "#amendements")


@login_not_required
@require_safe
def minutes_public(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The account in plain language, for anybody, once the group published it."""
    return render(request, "concertation/minutes/public.html", {"account": public_account(uid)})
