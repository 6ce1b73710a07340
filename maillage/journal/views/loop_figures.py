"""What comes of referrals, in figures, for the team: a page and the file that equals it."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from maillage.core.errors import Refused
from maillage.core.tabular import csv_answer
from maillage.journal.forms.said import read_day
from maillage.journal.loop_figures import csv_columns, csv_rows, figures_of
from maillage.journal.queries import journal_program

Asked = tuple[date | None, date | None, list[str]]


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Share closed, delay and barriers, by destination, need and organization."""
    program = journal_program(request)
    if program is None:
        raise Http404
    start, end, problems = _period(request)
    query = {"programme": program.slug, "du": start or "", "au": end or ""}
    shown = {
        "program": program,
        "figures": figures_of(request.user, program, start, end),
        "start": start,
        "end": end,
        "problems": problems,
        "file": urlencode({name: value for name, value in query.items() if value}),
    }
    return render(request, "journal/loops/figures.html", shown)


@require_GET
def figures_file(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The same figures as CSV."""
    program = journal_program(request)
    if program is None:
        raise Http404
    start, end, _problems = _period(request)
    rows = csv_rows(figures_of(request.user, program, start, end))
    return csv_answer(f"suivis-{program.slug}", csv_columns(), rows)


def _period(request: HttpRequest) -> Asked:
    """From when to when; what cannot be read is said and left out."""
    found: list[date | None] = []
    problems = []
    for name, label in (("du", _("Du")), ("au", _("Au"))):
        try:
            found.append(read_day(request.GET.get(name, "")))
        except Refused as refusal:
            found.append(None)
            problems.append(f"{label}\N{NO-BREAK SPACE}: {refusal}")
    start, end = found
    if start and end and start > end:
        problems.append(_("La période finit avant de commencer : les deux dates sont échangées."))
        start, end = end, start
    return start, end, problems
