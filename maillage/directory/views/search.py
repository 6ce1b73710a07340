"""The search of services, for anybody: one box, filters, a list and a map under the same question."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.core.text import as_number
from maillage.directory.forms.finder import Finder
from maillage.directory.place_names import suggest_places
from maillage.directory.result_lines import result_lines
from maillage.directory.searching import search_services

PER_PAGE = 15
MOST_PAGES = 60


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The page; an exchange asks for the results alone, at the same address. Nothing asked: needs to begin by."""
    finder = Finder(request.GET, request.user)
    context = {"finder": finder, "filters": finder.in_force(), **_results(request, finder)}
    if request.htmx and not request.htmx.history_restore_request and request.htmx.target == "results":
        answer = render(request, "directory/_results.html", context)
        # The form sends its empty fields too; the address that is kept holds only what is asked.
        answer.headers["HX-Replace-Url"] = f"{reverse('directory:search')}?{finder.address}"
        return answer
    return render(request, "directory/search.html", context)


def _results(request: HttpRequest, finder: Finder) -> dict[str, object]:
    if not finder.asks:
        return {}
    number = min(max(as_number(request.GET.get("page")) or 1, 1), MOST_PAGES)
    found = search_services(finder.question, request.user, start=(number - 1) * PER_PAGE, size=PER_PAGE)
    pages = Paginator(range(min(found.total, MOST_PAGES * PER_PAGE)), PER_PAGE)
    if number > pages.num_pages:
        number = pages.num_pages
        found = search_services(finder.question, request.user, start=(number - 1) * PER_PAGE, size=PER_PAGE)
    question = finder.question
    return {
        "found": found,
        "lines": result_lines(found.ids, found.distances, question.near, question.open_at),
        "page": pages.page(number),
        "points": f"{reverse('directory:points')}?{finder.address}",
    }


@login_not_required
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Names of places, as they are typed: the choices of a <datalist>."""
    names = suggest_places(request.GET.get("lieu", ""), request.user)
    return render(request, "directory/_place_names.html", {"names": names})
