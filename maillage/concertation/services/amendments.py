"""Amendments: what a member would have the minutes say, and what is answered."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.enums import AmendmentState, MinutesState
from maillage.concertation.models import AgendaItem, Amendment, Minutes
from maillage.concertation.permissions import can_animate, can_take_part, member_of
from maillage.core.errors import Refused, require
from maillage.core.services import audit, write

from .notes import held_minutes, plain_text


@transaction.atomic
def propose_amendment(*, actor: Any, minutes: Minutes, text: str, item: AgendaItem | None = None) -> Amendment:
    """Propose a change to minutes that circulate or were adopted. Raises `NotAllowed`, `Refused`, `ValidationError`."""
    group = minutes.meeting.group
    member = member_of(actor, group)
    require(can_take_part(actor, group, member))
    if minutes.state == MinutesState.DRAFT:
        raise Refused(_("Ce procès-verbal est encore un brouillon : l'amendement se propose quand il circule."))
    if item is not None and item.meeting_id != minutes.meeting_id:
        raise Refused(_("Ce point n'est pas de cette rencontre."))
    amendment = Amendment(minutes=minutes, item=item, proposed_by=member)
    values = {"text": plain_text(text=text).strip()}
    return write(
        actor=actor, obj=amendment, values=values, new="concertation.amendment_proposed", changed="", secret=["text"]
    ).obj


@transaction.atomic
def answer_amendment(
    *, actor: Any, amendment: Amendment, accepted: bool, answer: str = "", new_text: str | None = None
) -> Amendment:
    """Accept an amendment, its item then reading `new_text` (None: unchanged), or decline it with a reason.

    An amendment is answered once. Raises `NotAllowed` or `Refused`.
    """
    group = amendment.minutes.meeting.group
    require(can_animate(actor, group))
    minutes = held_minutes(meeting=amendment.minutes.meeting)
    held = Amendment.objects.select_for_update(of=("self",)).select_related("item").get(pk=amendment.pk)
    if held.state != AmendmentState.PROPOSED:
        raise Refused(_("Quelqu'un a déjà répondu à cet amendement."))
    if len(answer) > 500:
        raise Refused(_("La réponse compte plus de 500 caractères : raccourcissez-la."))
    if not accepted and not answer.strip():
        raise Refused(_("Dites en quelques mots pourquoi l'amendement est écarté."))
    held.state = AmendmentState.ACCEPTED if accepted else AmendmentState.DECLINED
    held.answer, held.answered_at = answer.strip(), timezone.now()
    if accepted and new_text is not None and held.item is not None:
        _rewrite(held, held.item, new_text)
    held.save(update_fields=["state", "answer", "answered_at", "before"])
    verb = "concertation.amendment_accepted" if accepted else "concertation.amendment_declined"
    audit(actor=actor, verb=verb, obj=held, changes={"minutes": str(minutes)})
    return held


def _rewrite(amendment: Amendment, item: AgendaItem, new_text: str) -> None:
    text = plain_text(text=new_text, longest=20_000)
    if text == item.notes:
        return
    amendment.before = item.notes
    item.notes, item.notes_revision = text, item.notes_revision + 1
    item.save(update_fields=["notes", "notes_revision"])
