"""What came of a referral: noted by the team, said by a receiver or with the code. One writer for all of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit, differences
from maillage.journal.context import DraftContext
from maillage.journal.enums import LoopState
from maillage.journal.loops import Speaker, first_due, is_closed, next_due, problem_with, problem_with_day
from maillage.journal.models import Referral, ReferralEvent
from maillage.journal.permissions import can_follow
from maillage.journal.screening import screen

from .refusals import IdentitySuspected, ReferralMoved

MAX_NOTE = 300
NOTED, UNDONE = "journal.loop_noted", "journal.loop_undone"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a referral: a state, with its barrier, its date or a few words."""

    state: str
    barrier: str = ""
    proposed_on: date | None = None
    note: str = ""


@transaction.atomic
def note_outcome(*, actor: Any, referral: Referral, said: Said, seen: str = "") -> Referral:
    """Note for the team what came of `referral`. Noting the same thing twice is noting it once.

    `seen` is the state that the person had in sight: another one since then refuses (`ReferralMoved`). Raises also
    `NotAllowed`, `IdentitySuspected` (the note tells who) or `Refused` (the state cannot follow).
    """
    require(can_follow(actor, referral.entry))
    held = held_referral(pk=referral.pk)
    if is_same(held=held, said=said):
        return held
    if seen and held.state != seen:
        raise ReferralMoved(held)
    check_said(held=held, said=said, speaker=Speaker.TEAM)
    say(held=held, said=said, actor=actor, who=str(actor))
    return held


@transaction.atomic
def take_back(*, actor: Any, referral: Referral, seen: str) -> Referral:
    """Undo what was last said of `referral`, provided it is still `seen`: it is again as it was before.

    What was said stays in its history. Raises `NotAllowed`, `ReferralMoved` or `Refused`.
    """
    require(can_follow(actor, referral.entry))
    held = held_referral(pk=referral.pk)
    if held.state != seen:
        raise ReferralMoved(held)
    events = list(held.events.order_by("-at", "-id")[:2])
    if not events:
        raise Refused(_("Il n'y a rien à défaire : personne n'a encore dit ce qui est arrivé."))
    before = events[1] if len(events) > 1 else None
    was = Said(before.state, before.barrier, before.proposed_on) if before else Said(LoopState.GIVEN)
    say(held=held, said=was, actor=actor, who=str(actor), verb=UNDONE)
    return held


@transaction.atomic
def follow_on(*, actor: Any, referral: Referral, due_on: date | None) -> Referral:
    """Choose the day on which `referral` is to be followed (None: nobody chases it). Raises `NotAllowed` or `Refused`."""
    require(can_follow(actor, referral.entry))
    held = held_referral(pk=referral.pk)
    if held.state not in LoopState.values or next_due(held.state, timezone.localdate()) is None:
        raise Refused(_("Cette référence a déjà sa réponse : il n'y a plus rien à relancer."))
    if due_on is not None and (problem := problem_with_day(due_on, timezone.localdate())):
        raise Refused(problem)
    if held.due_on != due_on:
        audit(actor=actor, verb="journal.loop_due", obj=held, changes={"due_on": [str(held.due_on), str(due_on)]})
        held.due_on, held.reminded_at = due_on, None
        held.save(update_fields=["due_on", "reminded_at"])
    return held


def held_referral(*, pk: int) -> Referral:
    """The referral as it is now, held until the end of the transaction. `Refused` when its entry was deleted."""
    found = Referral.objects.select_for_update(of=("self",)).filter(pk=pk)
    held = found.select_related("entry__program", "entry__worker__user", "destination", "kind").first()
    if held is None or held.entry.deleted_at is not None:
        raise Refused(_("L'intervention de cette référence a été supprimée ou corrigée : il n'y a plus rien à suivre."))
    return held


def is_same(*, held: Referral, said: Said) -> bool:
    """Whether the referral already says this."""
    now = (held.state, held.barrier, held.proposed_on)
    return not said.note.strip() and now == (said.state, said.barrier, said.proposed_on)


def check_said(*, held: Referral, said: Said, speaker: Speaker) -> None:
    """Refuse what cannot follow, and words that tell who is meant. Raises `Refused` or `IdentitySuspected`."""
    day = timezone.localdate()
    if problem := problem_with(held.state, said.state, speaker, said.barrier, said.proposed_on, today=day):
        raise Refused(problem)
    if len(said.note.strip()) > MAX_NOTE:
        raise Refused(_("La précision compte plus de 300 caractères : raccourcissez-la."))
    if said.note.strip() and (findings := screen(said.note, lambda: DraftContext(held.entry.program).known_places)):
        raise IdentitySuspected(findings)


def say(*, held: Referral, said: Said, actor: Any, who: str, by_receiver: bool = False, verb: str = NOTED) -> None:
    """Write on the row, in its history and in the audit what is said; the caller holds the row and has checked."""
    before = {"state": held.state, "barrier": held.barrier, "proposed_on": held.proposed_on}
    held.state, held.barrier, held.proposed_on = str(said.state), str(said.barrier), said.proposed_on
    held.state_at, held.reminded_at = timezone.now(), None
    # A closed loop keeps its day, for whoever undoes the closing.
    reopened = verb == UNDONE and is_closed(before["state"]) and held.due_on is not None
    if not is_closed(held.state) and not reopened:
        held.due_on = _due(held, timezone.localdate())
    held.save(update_fields=["state", "barrier", "proposed_on", "state_at", "reminded_at", "due_on"])
    ReferralEvent.objects.create(
        referral=held,
        state=held.state,
        barrier=held.barrier,
        proposed_on=held.proposed_on,
        note=said.note.strip(),
        by_id=getattr(actor, "pk", None),
        by_label=who[:200],
        by_receiver=by_receiver,
    )
    after = {"state": held.state, "barrier": held.barrier, "proposed_on": held.proposed_on}
    changes = differences(before, after) | ({"by_receiver": True} if by_receiver else {})
    audit(actor=actor, verb=verb, obj=held, changes=changes)


def _due(held: Referral, today: date) -> date | None:
    """When the referral is late in its new state; one that is as it was given is chased as a new one, from today on."""
    if held.state != LoopState.GIVEN:
        return next_due(held.state, today, held.proposed_on)
    first = first_due(held.kind.code if held.kind else "", held.entry.date, today)
    return max(first, today) if first else None
