"""What protected figures are, in plain words."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.statistics import protection
from maillage.tables.disclosure import cell_keys


@login_not_required
@require_safe
def protected_figures(request: HttpRequest) -> HttpResponse:
    """The page that every protected portrait leads to; it holds no figure of anybody."""
    context = {
        "base": cell_keys.BASE,
        "most": cell_keys.BASE - 1 + cell_keys.MOST,
        "least": protection.SMALLEST_DENOMINATOR,
    }
    return render(request, "statistics/protected_figures.html", context)
