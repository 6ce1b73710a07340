"""Each version of a meeting that calendars must hear of is numbered."""

from collections.abc import Mapping
from typing import Any

from maillage.concertation.models import Meeting
from maillage.core.services import Outcome, Written, write

from .registrations import fill_places

NEW = "concertation.meeting_added"
# What a calendar shows: a change of it makes a new version of the event.
IN_CALENDARS = {"title", "purpose", "starts_at", "ends_at", "place", "address", "online_url", "state"}

# What those who come must hear of.
TOLD = {"starts_at", "ends_at", "place", "address", "online_url"}


def rewrite(*, actor: Any, meeting: Meeting, values: Mapping[str, Any], verb: str) -> Written[Meeting]:
    """Change a locked meeting; what calendars show of it makes its `sequence` grow, and more places go to those who wait."""
    shown = any(getattr(meeting, name) != value for name, value in values.items() if name in IN_CALENDARS)
    sequence = {"sequence": meeting.sequence + 1} if shown else {}
    written = write(actor=actor, obj=meeting, values={**values, **sequence}, new=NEW, changed=verb)
    if written.outcome is Outcome.CHANGED:
        meeting.refresh_from_db(fields=["updated_at"])
        if "capacity" in written.changes:
            fill_places(meeting=meeting)
    return written
