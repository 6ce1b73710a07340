"""Follow-ups of a group: who does what for when, and whether it is done."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.enums import FollowUpState
from maillage.concertation.models import AgendaItem, FollowUp, Group, Meeting, Member
from maillage.concertation.permissions import can_animate
from maillage.concertation.promises import can_mark_follow_up
from maillage.core.errors import Refused, require
from maillage.core.services import audit, write

ADDED, EDITED = "concertation.follow_up_added", "concertation.follow_up_edited"


class FollowUpMoved(Refused):
    """Somebody said otherwise meanwhile; `follow_up` is how it stands now."""

    def __init__(self, follow_up: FollowUp) -> None:
        super().__init__(_("Ce suivi a changé entre-temps : voici où il en est."))
        self.follow_up = follow_up


@transaction.atomic
def add_follow_up(
    *,
    actor: Any,
    group: Group,
    values: Mapping[str, Any],
    members: Iterable[Member] = (),
    meeting: Meeting | None = None,
    item: AgendaItem | None = None,
) -> FollowUp:
    """Write what somebody of `group` promised. Raises `NotAllowed`, `Refused` (a member of another group), `ValidationError`."""
    require(can_animate(actor, group))
    doers = _of_group(group, members)
    follow_up = FollowUp(group=group, meeting=meeting, item=item)
    written = write(actor=actor, obj=follow_up, values=values, new=ADDED, changed=EDITED).obj
    written.members.set(doers)
    return written


@transaction.atomic
def edit_follow_up(
    *, actor: Any, follow_up: FollowUp, values: Mapping[str, Any], members: Iterable[Member], revision: int
) -> FollowUp:
    """Change what was promised, by whom, for when. Raises as `add_follow_up`, and `FollowUpMoved` when it changed meanwhile."""
    require(can_animate(actor, follow_up.group))
    held = held_follow_up(pk=follow_up.pk)
    if held.revision != revision:
        raise FollowUpMoved(held)
    doers = _of_group(held.group, members)
    before = sorted(held.members.values_list("pk", flat=True))
    after = sorted(member.pk for member in doers)
    given = dict(values)
    if (given.get("due_on"), after) != (held.due_on, before):
        given["reminded_at"] = None  # another day or other people: they hear of it anew
    written = write(actor=actor, obj=held, values=given, new=ADDED, changed=EDITED).obj
    if before != after:
        held.members.set(doers)
        audit(
            actor=actor, verb="concertation.follow_up_given", obj=held, changes={"members": [len(before), len(after)]}
        )
    written.revision += 1
    written.save(update_fields=["revision"])
    return written


@transaction.atomic
def mark_follow_up(*, actor: Any, follow_up: FollowUp, state: str, seen: str = "", outcome: str = "") -> FollowUp:
    """Say that it is done, left aside or to be done again. Saying the same thing twice is saying it once.

    `seen` is the state that the person had in sight. Raises `NotAllowed`, `FollowUpMoved` or `Refused`.
    """
    require(can_mark_follow_up(actor, follow_up))
    if state not in FollowUpState.values:
        raise Refused(_("Dites si ce suivi est fait, à faire ou laissé de côté."))
    if len(outcome) > 500:
        raise Refused(_("Ce qui en est ressorti compte plus de 500 caractères : raccourcissez-le."))
    held = held_follow_up(pk=follow_up.pk)
    if held.state == state and (not outcome or held.outcome == outcome):
        return held
    if seen and held.state != seen:
        raise FollowUpMoved(held)
    changes = {"state": [held.state, state]}
    held.state, held.outcome = state, outcome or ("" if state == FollowUpState.OPEN else held.outcome)
    held.done_on = timezone.localdate() if state == FollowUpState.DONE else None
    held.revision += 1
    held.save(update_fields=["state", "outcome", "done_on", "revision"])
    audit(actor=actor, verb="concertation.follow_up_marked", obj=held, changes=changes)
    return held


@transaction.atomic
def remove_follow_up(*, actor: Any, follow_up: FollowUp) -> None:
    """Take back a follow-up written by mistake. Raises `NotAllowed`, or `Refused` once something was said of it."""
    require(can_animate(actor, follow_up.group))
    held = held_follow_up(pk=follow_up.pk)
    if held.state != FollowUpState.OPEN:
        raise Refused(_("Ce suivi a déjà sa suite : il reste au registre."))
    audit(actor=actor, verb="concertation.follow_up_removed", obj=held)
    held.delete()


def held_follow_up(*, pk: int) -> FollowUp:
    """The follow-up as it is now, held until the end of the transaction. `Refused` when it was removed."""
    held = FollowUp.objects.select_for_update(of=("self",)).select_related("group").filter(pk=pk).first()
    if held is None:
        raise Refused(_("Ce suivi a été retiré entre-temps."))
    return held


def _of_group(group: Group, members: Iterable[Member]) -> list[Member]:
    doers = list(members)
    if any(member.group_id != group.pk for member in doers):
        raise Refused(_("Une personne choisie n'est pas membre de ce groupe."))
    return doers
