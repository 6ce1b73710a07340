"""Needs named without account: proposed by anybody, then welcomed or declined by somebody of the group who reads them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.concertation.enums import NeedState
from maillage.concertation.models import Group, NamedNeed, NeedStep
from maillage.concertation.needs.outside import takes_needs
from maillage.concertation.needs.words import check_words
from maillage.concertation.permissions import can_animate
from maillage.core.errors import Refused, require
from maillage.core.services import audit

from .needs import MAX_WORDS, held_need, new_need

MOST_WAITING = 200  # needs of a group that nobody has read yet


@transaction.atomic
def propose_need(*, group: Group, values: Mapping[str, Any], uid: UUID) -> NamedNeed:
    """Name a need without account; somebody of the group reads it before the others do.

    `uid` was drawn with the form: the same form sent twice names one need. Nothing is kept of who wrote. Raises
    `Refused` (the group takes none, or too many wait) or `ValidationError` by field.
    """
    held = Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    if not takes_needs(held):
        raise Refused(_("Ce groupe ne reçoit pas de besoins sans compte en ce moment."))
    before = NamedNeed.objects.filter(uid=uid).first()
    if before is not None and (before.group_id, before.statement) == (held.pk, values.get("statement")):
        return before
    if NamedNeed.objects.to_read().filter(group=held).count() >= MOST_WAITING:
        raise Refused(_("Beaucoup de besoins attendent déjà d'être lus : revenez dans quelques jours."))
    check_words(held, statement=values.get("statement", ""), details=values.get("details", ""))
    need = new_need(group=held, state=NeedState.PROPOSED, values=values, uid=None if before is not None else uid)
    NeedStep.objects.create(need=need, state=need.state)
    return need


@transaction.atomic
def welcome_need(*, actor: Any, need: NamedNeed, is_public: bool = False) -> NamedNeed:
    """Put a need that was named without account on the group's board; one that was declined too. Twice is once.

    Raises `NotAllowed`.
    """
    require(can_animate(actor, need.group))
    held = held_need(pk=need.pk)
    if held.state != NeedState.PROPOSED and not held.declined:
        return held
    return _read(held, actor, NeedState.OPEN, declined=False, is_public=is_public)


@transaction.atomic
def decline_need(*, actor: Any, need: NamedNeed, text: str) -> NamedNeed:
    """Do not keep a need that was named without account, and say why to whoever holds its code.

    Raises `NotAllowed`, `Refused` (no reason, or the need is on the board) or `ValidationError` (words that say who).
    """
    require(can_animate(actor, need.group))
    held, said = held_need(pk=need.pk), " ".join(text.split())
    if held.declined:
        return held
    if held.state != NeedState.PROPOSED:
        raise Refused(_("Ce besoin est déjà au tableau : dites-en plutôt la suite."))
    if not said:
        raise Refused(_("Dites en quelques mots pourquoi : qui a nommé le besoin le lira avec son code."))
    if len(said) > MAX_WORDS:
        raise Refused(_("Le mot compte plus de 1 000 caractères : raccourcissez-le."))
    check_words(held.group, text=said)
    return _read(held, actor, NeedState.SET_ASIDE, text=said, declined=True)


def _read(
    held: NamedNeed, actor: Any, state: str, text: str = "", declined: bool = False, is_public: bool = False
) -> NamedNeed:
    before, held.state, held.declined, held.is_public = held.state, state, declined, is_public
    held.save(update_fields=["state", "declined", "is_public", "updated_at"])
    NeedStep.objects.create(need=held, state=state, text=text, by_label=str(actor)[:200])
    audit(actor=actor, verb="concertation.need_read", obj=held, changes={"state": [before, state]})
    return held
