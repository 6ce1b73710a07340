"""What comes: the next meetings of a group, on its page and on its public sheet."""

from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone

from .enums import MeetingState
from .models import Group, Meeting
from .queries import GroupSeen

SHOWN, SHOWN_OUTSIDE = 3, 6


def next_meetings_part(request: HttpRequest, seen: GroupSeen) -> dict[str, Any]:
    """The next meetings of a group, and those whose date is being chosen, in one query."""
    waits = Q(state=MeetingState.CHOOSING) | Q(state=MeetingState.PLANNED, ends_at__gte=timezone.now())
    found = Meeting.objects.filter(waits, group=seen.group).order_by(F("starts_at").asc(nulls_last=True), "id")
    return {"next_meetings": list(found[:SHOWN])}


def public_meetings_part(request: HttpRequest, group: Group) -> dict[str, Any]:
    """The meetings to come that are announced to everybody."""
    return {"public_meetings": list(Meeting.objects.public().to_come().filter(group=group)[:SHOWN_OUTSIDE])}
