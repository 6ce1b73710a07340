"""Writes meetings that come back: each an occurrence of its own; one, or one and those that follow, change together."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.enums import MeetingState
from maillage.concertation.models import Group, Meeting
from maillage.concertation.permissions import can_animate
from maillage.concertation.recurrence import MOST
from maillage.concertation.times import LOCAL, moment
from maillage.core.errors import Refused, require

from .meeting_lock import locked
from .meeting_mail import tell_series
from .meeting_versions import TOLD, rewrite
from .meetings import EDITED, MeetingMoved, save_meeting

Span = tuple[datetime, datetime]


@transaction.atomic
def save_series(*, actor: Any, group: Group, spans: Sequence[Span], **values: Any) -> list[Meeting]:
    """Make one meeting for each of `spans`, all of one series. All of them, or none."""
    require(can_animate(actor, group))
    if not 1 <= len(spans) <= MOST:
        raise Refused(_("Une série compte de 1 à {most} rencontres.").format(most=MOST))
    series = uuid.uuid4()
    said = {**values, "series": series}
    return [
        save_meeting(actor=actor, group=group, **{**said, "starts_at": starts_at, "ends_at": ends_at}).obj
        for starts_at, ends_at in sorted(spans)
    ]


@transaction.atomic
def save_following(*, actor: Any, meeting: Meeting, seen: datetime | None = None, **values: Any) -> list[Meeting]:
    """Change `meeting` and those of its series that come after it and are still planned; those that were written.

    What changes here changes there; a new day moves them all by as many days, a new hour is the same on the clock.
    Everybody concerned gets one message for all of them.
    """
    require(can_animate(actor, meeting.group))
    meeting = locked(meeting=meeting)
    if seen is not None and meeting.updated_at != seen:
        raise MeetingMoved(meeting)
    if meeting.state != MeetingState.PLANNED or meeting.starts_at is None or meeting.ends_at is None:
        raise Refused(_("Seule une rencontre prévue se modifie avec les suivantes."))
    plain = {
        name: value
        for name, value in values.items()
        if name not in ("starts_at", "ends_at", "registration_closes_at") and getattr(meeting, name) != value
    }
    moved = _move(meeting, values.get("starts_at"), values.get("ends_at"))
    told, written = [], []
    for one in [meeting, *following(meeting=meeting)]:
        before = (one.starts_at, one.ends_at)
        changes = rewrite(actor=actor, meeting=one, values=plain | moved(one), verb=EDITED).changes
        if changes:
            written.append(one)
        if TOLD & changes.keys() and one.starts_at and one.starts_at > timezone.now():
            told.append((one, before if "starts_at" in changes or "ends_at" in changes else None))
    tell_series(meetings=told, why="changed")
    return written


@transaction.atomic
def cancel_following(*, actor: Any, meeting: Meeting, reason: str = "") -> list[Meeting]:
    """Call off `meeting` and those of its series that come after it; everybody concerned gets one message."""
    require(can_animate(actor, meeting.group))
    meeting = locked(meeting=meeting)
    if meeting.state == MeetingState.HELD:
        raise Refused(_("Cette rencontre a eu lieu : elle ne s'annule plus."))
    values = {"state": MeetingState.CANCELLED, "cancel_reason": " ".join(reason.split())}
    off = [one for one in [meeting, *following(meeting=meeting)] if one.state != MeetingState.CANCELLED]
    for one in off:
        rewrite(actor=actor, meeting=one, values=values, verb="concertation.meeting_cancelled")
    ahead = [(one, None) for one in off if one.starts_at and one.starts_at > timezone.now()]
    tell_series(meetings=ahead, why="cancelled")
    return off


def following(*, meeting: Meeting) -> list[Meeting]:
    """Those of its series that come after it and are planned, locked, the first first."""
    if meeting.series is None or meeting.starts_at is None:
        return []
    after = Meeting.objects.filter(
        series=meeting.series, group=meeting.group_id, state=MeetingState.PLANNED, starts_at__gt=meeting.starts_at
    )
    return list(after.select_for_update(of=("self",)).select_related("group").order_by("starts_at", "id"))


def _move(meeting: Meeting, starts_at: datetime | None, ends_at: datetime | None) -> Any:
    """How the others move as `meeting` does: by as many days, at the same hours."""
    assert meeting.starts_at is not None
    if starts_at is None or ends_at is None or (starts_at, ends_at) == (meeting.starts_at, meeting.ends_at):
        return lambda one: {}
    was, begins, ends = (timezone.localtime(at, LOCAL) for at in (meeting.starts_at, starts_at, ends_at))
    by, lasts = begins.date() - was.date(), ends.date() - begins.date()

    def moved(one: Meeting) -> dict[str, datetime]:
        assert one.starts_at is not None
        day = timezone.localtime(one.starts_at, LOCAL).date() + by
        return {"starts_at": moment(day, begins.time()), "ends_at": moment(day + lasts, ends.time())}

    return moved
