"""The portrait of a programme, for a period and a territory."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.core.errors import Refused
from maillage.programs.models import Program
from maillage.statistics import charts, queries
from maillage.statistics.asked import FILTER_LABELS, Asked, read
from maillage.statistics.charts import shared, theme
from maillage.statistics.forms import PeriodForm
from maillage.statistics.links import FILTERS, JournalLinks
from maillage.statistics.permissions import can_read_exact_portrait
from maillage.statistics.portrait import Portrait
from maillage.statistics.presentation import downloads, period_words, present

from .drawing import drawing
from .release_offer import publishing, with_releases


@require_safe
def portrait(request: HttpRequest, slug: str) -> HttpResponse:
    """The page, or only what changes with the period when htmx asks. What is asked wrong gets a sentence."""
    program = get_object_or_404(with_releases(Program.objects.visible_to(request.user), request.user), slug=slug)
    asked = Asked(program)
    try:
        asked = read(request.GET, program)
        if "annee" in request.GET and not request.htmx and not asked.is_choosing_dates:
            return redirect(f"{request.path}?{asked.query()}".rstrip("?"))
        context = _read(request, asked)
    except Refused as refusal:
        exact = bool(can_read_exact_portrait(request.user, program))
        asked = Asked(program) if exact else asked
        context = {"refusal": str(refusal), "form": PeriodForm(asked, exact=exact), "kept": ()}
    context |= {"program": program, "publishing": publishing(request.user, program, context.get("portrait"))}
    partial = request.htmx and not request.htmx.history_restore_request
    response = render(request, "statistics/_portrait.html" if partial else "statistics/portrait.html", context)
    if request.htmx:
        response["HX-Push-Url"] = f"{request.path}?{asked.query()}".rstrip("?")
    return response


def _read(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    language = get_language() or "fr"
    made = queries.portrait(**asked.as_arguments(), actor=request.user)
    previous = links = None
    if asked.compare:
        previous = queries.comparison(made, program=asked.program, filters=asked.filters, actor=request.user)
        previous = previous if previous and previous.entries else None
    if not made.protected:
        links = JournalLinks(
            reverse("journal:list"), asked.program.slug, asked.start, asked.end, asked.territory, asked.pairs
        )
    figures, sections = present(made, language, links=links, previous=previous)
    return {
        "form": PeriodForm(asked, exact=not made.protected, divisions=_divisions(made, asked.program)),
        "goes_on": made.rounded and made.end < asked.bounds[1],
        "kept": asked.pairs,
        "filters": _in_force(asked, made, request.path),
        "portrait": made,
        "figures": figures,
        "sections": sections,
        "period": period_words(made.start, made.end),
        "previous": previous and (previous.program_name, period_words(previous.start, previous.end)),
        "drawing": drawing(sections, language),
        "files": downloads(asked.program.slug, asked.query(file=True)),
        "map_address": f"{reverse('statistics:map', args=[asked.program.slug])}?{asked.query(file=True)}",
    }


def _divisions(made: Portrait, program: Program) -> list[tuple[str, str]] | None:
    """The MRC that can be chosen: for the team all of them, for others those whose figures are shown.

    The table that names them says so; None where it names only the one chosen and the team reads.
    """
    if made.protected and (made.territory or not made.rounded):
        return queries.open_areas(program, made.start, made.end)
    if made.territory:
        return None
    return [(row.code, row.label) for row in made.table("territory").rows if not row.hidden]


def _in_force(asked: Asked, made: Portrait, path: str) -> list[dict[str, str]]:
    """The journal's filters that the portrait was asked with, each with the address that removes it."""
    labels = {FILTERS[t.id][0]: {row.code: row.label for row in t.rows} for t in made.tables if t.id in FILTERS}
    return [
        {
            "label": str(FILTER_LABELS[name]),
            "value": labels.get(name, {}).get(value, _("choix de la liste")),
            "remove": f"{path}?{asked.query(without=name)}",
        }
        for name, value in asked.pairs
    ]


@require_safe
def places(request: HttpRequest, slug: str) -> HttpResponse:
    """The shapes of the small map with their figures, as the page's script draws them."""
    program = get_object_or_404(Program.objects.visible_to(request.user), slug=slug)
    try:
        made = queries.portrait(**read(request.GET, program).as_arguments(), actor=request.user)
    except Refused as refusal:
        return JsonResponse({"refusal": str(refusal)}, status=400)
    tables = [table for table in made.tables if table.id == "territory"]  # a publication may leave it out
    shapes, schematic = charts.features(tables[0], get_language() or "fr") if tables else ([], False)
    return JsonResponse({"features": shapes, "schematic": schematic})


@login_not_required
@require_safe
def specifications(request: HttpRequest, language: str, digest: str) -> HttpResponse:
    """Every kind of chart, without any figure; its address changes with its content, so a browser keeps it."""
    if language not in theme.NUMBERS:
        raise Http404
    response = HttpResponse(shared.content(language), content_type="application/json")
    if digest == shared.digest(language):
        response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
