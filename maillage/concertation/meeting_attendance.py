"""What a meeting's page says of registrations and attendance: mine, and what it comes to."""

from typing import Any

from django.http import HttpRequest

from .attendance_list import guests_of, summary, total_of
from .attesting import may_be_attested
from .enums import MeetingState, RegistrationState
from .models import Meeting
from .queries import GroupSeen
from .registering import LIVE, closed_because, standing_of

READ = ("uid", "meeting", "person", "state", "rank", "presence")  # what the section shows of a registration


def registration_part(request: HttpRequest, seen: GroupSeen, meeting: Meeting) -> dict[str, Any]:
    """Of registrations, in one query: none where the meeting asks for none."""
    if not meeting.takes_registrations:
        return {"registering": None}
    live = list(meeting.registrations.filter(state__in=LIVE).order_by("rank").only(*READ))
    person = seen.member.person_id if seen.member else None
    mine = next((one for one in live if person is not None and one.person_id == person), None)
    waiting = [one.pk for one in live if one.state == RegistrationState.WAITING]
    return {
        "registering": {
            "mine": mine,
            "line": waiting.index(mine.pk) + 1 if mine and mine.pk in waiting else 0,
            "standing": standing_of(meeting, (one.state for one in live)),
            "closed": closed_because(meeting),
        }
    }


def attendance_part(request: HttpRequest, seen: GroupSeen, meeting: Meeting) -> dict[str, Any]:
    """Of attendance: by capacity for the members, and one's own attestation."""
    lines = summary(meeting, guests_of(meeting))
    mine = None
    if seen.member is not None and may_be_attested(meeting):
        mine = meeting.attendances.filter(person=seen.member.person_id).first()
    return {
        "attending": {
            "lines": lines,
            "total": total_of(lines),
            "mine": mine,
            "notes": seen.animates and meeting.state in (MeetingState.PLANNED, MeetingState.HELD),
        }
    }
