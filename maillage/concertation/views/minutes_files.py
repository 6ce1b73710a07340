"""Minutes as files: PDF and DOCX."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maillage.concertation.minutes_document import minutes_docx_bytes, minutes_pdf_bytes
from maillage.concertation.minutes_page import WITH_MINUTES, MinutesPage
from maillage.concertation.queries import meeting_seen

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def minutes_pdf(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The minutes as PDF."""
    return _file(request, uid, minutes_pdf_bytes, "pdf", "application/pdf")


@require_safe
def minutes_docx(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The minutes for a word processor."""
    return _file(request, uid, minutes_docx_bytes, "docx", DOCX)


def _file(
    request: HttpRequest, uid: UUID, write: Callable[[MinutesPage, str], bytes], ending: str, media: str
) -> HttpResponse:
    seen, meeting = meeting_seen(request, uid, WITH_MINUTES)
    page = MinutesPage(meeting, seen.animates)
    answer = HttpResponse(write(page, get_language() or "fr"), content_type=media)
    when = f"{timezone.localdate(meeting.starts_at):%Y-%m-%d}" if meeting.starts_at else "sans-date"
    answer["Content-Disposition"] = f'attachment; filename="proces-verbal-{meeting.group.slug}-{when}.{ending}"'
    return answer
