"""Needs that a programme raises from its referrals without answer: a group takes one up, and the journal hears what came of it."""

from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.concertation.enums import ANIMATING, Capacity, EvidenceKind, GroupState, NeedState
from maillage.concertation.models import Group, Member, NamedNeed, NeedEvidence, NeedStep
from maillage.concertation.permissions import can_animate
from maillage.core.errors import Refused, require
from maillage.core.public_address import public_url
from maillage.core.services import queue_mail
from maillage.journal.enums import RaisedState
from maillage.journal.models import RaisedNeed
from maillage.journal.services import answer_need

TOLD = {
    NeedState.OPEN: RaisedState.TAKEN_UP,
    NeedState.TAKEN_UP: RaisedState.TAKEN_UP,
    NeedState.ANSWERED: RaisedState.ANSWERED,
    NeedState.SET_ASIDE: RaisedState.CLOSED,
}

HEARD = {
    RaisedState.TAKEN_UP: NeedState.TAKEN_UP,
    RaisedState.ANSWERED: NeedState.ANSWERED,
    RaisedState.CLOSED: NeedState.SET_ASIDE,
}


@transaction.atomic
def take_up(*, actor: Any, group: Group, raised: RaisedNeed) -> NamedNeed:
    """Put a raised need on the group's board, its referrals as evidence, and tell the journal that it is carried.

    Twice by the same group is once. Raises `NotAllowed`, or `Refused` when the programme is not the group's, another
    group has the need, or it was closed.
    """
    from .needs import new_need

    require(can_animate(actor, group))
    raised = RaisedNeed.objects.select_for_update(of=("self",)).select_related("program", "need").get(pk=raised.pk)
    if not group.programs.filter(pk=raised.program_id).exists():
        raise Refused(_("Ce besoin vient d'un programme auquel le groupe n'est pas lié."))
    taken = NamedNeed.objects.filter(raised=raised).select_related("group").order_by("id").first()
    if taken is not None:
        if taken.group_id == group.pk:
            return taken
        raise Refused(_("Un autre groupe porte déjà ce besoin."))
    if raised.state in (RaisedState.ANSWERED, RaisedState.CLOSED):
        raise Refused(_("Ce besoin a déjà sa réponse : il n'y a plus rien à porter."))
    values = {"statement": raised.statement, "term": raised.need, "raised": raised, "named_as": Capacity.COMMUNITY}
    need = new_need(group=group, state=NeedState.TAKEN_UP, values=values, actor=actor)
    NeedStep.objects.create(need=need, state=need.state, by_label=str(actor)[:200])
    NeedEvidence.objects.create(need=need, kind=EvidenceKind.REFERRALS, added_by_label=str(actor)[:200])
    tell_journal(actor=actor, need=need)
    return need


def tell_journal(*, actor: Any, need: NamedNeed) -> None:
    """Say to the journal what came of the raised need that `need` answers; nothing for one that was named otherwise."""
    if need.raised is not None and need.state in TOLD:
        answer_need(actor=actor, need=need.raised, state=TOLD[NeedState(need.state)])


def hear_raised(*, need: RaisedNeed, actor: Any, **_more: Any) -> None:
    """A need was raised in a programme: whoever animates one of its groups is told once that they may take it up."""
    alive = Group.objects.filter(programs=need.program_id).exclude(state=GroupState.ENDED)
    animating = Member.objects.current().filter(group__in=alive.order_by().values("pk"), role__in=ANIMATING)
    told: set[str] = set()
    for member in animating.select_related("group", "person__user").order_by("group_id", "id"):
        to = (member.person.user.email if member.person.user else member.person.email).strip().lower()
        if not to or to in told or (actor is not None and member.person.user_id == actor.pk):
            continue
        told.add(to)
        address = public_url(reverse("concertation:raised", args=[member.group.slug]))
        said = {"need": need, "group": member.group, "address": address}
        queue_mail(
            event=f"raised_need.{need.uid}",
            to=to,
            subject=_("Un besoin à porter : {group}").format(group=member.group.name),
            text=render_to_string("concertation/mail/need_raised.txt", said),
            topic=f"group.{member.group_id}.follow_ups",
        )


def hear_answered(*, need: RaisedNeed, actor: Any, **_more: Any) -> None:
    """The coordination said in the journal what became of a raised need: the board of the group that has it says so too."""
    from .needs import held_need, step

    taken = NamedNeed.objects.filter(raised=need).order_by("id").first()
    if taken is None or need.state not in HEARD or TOLD.get(NeedState(taken.state)) == need.state:
        return
    step(held=held_need(pk=taken.pk), state=HEARD[RaisedState(need.state)], text="", actor=actor)
