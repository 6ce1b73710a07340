"""The portrait of a programme, for a period and a territory."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maillage.core.errors import Refused
from maillage.programs.models import Program
from maillage.statistics import charts, queries
from maillage.statistics.asked import Asked, read
from maillage.statistics.charts import theme
from maillage.statistics.forms import PeriodForm
from maillage.statistics.links import JournalLinks
from maillage.statistics.permissions import can_read_exact_portrait
from maillage.statistics.presentation import Section, downloads, period_words, present


@require_safe
def portrait(request: HttpRequest, slug: str) -> HttpResponse:
    """The page, or only what changes with the period when htmx asks. What is asked wrong gets a sentence."""
    program = get_object_or_404(Program.objects.visible_to(request.user), slug=slug)
    exact = bool(can_read_exact_portrait(request.user, program))
    context: dict[str, Any] = {"program": program, "exact": exact}
    try:
        asked = read(request.GET, program)
        if "annee" in request.GET and not request.htmx:
            return redirect(f"{request.path}?{asked.query()}".rstrip("?"))
        context |= _read(request, asked)
    except Refused as refusal:
        asked = Asked(program)
        context["refusal"] = str(refusal)
    context["form"] = PeriodForm(asked, exact=exact)
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
        "portrait": made,
        "figures": figures,
        "sections": sections,
        "period": period_words(made.start, made.end),
        "previous": previous and (previous.program_name, period_words(previous.start, previous.end)),
        "drawing": _drawing(sections, language),
        "files": downloads(asked.program.slug, asked.query(journal=True)),
        "map_address": f"{reverse('statistics:map', args=[asked.program.slug])}?{asked.query()}",
    }


def _drawing(sections: list[Section], language: str) -> dict[str, Any]:
    """What the script needs to draw every chart of the page: specifications once, figures without any name."""
    blocks = [block for section in sections for block in section.blocks]
    kinds = {block.kind for block in blocks} | ({"places"} if any(b.id == "territory" for b in blocks) else set())
    short = theme.short(language)
    return {
        "config": theme.config(),
        "specs": {kind: spec for kind, spec in charts.templates().items() if kind in kinds},
        "numbers": theme.NUMBERS[short],
        "times": theme.TIMES[short],
        "tables": {block.id: [block.kind, charts.compact(block.table)] for block in blocks},
    }


@require_safe
def places(request: HttpRequest, slug: str) -> HttpResponse:
    """The shapes of the small map with their figures, as the page's script draws them."""
    program = get_object_or_404(Program.objects.visible_to(request.user), slug=slug)
    try:
        made = queries.portrait(**read(request.GET, program).as_arguments(), actor=request.user)
    except Refused as refusal:
        return JsonResponse({"refusal": str(refusal)}, status=400)
    shapes, schematic = charts.features(made.table("territory"), get_language() or "fr")
    return JsonResponse({"features": shapes, "schematic": schematic})
