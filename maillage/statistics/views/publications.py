"""Published figures, for anybody: every page is printed from the frozen content of a release."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maillage.core.text import as_number
from maillage.programs.models import Program
from maillage.statistics import attack_report, charts, publication
from maillage.statistics.enums import ReleaseState
from maillage.statistics.models import Release
from maillage.statistics.presentation import present
from maillage.statistics.publication import LICENCE, Publication

from .drawing import drawing
from .shared_cache import IN_FORCE, LIST, VERSION, kept, of_release

PER_PAGE, PER_REPORT = 20, 150
FIRST_YEAR, LAST_YEAR = 1900, 2200


@login_not_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every release of every programme, the newest first."""
    return _list(request)


@login_not_required
@require_safe
def of_program(request: HttpRequest, slug: str) -> HttpResponse:
    """The releases of a programme; a programme that has published nothing does not exist here."""
    program = get_object_or_404(Program, slug=slug, pk__in=Release.objects.public().values("program"))
    return _list(request, program)


def _list(request: HttpRequest, program: Program | None = None) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:100]
    year = as_number(request.GET.get("annee", "").strip())
    year = year if year and FIRST_YEAR <= year <= LAST_YEAR else None
    found = publication.listed(asked, year, program)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    parts = tuple((release.pk, release.state, release.published_at) for release in page)
    context = {
        "page": page,
        "q": asked,
        "year": year,
        "program": program,
        "lines": [(Publication(release), publication.published_words(release)) for release in page],
    }
    return kept(request, parts, LIST, lambda: render(request, "statistics/publications/list.html", context))


@login_not_required
@require_safe
def in_force(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The version in force of a release; the last one, with what became of it, where none is."""
    return _page(request, publication.find(slug, number), IN_FORCE)


@login_not_required
@require_safe
def version(request: HttpRequest, slug: str, number: int, version: int) -> HttpResponse:
    """A version of a release, for ever: superseded it names the one that replaces it, withdrawn it says why."""
    return _page(request, publication.find(slug, number, version), VERSION)


def _page(request: HttpRequest, release: Release, seconds: int) -> HttpResponse:
    history = publication.versions(release)
    area = request.GET.get("territoire", "").strip()
    opened = Publication(release)
    if area and area not in dict(opened.areas):
        raise Http404

    def make() -> HttpResponse:
        context = _frame(request, opened, history)
        if not context["is_withdrawn"]:
            context |= _figures(opened, area)
        return render(request, "statistics/publications/release.html", context)

    assert release.published_at is not None
    return kept(request, of_release(release, history), seconds, make, release.published_at.timestamp())


def _frame(request: HttpRequest, opened: Publication, history: list[Release]) -> dict[str, Any]:
    """What every page of a release says of it."""
    release = opened.release
    address = reverse("statistics:publication_version", args=[release.program.slug, release.number, release.version])
    return {
        "release": release,
        "publication": opened,
        "published_on": publication.published_words(release),
        "history": [(other, publication.published_words(other)) for other in history],
        "replacement": publication.replacement(release, history),
        "is_withdrawn": release.state == ReleaseState.WITHDRAWN,
        "reason": release.withdrawal,
        "address": address,
        "licence": LICENCE,
        "citation": publication.citation(opened, request.build_absolute_uri(address)),
        "thresholds": (release.policy.get("threshold", 5), release.policy.get("sensitive_threshold", 10)),
    }


def _figures(opened: Publication, area: str) -> dict[str, Any]:
    language = get_language() or "fr"
    portrait = opened.at(area or opened.portraits[0].territory)
    figures, sections = present(portrait, language)
    release = opened.release
    where = [release.program.slug, release.number, release.version]
    return {
        "portrait": portrait,
        "figures": figures,
        "sections": sections,
        "area": portrait.territory,
        "drawing": drawing(sections, language),
        "files": publication.files(release),
        "map_address": f"{reverse('statistics:publication_map', args=where)}?territoire={portrait.territory}",
    }


@login_not_required
@require_safe
def attack(request: HttpRequest, slug: str, number: int, version: int) -> HttpResponse:
    """What can be deduced from all that is published: by table, then figure by figure for the table that is asked."""
    release = publication.find(slug, number, version)
    history = publication.versions(release)
    opened, wanted = Publication(release), request.GET.get("tableau", "").strip()

    def make() -> HttpResponse:
        context = _frame(request, opened, history) | {"report": release.attack, "chosen": None}
        if not context["is_withdrawn"]:
            tables = attack_report.tables(opened)
            context["tables"] = tables
            if wanted:
                context["chosen"] = chosen = next((table for table in tables if table.id == wanted), None)
                if chosen is None:
                    raise Http404
                lines = attack_report.deductions(opened, wanted)
                context["page"] = Paginator(lines, PER_REPORT).get_page(request.GET.get("page"))
        return render(request, "statistics/publications/attack.html", context)

    assert release.published_at is not None
    return kept(request, of_release(release, history), VERSION, make, release.published_at.timestamp())


@login_not_required
@require_safe
def places(request: HttpRequest, slug: str, number: int, version: int) -> HttpResponse:
    """The shapes of the small map with the figures that were published."""
    release = publication.find(slug, number, version)
    if release.state == ReleaseState.WITHDRAWN:
        raise Http404
    try:
        table = Publication(release).at(request.GET.get("territoire", "").strip()).table("territory")
    except KeyError:
        raise Http404 from None

    def make() -> HttpResponse:
        shapes, schematic = charts.features(table, get_language() or "fr")
        return JsonResponse({"features": shapes, "schematic": schematic})

    return kept(request, (release.pk, release.digest), VERSION, make)
