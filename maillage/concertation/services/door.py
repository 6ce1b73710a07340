"""The secret of a meeting's door: the QR code by which persons say that they are there."""

from typing import Any

from django.db import transaction

from maillage.concertation.arriving import new_secret
from maillage.concertation.models import Meeting
from maillage.concertation.permissions import can_animate
from maillage.core.errors import require
from maillage.core.services import audit

from .meeting_lock import locked


@transaction.atomic
def open_door(*, actor: Any, meeting: Meeting, again: bool = False) -> Meeting:
    """Give the door of a meeting its secret; `again` makes another, and the code that was shown opens nothing any more."""
    require(can_animate(actor, meeting.group))
    meeting = locked(meeting=meeting)
    if not meeting.arrival_secret or again:
        meeting.arrival_secret = new_secret()
        meeting.save(update_fields=["arrival_secret"])
        audit(actor=actor, verb="concertation.door_opened", obj=meeting)
    return meeting
