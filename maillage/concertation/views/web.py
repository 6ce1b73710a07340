"""The web of organizations: the page, its files, its picture."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.concertation.network.asked import read
from maillage.concertation.network.page import WebPage
from maillage.concertation.network.picture import pictures, png, svg
from maillage.concertation.network.scope import reach_of
from maillage.concertation.network.tables import FILES, table_of
from maillage.concertation.network.web import Web, web_of
from maillage.core.tabular import csv_answer

PER_PAGE = 20


@require_safe
def web(request: HttpRequest) -> HttpResponse:
    """What organizations do together: a picture, sentences, and the same as tables."""
    found = _web(request)
    table = table_of(found, found.asked.table)
    page = Paginator(table.rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "concertation/web/web.html", {"web": WebPage(found), "table": table, "page": page})


@require_safe
def table(request: HttpRequest, name: str) -> HttpResponse | StreamingHttpResponse:
    """A table of the web, whole, as CSV."""
    if name not in FILES:
        raise Http404
    found = table_of(_web(request), name)
    return csv_answer(f"toile-{name}", found.file_columns, found.file_rows)


@require_safe
def picture(request: HttpRequest, form: str) -> HttpResponse:
    """The picture of the period (or of the one before) as a file, with more organizations than the page shows."""
    drawn = pictures(_web(request), poster=True)[0 if request.GET.get("image") == "avant" else 1]
    text = svg(drawn, standalone=True)
    content, kind = (text.encode(), "image/svg+xml") if form == "svg" else (png(text), "image/png")
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="toile.{form}"'
    return answer


def _web(request: HttpRequest) -> Web:
    return web_of(read(request.GET, reach_of(request.user)))
