"""The first page: what Maillage is, for everybody; « Aujourd'hui », for a person who signed in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.portal.today import today
from maillage.statistics.publication import listed

LATEST = 3  # publications named on the public page


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public page, or the person's own day."""
    if not request.user.is_authenticated:
        return render(request, "portal/public.html", {"latest": listed()[:LATEST]})
    return render(request, "portal/today.html", {"today": today(request)})


@require_safe
def menu(request: HttpRequest) -> HttpResponse:
    """The whole menu as a page, for the phone."""
    return render(request, "portal/menu.html")
