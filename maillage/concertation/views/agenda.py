"""The agenda of a meeting: read by all, prepared by those who animate, with what members propose."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.concertation.agenda import agenda_of, items_of, proposals_of, to_carry
from maillage.concertation.forms.agenda import ItemEditForm, ItemForm, ProposalForm
from maillage.concertation.models import AgendaItem, Meeting
from maillage.concertation.permissions import can_animate, can_take_part
from maillage.concertation.queries import GroupSeen, meeting_seen
from maillage.concertation.services.agenda import (
    add_item,
    answer_proposal,
    carry_items,
    edit_item,
    move_item,
    propose_item,
    remove_item,
)
from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.text import as_number, as_uid

from .meetings import take


@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The agenda; those who animate add to it here."""
    seen, meeting = meeting_seen(request, uid)
    if request.method != "POST":
        return _shown(request, seen, meeting, ItemForm(group=seen.group))
    require(can_animate(request.user, seen.group, seen.member))
    form = ItemForm(request.POST, group=seen.group)
    if form.is_valid():
        try:
            add_item(actor=request.user, meeting=meeting, **form.cleaned_data)
            return redirect("concertation:agenda", uid)
        except ValidationError as refused:
            take(form, refused)
        except Refused as refused:
            form.add_error(None, str(refused))
    return _shown(request, seen, meeting, form, 422)


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, uid: UUID, item: UUID) -> HttpResponse:
    """Change an item."""
    seen, meeting, found = _item(request, uid, item)
    form = ItemEditForm(request.POST if request.method == "POST" else None, group=seen.group, item=found)
    if request.method == "POST" and form.is_valid():
        try:
            changes = form.changes()
            if form.is_valid():
                edit_item(actor=request.user, item=found, **changes)
                return redirect("concertation:agenda", uid)
        except ValidationError as refused:
            take(form, refused)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
    shown = {"seen": seen, "tab": "meetings", "meeting": meeting, "form": form, "item": found}
    shown["before"] = [(form.add_initial_prefix(name), value) for name, value in form.initial.items()]
    return render(request, "concertation/agenda/item.html", shown, status=422 if form.errors else 200)


@require_POST
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put an item one line higher or lower (`up:UID`, `down:UID`), or take it off (`remove:UID`).

    What a removed item said is kept in the session, so that it can be put back.
    """
    do, _colon, named = request.POST.get("do", "").partition(":")
    item = as_uid(named)
    if item is None or do not in ("up", "down", "remove"):
        raise Http404
    _seen, meeting, found = _item(request, uid, item)
    if do != "remove":
        return _done(request, meeting, lambda: move_item(actor=request.user, item=found, up=do == "up"))
    kept = {name: getattr(found, name) for name in ("title", "kind", "minutes", "details", "led_by_name")}
    kept |= {"uid": str(found.uid), "led_by": found.led_by_id}

    def act() -> None:
        remove_item(actor=request.user, item=found)
        request.session["removed_item"] = kept

    return _done(request, meeting, act, f"?retire={found.uid}")


@require_POST
def carry(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take up the checked items of earlier meetings."""
    seen, meeting = meeting_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    wanted = [number for text in request.POST.getlist("item") if (number := as_number(text)) is not None]
    items = AgendaItem.objects.filter(pk__in=wanted, meeting__group=seen.group).select_related("meeting")
    chosen = list(items.order_by("meeting__starts_at", "position", "id"))
    return _done(request, meeting, lambda: carry_items(actor=request.user, meeting=meeting, items=chosen))


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A member proposes an item."""
    seen, meeting = meeting_seen(request, uid)
    require(can_take_part(request.user, seen.group, seen.member))
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            propose_item(actor=request.user, meeting=meeting, member=seen.member, **form.cleaned_data)
            messages.success(request, _("C'est proposé. L'animation du groupe vous répondra ici."))
            return redirect("concertation:agenda", uid)
        except ValidationError as refused:
            take(form, refused)
        except Refused as refused:
            form.add_error(None, str(refused))
    shown = {"seen": seen, "tab": "meetings", "meeting": meeting, "form": form}
    return render(request, "concertation/agenda/propose.html", shown, status=422 if form.errors else 200)


@require_POST
def answer(request: HttpRequest, uid: UUID, proposal: UUID) -> HttpResponse:
    """Take a proposed item, or decline it."""
    _seen, meeting = meeting_seen(request, uid)
    found = get_object_or_404(meeting.proposed_items.select_related("meeting__group", "proposed_by"), uid=proposal)
    said = {"accept": request.POST.get("do") == "take", "answer": request.POST.get("answer", "")[:300]}
    return _done(request, meeting, lambda: answer_proposal(actor=request.user, proposal=found, **said))


def _item(request: HttpRequest, uid: UUID, item: UUID) -> tuple[GroupSeen, Meeting, AgendaItem]:
    """An item of a meeting that the person sees, for those who animate."""
    seen, meeting = meeting_seen(request, uid)
    found = get_object_or_404(AgendaItem.objects.select_related("meeting__group"), uid=item, meeting=meeting)
    require(can_animate(request.user, seen.group, seen.member))
    return seen, meeting, found


def _done(request: HttpRequest, meeting: Meeting, act: Any, query: str = "") -> HttpResponse:
    """Do it, then back to the agenda."""
    try:
        act()
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        query = ""
    answer = redirect("concertation:agenda", meeting.uid)
    answer.headers["Location"] += query
    return answer


def _shown(request: HttpRequest, seen: GroupSeen, meeting: Meeting, form: ItemForm, status: int = 200) -> HttpResponse:
    gone = request.session.get("removed_item") or {}
    asked = as_uid(request.GET.get("retire"))
    shown = {
        "seen": seen,
        "tab": "meetings",
        "meeting": meeting,
        "agenda": agenda_of(meeting, list(items_of(meeting))),
        "proposals": proposals_of(meeting),
        "carried": to_carry(meeting) if seen.animates else [],
        "removed": gone if asked and gone.get("uid") == str(asked) else None,
        "form": form,
    }
    return render(request, "concertation/agenda/agenda.html", shown, status=status)
