"""A plan read in other ways: along time, whole on one printable page, as a document."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maillage.projects.plan_document import plan_pdf_bytes
from maillage.projects.plan_in_time import PlanInTime
from maillage.projects.plan_reading import bare_count, told_bare, told_plan
from maillage.projects.plan_seen import plan_seen
from maillage.projects.plan_sheet import sheet_rows


@require_safe
def timeline(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The actions of a plan along time, each with its days in words."""
    seen = plan_seen(request, uid)
    line = PlanInTime(seen.plan, request.GET, get_language() or "fr")
    context = {"seen": seen, "tab": "timeline", "line": line, "parts": line.parts()}
    return render(request, "projects/reviews/timeline.html", context)


@require_safe
def plan_print(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The whole plan on one page to print."""
    seen = plan_seen(request, uid)
    language = get_language() or "fr"
    told = told_plan(seen.plan, language)
    context = {
        "seen": seen, "tab": "print", "bare": told_bare(*bare_count(told), language),
        "parts": [(objective, sheet_rows(lines)) for objective, lines in told],
    }  # fmt: skip
    return render(request, "projects/reviews/print.html", context)


@require_safe
def plan_pdf(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The whole plan as PDF."""
    seen = plan_seen(request, uid)
    written = plan_pdf_bytes(seen.plan, get_language() or "fr", timezone.localtime())
    answer = HttpResponse(written, content_type="application/pdf")
    name = f"plan-{seen.plan.start:%Y-%m-%d}-{str(seen.plan.uid)[:8]}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
