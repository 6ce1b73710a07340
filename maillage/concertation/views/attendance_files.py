"""Lists of a meeting as CSV, for those who prepare it."""

from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from maillage.concertation.attendance_files import (
    attendance_columns,
    attendance_rows,
    registration_columns,
    registration_rows,
)
from maillage.concertation.models import Meeting
from maillage.concertation.permissions import can_animate
from maillage.concertation.queries import meeting_seen
from maillage.core.errors import require
from maillage.core.tabular import csv_answer


@require_safe
def registrations_file(request: HttpRequest, uid: UUID) -> StreamingHttpResponse:
    """Who registered, with what they ask for."""
    meeting = _prepared(request, uid)
    return csv_answer(_name("inscriptions", meeting), registration_columns(), registration_rows(meeting))


@require_safe
def attendance_file(request: HttpRequest, uid: UUID) -> StreamingHttpResponse:
    """Who was there, and guests by number."""
    meeting = _prepared(request, uid)
    return csv_answer(_name("presences", meeting), attendance_columns(), attendance_rows(meeting))


def _prepared(request: HttpRequest, uid: UUID) -> Meeting:
    seen, meeting = meeting_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    return meeting


def _name(subject: str, meeting: Meeting) -> str:
    day = f"{meeting.starts_at:%Y-%m-%d}" if meeting.starts_at else "sans-date"
    return f"{subject}-{meeting.group.slug}-{day}"
