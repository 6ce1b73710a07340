"""The list of entries, its filters, and the file that equals the screen."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from maillage.core.tabular import csv_answer
from maillage.journal import export as file
from maillage.journal.context import DraftContext
from maillage.journal.filters import SORTS, JournalFilters
from maillage.journal.forms.panel import panel_of
from maillage.journal.listing import page_of, totals_of
from maillage.journal.queries import journal_program

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """The list; an exchange asks for the results alone, at the same address."""
    filters = _filters(request)
    totals = totals_of(filters)
    shown: dict[str, Any] = {
        "program": filters.context.program,
        "filters": filters,
        "applied": filters.applied(),
        "problems": filters.problems,
        "clear": filters.clear(),
        "totals": totals,
        "page_obj": page_of(filters, totals, request.GET.get("page")),
        "export": filters.address(),
        "writes": bool(filters.context.own(request.user)),
    }
    if request.htmx and not request.htmx.history_restore_request and request.htmx.target == "results":
        answer = render(request, "journal/_results.html", shown)
        # The form sends its empty fields too; the address that is kept holds only what is in force.
        answer.headers["HX-Push-Url"] = reverse("journal:list") + filters.address()
        return answer
    return render(request, "journal/list.html", shown | {"panel": panel_of(filters), "sorts": SORTS})


@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same entries in the same order, as CSV or XLSX."""
    filters = _filters(request)
    name = f"journal-{filters.context.program.slug}"
    kind = request.GET.get("format", "csv")
    if kind == "csv":
        return csv_answer(name, file.columns(), file.rows(filters))
    if kind != "xlsx":
        raise Http404
    answer = StreamingHttpResponse(file.workbook(filters), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _filters(request: HttpRequest) -> JournalFilters:
    program = journal_program(request)
    if program is None:
        raise Http404
    return JournalFilters(request.GET, DraftContext(program), request.user)
