"""Writes the agenda of a meeting: its items, their order, what is carried from an earlier meeting, what members propose."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.enums import MeetingState, MinutesState
from maillage.concertation.models import AgendaItem, Meeting, Minutes, ProposedItem
from maillage.concertation.permissions import can_animate, can_take_part
from maillage.core.errors import Refused, require
from maillage.core.services import Written, audit, write

from .meeting_lock import locked

ADDED, EDITED = "concertation.item_added", "concertation.item_edited"
MOVED, REMOVED = "concertation.item_moved", "concertation.item_removed"
PROPOSED, ANSWERED = "concertation.item_proposed", "concertation.item_answered"
MOST = 100  # items of one agenda


@transaction.atomic
def add_item(*, actor: Any, meeting: Meeting, **values: Any) -> AgendaItem:
    """Put an item at the end of the agenda. `values`: title, kind, details, minutes, led_by, led_by_name."""
    meeting = _open(actor, meeting)
    return _append(actor, meeting, values)


@transaction.atomic
def edit_item(*, actor: Any, item: AgendaItem, **values: Any) -> Written[AgendaItem]:
    """Change an item; what the minutes say of it is written elsewhere."""
    _open(actor, item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    return write(actor=actor, obj=item, values=values, new=ADDED, changed=EDITED)


@transaction.atomic
def move_item(*, actor: Any, item: AgendaItem, up: bool) -> None:
    """Exchange an item with the one above (or below) it; the first does not go higher."""
    meeting = _open(actor, item.meeting)
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "id"))
    here = next((rank for rank, one in enumerate(items) if one.pk == item.pk), None)
    there = None if here is None else here - 1 if up else here + 1
    if here is None or there is None or not 0 <= there < len(items):
        return
    items[here], items[there] = items[there], items[here]
    for rank, one in enumerate(items, start=1):
        if one.position != rank:
            AgendaItem.objects.filter(pk=one.pk).update(position=rank)
    audit(actor=actor, verb=MOVED, obj=meeting, changes={"items": [here + 1, there + 1]})


@transaction.atomic
def remove_item(*, actor: Any, item: AgendaItem) -> None:
    """Take an item off the agenda. One of which something was noted or decided stays."""
    _open(actor, item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.notes.strip() or item.decisions.exists() or item.follow_ups.exists():
        raise Refused(_("Ce point porte des notes, une décision ou un suivi : il reste à l'ordre du jour."))
    audit(actor=actor, verb=REMOVED, obj=item)
    item.delete()


@transaction.atomic
def carry_items(*, actor: Any, meeting: Meeting, items: Iterable[AgendaItem]) -> int:
    """Take up items of earlier meetings of the same group; how many were not there yet."""
    meeting = _open(actor, meeting)
    there = set(AgendaItem.objects.filter(meeting=meeting).values_list("carried_from", flat=True))
    carried = 0
    for item in items:
        if item.meeting.group_id != meeting.group_id or item.meeting_id == meeting.pk or item.pk in there:
            continue
        names = ("title", "kind", "details", "minutes", "led_by", "led_by_name")
        _append(actor, meeting, {name: getattr(item, name) for name in names} | {"carried_from": item})
        carried += 1
    return carried


@transaction.atomic
def propose_item(*, actor: Any, meeting: Meeting, member: Any, **values: Any) -> ProposedItem:
    """A member asks that something be spoken of. `values`: title, kind, details, minutes."""
    require(can_take_part(actor, meeting.group, member))
    meeting = locked(meeting=meeting)
    _refuse_closed(meeting)
    if meeting.state == MeetingState.HELD:
        raise Refused(_("Cette rencontre a eu lieu : proposez ce point à la prochaine."))
    if meeting.proposed_items.filter(item=None, declined_at=None).count() >= MOST:
        raise Refused(_("Beaucoup de points attendent déjà une réponse. Parlez à l'animation du groupe."))
    proposal = ProposedItem(meeting=meeting)
    return write(
        actor=actor, obj=proposal, values={"proposed_by": member, **values}, new=PROPOSED, changed=PROPOSED
    ).obj


@transaction.atomic
def answer_proposal(*, actor: Any, proposal: ProposedItem, accept: bool, answer: str = "") -> ProposedItem:
    """Take a proposed item in the agenda, led by who proposed it, or decline it with a word. Answered once only."""
    meeting = _open(actor, proposal.meeting)
    proposal = ProposedItem.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if proposal.item_id or proposal.declined_at:
        return proposal
    values: dict[str, Any] = {"answer": " ".join(answer.split())}
    if accept:
        said = {name: getattr(proposal, name) for name in ("title", "kind", "details", "minutes")}
        values["item"] = _append(actor, meeting, said | {"led_by": proposal.proposed_by})
    else:
        values["declined_at"] = timezone.now()
    return write(actor=actor, obj=proposal, values=values, new=PROPOSED, changed=ANSWERED).obj


def _open(actor: Any, meeting: Meeting) -> Meeting:
    """The meeting, locked, when its agenda may still change."""
    require(can_animate(actor, meeting.group))
    meeting = locked(meeting=meeting)
    _refuse_closed(meeting)
    return meeting


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(_("Cette rencontre est annulée : son ordre du jour ne change plus."))
    if Minutes.objects.filter(meeting=meeting, state=MinutesState.ADOPTED).exists():
        raise Refused(_("Le procès-verbal de cette rencontre est adopté : son ordre du jour ne change plus."))


def _append(actor: Any, meeting: Meeting, values: dict[str, Any]) -> AgendaItem:
    found = AgendaItem.objects.filter(meeting=meeting)
    if found.count() >= MOST:
        raise Refused(_("Un ordre du jour compte au plus {most} points.").format(most=MOST))
    last = found.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem(meeting=meeting)
    return write(actor=actor, obj=item, values={"position": last + 1, **values}, new=ADDED, changed=EDITED).obj
