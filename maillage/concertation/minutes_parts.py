"""What minutes, decisions and follow-ups show on a meeting's page and on a group's first page."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Subquery, Value, Window
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from .enums import MeetingState, MinutesState
from .models import Decision, FollowUp, Minutes
from .queries import GroupSeen

SHOWN = 4


# Read with the meeting itself: whether it has minutes, in which state, published or not, and how many decisions.
MINUTES_STATE = Coalesce(
    Subquery(Minutes.objects.filter(meeting=OuterRef("pk")).order_by().values("state")[:1]), Value("")
)
MINUTES_PUBLISHED = Exists(Minutes.objects.filter(meeting=OuterRef("pk"), published_at__isnull=False))
DECISIONS_TAKEN = Coalesce(
    Subquery(
        Decision.objects.filter(meeting=OuterRef("pk"))
        .order_by()
        .values("meeting")
        .annotate(count=Count("pk"))
        .values("count")
    ),
    0,
)


def minutes_part(request: HttpRequest, seen: GroupSeen, meeting: Any) -> dict[str, Any]:
    """Where the minutes of a meeting (read with the annotations above) stand, and how many decisions they hold."""
    dated = meeting.state in (MeetingState.PLANNED, MeetingState.HELD)
    state = meeting.minutes_state
    minutes = Minutes(state=state, published_at=meeting.updated_at if meeting.minutes_published else None)
    return {
        "minutes_part": {
            "shows": dated and (seen.animates or bool(state)),
            "minutes": minutes if state else None,
            "decisions": meeting.decisions_taken,
            "done": state not in ("", MinutesState.DRAFT),
        }
    }


def decisions_part(request: HttpRequest, seen: GroupSeen) -> dict[str, Any]:
    """The latest decisions that stand, and what is still to be done, the most pressing first."""
    decisions = Decision.objects.filter(group=seen.group, replaced_by=None).order_by("-number")
    waiting = FollowUp.objects.filter(group=seen.group).open().annotate(total=Window(Count("pk")))
    first = list(waiting.order_by(F("due_on").asc(nulls_last=True), "id")[:SHOWN])
    return {
        "latest_decisions": list(decisions[:SHOWN]),
        "group_follow_ups": {"first": first, "total": first[0].total if first else 0},
    }
