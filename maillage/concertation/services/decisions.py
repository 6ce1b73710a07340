"""The register of decisions: one number after the other within a group, whatever the meeting."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.enums import DecisionWay
from maillage.concertation.models import AgendaItem, Decision, Group, Meeting
from maillage.concertation.permissions import can_animate
from maillage.core.errors import Refused, require
from maillage.core.services import Written, audit, write

from .notes import held_minutes, refuse_unless_draft

COUNTS = ("votes_for", "votes_against", "abstentions")


@transaction.atomic
def record_decision(
    *,
    actor: Any,
    group: Group,
    values: Mapping[str, Any],
    meeting: Meeting | None = None,
    item: AgendaItem | None = None,
) -> Decision:
    """Write a decision of `group` with the next number; of a meeting, on its day, unless `decided_on` says another.

    Raises `NotAllowed`, `Refused` when the meeting's minutes no longer change, `ValidationError`.
    """
    require(can_animate(actor, group))
    if meeting is not None:
        refuse_unless_draft(minutes=held_minutes(meeting=meeting))
    held = Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    last = Decision.objects.filter(group=held).aggregate(last=Max("number"))["last"] or 0
    decision = Decision(group=held, meeting=meeting, item=item, number=last + 1)
    given = {"decided_on": _day(meeting), **_settled(values)}
    return write(
        actor=actor,
        obj=decision,
        values=given,
        new="concertation.decision_recorded",
        changed="concertation.decision_edited",
    ).obj


@transaction.atomic
def edit_decision(*, actor: Any, decision: Decision, values: Mapping[str, Any]) -> Written[Decision]:
    """Correct a decision while its minutes are a draft. Raises `NotAllowed`, `Refused`, `ValidationError`."""
    require(can_animate(actor, decision.group))
    if decision.meeting is not None:
        refuse_unless_draft(minutes=held_minutes(meeting=decision.meeting))
    return write(
        actor=actor,
        obj=decision,
        values=_settled(values),
        new="concertation.decision_recorded",
        changed="concertation.decision_edited",
    )


@transaction.atomic
def remove_decision(*, actor: Any, decision: Decision) -> None:
    """Take back a decision written by mistake, while its minutes are a draft; its number may serve again if it is the last."""
    require(can_animate(actor, decision.group))
    if decision.meeting is None:
        raise Refused(_("Une décision prise hors rencontre ne s'efface pas : inscrivez celle qui la remplace."))
    refuse_unless_draft(minutes=held_minutes(meeting=decision.meeting))
    audit(actor=actor, verb="concertation.decision_removed", obj=decision)
    decision.delete()


@transaction.atomic
def replace_decision(*, actor: Any, decision: Decision, by: Decision | None) -> Decision:
    """Say that a later decision of the group replaces this one (None: it stands again). Raises `NotAllowed` or `Refused`."""
    require(can_animate(actor, decision.group))
    if by is not None and by.group_id != decision.group_id:
        raise Refused(_("La décision qui remplace appartient à un autre groupe."))
    if by is not None and by.number <= decision.number:
        raise Refused(_("Une décision ne peut être remplacée que par une plus récente."))
    before = decision.replaced_by
    if before != by:
        decision.replaced_by = by
        decision.save(update_fields=["replaced_by"])
        said = [before.number if before else None, by.number if by else None]
        audit(actor=actor, verb="concertation.decision_replaced", obj=decision, changes={"replaced_by": said})
    return decision


def _settled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Votes are counted for a decision made by vote only."""
    given = dict(values)
    if given.get("decided_on") is None:
        given.pop("decided_on", None)
    if given.get("way") not in (None, DecisionWay.VOTE):
        given |= dict.fromkeys(COUNTS)
    return given


def _day(meeting: Meeting | None) -> date:
    return timezone.localdate(meeting.starts_at) if meeting and meeting.starts_at else timezone.localdate()
