"""The portrait of a programme's meetings and trainings, and what it shares with that of activities."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maillage.core.errors import Refused
from maillage.programs.models import Program
from maillage.statistics.asked import Asked, read
from maillage.statistics.forms import PeriodForm
from maillage.statistics.gatherings import gatherings
from maillage.statistics.permissions import can_read_exact_portrait
from maillage.statistics.portrait import Portrait
from maillage.statistics.presentation import period_words, present

from .drawing import drawing


@require_safe
def of_program(request: HttpRequest, slug: str) -> HttpResponse:
    """The page; what is asked wrong gets a sentence."""
    return live_page(request, slug, gatherings, "statistics/gatherings.html")


def live_page(request: HttpRequest, slug: str, make: Callable[..., Portrait], template: str) -> HttpResponse:
    """A portrait that `make` reads at each question, without files nor comparison; what is asked wrong gets a sentence."""
    program = get_object_or_404(Program.objects.visible_to(request.user), slug=slug)
    asked, shown = Asked(program), {}
    try:
        asked = read(request.GET, program)
        made = make(program=program, start=asked.start, end=asked.end, territory=asked.territory, actor=request.user)
        language = get_language() or "fr"
        _figures, sections = present(made, language)
        exact = not made.protected
        shown = {
            "portrait": made,
            "sections": sections,
            "period": period_words(made.start, made.end),
            "drawing": drawing(sections, language),
        }
    except Refused as refusal:
        exact = bool(can_read_exact_portrait(request.user, program))
        asked, shown = asked if exact else Asked(program), {"refusal": str(refusal)}
    form = PeriodForm(asked, exact=exact, divisions=None if exact else [])
    for name in ("comparer",) if exact else ("comparer", "mrc"):
        del form.fields[name]
    return render(request, template, {"program": program, "form": form, "kept": (), **shown})
