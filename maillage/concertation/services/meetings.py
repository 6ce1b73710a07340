"""Writes meetings: made, changed, held, called off, put back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.enums import MeetingState
from maillage.concertation.models import Group, Meeting
from maillage.concertation.permissions import can_animate
from maillage.core.errors import Refused, require
from maillage.core.services import Written, write

from .agenda_start import start_agenda
from .meeting_lock import locked
from .meeting_mail import Letter, tell
from .meeting_versions import NEW, TOLD, rewrite

EDITED = "concertation.meeting_edited"


class MeetingMoved(Refused):
    """Somebody else wrote the meeting meanwhile; `meeting` is what it says now."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(_("Quelqu'un a modifié cette rencontre pendant que vous l'aviez sous les yeux."))
        self.meeting = meeting


@transaction.atomic
def save_meeting(
    *, actor: Any, group: Group, meeting: Meeting | None = None, seen: datetime | None = None, **values: Any
) -> Written[Meeting]:
    """Make a meeting of `group`, or change `meeting`; only the `values` given are touched.

    `seen` is when the version that the person had in sight was written: a later one refuses (`MeetingMoved`). Raises
    `ValidationError` with sentences by field. A meeting without dates waits for one (`CHOOSING`).
    """
    require(can_animate(actor, group))
    if meeting is None:
        state = MeetingState.PLANNED if values.get("starts_at") else MeetingState.CHOOSING
        made = write(actor=actor, obj=Meeting(group=group), values={"state": state} | values, new=NEW, changed=EDITED)
        start_agenda(meeting=made.obj)
        return made
    meeting = locked(meeting=meeting)
    if seen is not None and meeting.updated_at != seen:
        raise MeetingMoved(meeting)
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(_("Cette rencontre est annulée : remettez-la à l'horaire avant de la modifier."))
    if meeting.state == MeetingState.CHOOSING and values.get("starts_at"):
        values = {"state": MeetingState.PLANNED} | values
    before = (meeting.starts_at, meeting.ends_at)
    written = rewrite(actor=actor, meeting=meeting, values=values, verb=EDITED)
    if TOLD & written.changes.keys() and meeting.state == MeetingState.PLANNED and _is_ahead(meeting):
        moved = "starts_at" in written.changes or "ends_at" in written.changes
        tell(meeting=meeting, letter=Letter("changed", before=before if moved and before[0] else None))
    return written


@transaction.atomic
def mark_held(*, actor: Any, meeting: Meeting, held: bool = True) -> Meeting:
    """Say that a meeting took place, or take it back."""
    require(can_animate(actor, meeting.group))
    meeting = locked(meeting=meeting)
    if meeting.state == (MeetingState.HELD if held else MeetingState.PLANNED):
        return meeting
    if meeting.state not in (MeetingState.PLANNED, MeetingState.HELD):
        raise Refused(_("Seule une rencontre prévue peut être dite tenue."))
    if held and meeting.starts_at is not None and meeting.starts_at > timezone.now():
        raise Refused(_("Cette rencontre n'a pas encore commencé : elle se dira tenue ensuite."))
    state = MeetingState.HELD if held else MeetingState.PLANNED
    return rewrite(actor=actor, meeting=meeting, values={"state": state}, verb="concertation.meeting_held").obj


@transaction.atomic
def cancel_meeting(*, actor: Any, meeting: Meeting, reason: str = "") -> Meeting:
    """Call a meeting off and say so to everybody concerned. Doing it twice is doing it once."""
    require(can_animate(actor, meeting.group))
    meeting = locked(meeting=meeting)
    if meeting.state == MeetingState.CANCELLED:
        return meeting
    if meeting.state == MeetingState.HELD:
        raise Refused(_("Cette rencontre a eu lieu : elle ne s'annule plus."))
    values = {"state": MeetingState.CANCELLED, "cancel_reason": " ".join(reason.split())}
    rewrite(actor=actor, meeting=meeting, values=values, verb="concertation.meeting_cancelled")
    if meeting.starts_at is None or _is_ahead(meeting):
        tell(meeting=meeting, letter=Letter("cancelled"))
    return meeting


@transaction.atomic
def restore_meeting(*, actor: Any, meeting: Meeting) -> Meeting:
    """Put a meeting that was called off back where it was, and say so to everybody concerned."""
    require(can_animate(actor, meeting.group))
    meeting = locked(meeting=meeting)
    if meeting.state != MeetingState.CANCELLED:
        return meeting
    state = MeetingState.PLANNED if meeting.starts_at and meeting.ends_at else MeetingState.CHOOSING
    values = {"state": state, "cancel_reason": ""}
    rewrite(actor=actor, meeting=meeting, values=values, verb="concertation.meeting_restored")
    if _is_ahead(meeting):
        tell(meeting=meeting, letter=Letter("restored"))
    return meeting


def _is_ahead(meeting: Meeting) -> bool:
    return meeting.starts_at is not None and meeting.starts_at > timezone.now()
