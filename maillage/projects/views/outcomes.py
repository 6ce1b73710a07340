"""What a support measure gave and what came of it: the table by project, MRC and year, and its files."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maillage.core.errors import require
from maillage.core.tabular import csv_answer
from maillage.core.text import as_number
from maillage.projects.amounts import ZERO
from maillage.projects.grant_books import paid_of
from maillage.projects.grant_rights import can_read_committee, can_read_outcome
from maillage.projects.ledger import Envelope
from maillage.projects.models import Application, Fund
from maillage.projects.outcome_files import columns, document, file_rows, leverage_said, notes_of, workbook
from maillage.projects.outcome_read import rows_of, with_results
from maillage.projects.outcome_table import OutcomeTable, Row, table_of

PER_PAGE = 15
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def fund_outcome(request: HttpRequest, slug: str) -> HttpResponse:
    """The table of a fund, for its committee and the members of its programme."""
    fund, inside = _fund(request, slug)
    rows = rows_of(fund)
    table = _table(request, rows)
    envelope = Envelope(fund.envelope, sum((row.support for row in rows), ZERO), paid_of(fund))
    page = Paginator(table.rows, PER_PAGE).get_page(request.GET.get("page"))
    opens = _opens(request, [row.key for row in page], inside)
    context = {
        "fund": fund, "table": table, "page": page, "envelope": envelope, "notes": notes_of(table),
        "formats": (("csv", "CSV"), ("xlsx", "XLSX"), ("pdf", "PDF")), "leverage": leverage_said(table.total.leverage), "lines": [(row, opens.get(row.key)) for row in page],
        "mrcs": sorted({mrc for row in rows for mrc in row.mrcs}), "years": sorted({row.year for row in rows}),
        "mrc": request.GET.get("mrc", ""), "year": request.GET.get("annee", ""), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "projects/outcome/outcome.html", context)


@require_safe
def fund_outcome_file(request: HttpRequest, slug: str, format: str) -> HttpResponseBase:
    """The same table, with the same filters, as a file."""
    fund, _inside = _fund(request, slug)
    table = _table(request, with_results(rows_of(fund)))
    if format == "csv":
        return csv_answer(f"bilan-{slug}", columns(), file_rows(table))
    if format == "xlsx":
        answer = HttpResponse(workbook(fund, table), content_type=_XLSX)
    elif format == "pdf":
        answer = HttpResponse(document(fund, table, get_language() or "fr"), content_type="application/pdf")
    else:
        raise Http404
    answer.headers["Content-Disposition"] = f'attachment; filename="bilan-{slug}.{format}"'
    return answer


def _fund(request: HttpRequest, slug: str) -> tuple[Fund, bool]:
    """The fund, and whether the person keeps it or sits on its committee: they then read all that it supports."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user).select_related("program", "committee"), slug=slug)
    inside = bool(can_read_committee(request.user, fund))
    if not inside:
        require(can_read_outcome(request.user, fund))
    return fund, inside


def _opens(request: HttpRequest, keys: list[int], inside: bool) -> dict[int, UUID]:
    found = Application.objects.all() if inside else Application.objects.visible_to(request.user)
    return dict(found.filter(pk__in=keys).order_by().values_list("pk", "uid"))


def _table(request: HttpRequest, rows: list[Row]) -> OutcomeTable:
    return table_of(rows, mrc=request.GET.get("mrc", ""), year=as_number(request.GET.get("annee")))
