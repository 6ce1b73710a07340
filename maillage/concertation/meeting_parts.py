"""What the sections of a meeting's page read: one function a section, each in the module of its subject.

The templates of the sections stand in `concertation/meeting/_*.html`; the page includes them all.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from maillage.core.parts import gathered

from .agenda import PROPOSALS_WAITING, agenda_part
from .community.parts import meeting_questions_part
from .documents import documents_part
from .meeting_attendance import attendance_part, registration_part
from .minutes_parts import DECISIONS_TAKEN, MINUTES_PUBLISHED, MINUTES_STATE, minutes_part
from .models import Meeting
from .poll import poll_part
from .queries import GroupSeen

Part = Callable[[HttpRequest, GroupSeen, Meeting], dict[str, Any]]

PARTS: list[Part] = [
    agenda_part,
    documents_part,
    poll_part,
    registration_part,
    attendance_part,
    minutes_part,
    meeting_questions_part,
]

# What the page reads with the meeting itself, in its own query: numbers that sections need, each under a name of its own.
ANNOTATIONS: dict[str, Any] = {
    "proposals_waiting": PROPOSALS_WAITING,
    "minutes_state": MINUTES_STATE,
    "minutes_published": MINUTES_PUBLISHED,
    "decisions_taken": DECISIONS_TAKEN,
}


def parts_of(request: HttpRequest, seen: GroupSeen, meeting: Meeting) -> dict[str, Any]:
    """What all the sections of the page of `meeting` need."""
    return gathered(PARTS, request, seen, meeting)
