"""Attestations of a training: one's own, by account or by the link of a registration, and all of them for those who animate."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from maillage.concertation.attestation import attestations as written
from maillage.concertation.attesting import may_be_attested
from maillage.concertation.models import Attendance, Meeting, Registration
from maillage.concertation.permissions import can_animate
from maillage.concertation.queries import meeting_seen
from maillage.core.errors import require


@require_safe
def attestation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One's own, for a member who was there. 404 for who was not."""
    seen, meeting = meeting_seen(request, uid)
    if seen.member is None or not may_be_attested(meeting):
        raise Http404
    mine = meeting.attendances.select_related("organization")
    return _pdf(meeting, [get_object_or_404(mine, person=seen.member.person_id)], "attestation")


@require_safe
def attestations(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Those of all who were there, in one file."""
    seen, meeting = meeting_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    people = list(meeting.attendances.select_related("organization").order_by("name", "id"))
    if not people or not may_be_attested(meeting):
        raise Http404
    return _pdf(meeting, people, "attestations")


@login_not_required
@require_safe
def registration_attestation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One's own, for whoever holds the link of a registration, when the person was there."""
    registration = get_object_or_404(Registration.objects.select_related("meeting__group__host"), uid=uid)
    meeting = registration.meeting
    if not may_be_attested(meeting):
        raise Http404
    found = meeting.attendances.select_related("organization")
    response = _pdf(meeting, [get_object_or_404(found, registration=registration)], "attestation")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _pdf(meeting: Meeting, people: list[Attendance], subject: str) -> HttpResponse:
    """No name of a person in the file's name."""
    response = HttpResponse(written(meeting, people), content_type="application/pdf")
    day = f"{meeting.starts_at:%Y-%m-%d}"
    response.headers["Content-Disposition"] = f'attachment; filename="{subject}-{meeting.group.slug}-{day}.pdf"'
    return response
