"""The needs of a group: their board, naming one, its page and what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.concertation.enums import Capacity, NeedState
from maillage.concertation.forms.fields import carried_out
from maillage.concertation.forms.needs import MoveForm, NeedForm
from maillage.concertation.models import NamedNeed
from maillage.concertation.needs.board import NeedBoard
from maillage.concertation.needs.evidence import evidence_of
from maillage.concertation.needs.reading import need_seen, to_read_count
from maillage.concertation.permissions import can_animate, can_take_part, can_word_need
from maillage.concertation.queries import GroupSeen, group_seen
from maillage.concertation.services.need_supports import support_need
from maillage.concertation.services.needs import NeedMoved, move_need, name_need, show_need, word_need
from maillage.core.errors import Refused, require


@require_safe
def needs(request: HttpRequest, slug: str) -> HttpResponse:
    """The board: a column for each state, or the needs in one state page by page."""
    seen = group_seen(request, slug)
    board = NeedBoard(seen, request.GET)
    context: dict[str, Any] = {"seen": seen, "tab": "needs", "board": board, "capacities": Capacity.choices}
    context["to_read"] = to_read_count(seen.group) if seen.animates else 0
    return render(request, "concertation/needs/board.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def need_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Name a need, for oneself or for whoever said it aloud."""
    seen = group_seen(request, slug)
    if not seen.animates:
        require(can_take_part(request.user, seen.group, seen.member))
    capacity = seen.member.capacity if seen.member else Capacity.TENANT
    sent = request.POST if request.method == "POST" else None
    form = NeedForm(sent, group=seen.group, asks_who=seen.takes_part, initial={"named_as": capacity})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        named_by = seen.member if values.pop("mine", False) else None
        named: list[NamedNeed] = []
        if carried_out(
            form,
            lambda: named.append(name_need(actor=request.user, group=seen.group, values=values, named_by=named_by)),
        ):
            messages.success(request, _("Le besoin est nommé : le groupe le voit à son tableau."))
            return redirect("concertation:need", uid=named[0].uid)
    return _form(request, seen, form, _("Nommer un besoin"), reverse("concertation:needs", args=[slug]))


@require_http_methods(["GET", "HEAD", "POST"])
def need_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a need better."""
    seen, found = need_seen(request, uid)
    require(can_word_need(request.user, found, seen.member))
    sent = request.POST if request.method == "POST" else None
    form = NeedForm(sent, instance=found, group=seen.group, asks_who=False)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        need = NamedNeed.objects.select_related("group").get(pk=found.pk)  # the form wrote on the other one
        if carried_out(form, lambda: word_need(actor=request.user, need=need, values=values)):
            messages.success(request, _("C'est enregistré."))
            return redirect("concertation:need", uid=uid)
    return _form(request, seen, form, _("Récrire le besoin"), reverse("concertation:need", args=[uid]))


def _form(request: HttpRequest, seen: GroupSeen, form: NeedForm, heading: str, cancel: str) -> HttpResponse:
    context = {"seen": seen, "tab": "needs", "form": form, "heading": heading, "cancel_href": cancel}
    return render(request, "concertation/needs/form.html", context, status=422 if form.errors else 200)


@require_safe
def need(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A need: who named it as what, what it rests on, and what came of it."""
    seen, found = need_seen(request, uid)
    return _shown(request, seen, found)


def _shown(
    request: HttpRequest, seen: GroupSeen, found: NamedNeed, form: MoveForm | None = None, status: int = 200
) -> HttpResponse:
    request.shown_named_need = (seen, found)  # type: ignore[attr-defined]
    initial = {"state": found.state, "seen": found.state}
    context: dict[str, Any] = {
        "seen": seen,
        "tab": "needs",
        "need": found,
        "steps": list(found.steps.select_related("meeting").order_by("-at", "-id")),
        "evidence": evidence_of(found, request.user),
        "waits": found.declined or found.state == NeedState.PROPOSED,
        "words": bool(can_word_need(request.user, found, seen.member)),
    }
    if seen.animates:
        context["form"] = form or MoveForm(group=seen.group, initial=initial)
    return render(request, "concertation/needs/need.html", context, status=status)


@require_POST
def need_move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what came of a need."""
    seen, found = need_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    form, status = MoveForm(request.POST, group=seen.group), 422
    if form.is_valid():
        data = form.cleaned_data
        said = {"state": data["state"], "text": data["text"], "meeting": data.get("meeting"), "seen": data["seen"]}
        try:
            move_need(actor=request.user, need=found, **said)
            messages.success(request, _("C'est noté."))
            return redirect("concertation:need", uid=uid)
        except NeedMoved as refusal:
            found.state, status = refusal.need.state, 409
            form.data = form.data.copy()
            form.data["seen"] = found.state  # said again, it is said of what the page now shows
            form.add_error(None, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            form.add_error("text", refusal.messages)
    return _shown(request, seen, found, form, status)


@require_POST
def need_support(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A member lives the need too, or no longer says so."""
    seen, found = need_seen(request, uid)
    require(can_take_part(request.user, seen.group, seen.member))
    support_need(actor=request.user, need=found, gives=request.POST.get("appui") == "oui")
    return redirect("concertation:need", uid=uid)


@require_POST
def need_show(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let anybody read the need, or keep it in the group."""
    seen, found = need_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    try:
        shown = show_need(actor=request.user, need=found, is_public=request.POST.get("public") == "oui")
        said = (
            _("Le besoin se lit maintenant sans compte.") if shown.is_public else _("Le besoin reste dans le groupe.")
        )
        messages.success(request, said)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("concertation:need", uid=uid)
