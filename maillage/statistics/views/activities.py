"""The portrait of a programme's activities."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maillage.statistics.activities import activities

from .gatherings import live_page


@require_safe
def of_program(request: HttpRequest, slug: str) -> HttpResponse:
    """The page; what is asked wrong gets a sentence."""
    return live_page(request, slug, activities, "statistics/activities.html")
