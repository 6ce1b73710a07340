"""The map and table of the sites, and the page of one site."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from maillage.core.audit_lines import history_of
from maillage.programs.forms.region import RegionFilter
from maillage.programs.models import Program
from maillage.programs.permissions import can_edit_site, can_see_team
from maillage.programs.queries import current_program, mrcs_of, switch_choices
from maillage.programs.region import (
    areas,
    covered_sites,
    current_limits,
    place_of,
    sees_addresses,
    sites_visible_to,
)
from maillage.territories.enums import Clientele
from maillage.territories.permissions import can_keep_register

from .limits import collection

PER_PAGE = 25
MAX_POINTS = 5_000


def _program(request: HttpRequest) -> Program | None:
    """The programme asked in the address, else the one the person works in."""
    if slug := request.GET.get("programme"):
        offered = next((program for program in switch_choices(request) if program.slug == slug), None)
        return offered or get_object_or_404(Program.objects.visible_to(request.user), slug=slug)
    return current_program(request)


def territories(request: HttpRequest) -> HttpResponse:
    """The map, the hours by MRC and the list of sites, under the same filters."""
    program = _program(request)
    context: dict[str, Any] = {"program": program, "can_import": bool(can_keep_register(request.user))}
    if program is None:
        return render(request, "programs/territories_none.html", context)
    found = areas(program)
    form = RegionFilter(request.GET, divisions=[row.division for row in found.rows])
    lines = covered_sites(program, form.kept())
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    query["programme"] = program.slug
    limits = list(current_limits([row.division for row in found.rows]).values_list("is_schematic", "source"))
    context |= {
        "form": form,
        "filters": form.in_force(request.GET),
        "areas": found,
        "page": page,
        "points": f"{reverse('programs:points')}?{query.urlencode()}",
        "limits": f"{reverse('programs:limits')}?programme={program.slug}",
        "is_schematic": any(is_schematic for is_schematic, _source in limits),
        "sources": sorted({source for _is, source in limits if source}),
        "is_team": bool(can_see_team(request.user, program)),
    }
    return render(request, "programs/territories.html", context)


def limits(request: HttpRequest) -> HttpResponse:
    """Limits of the MRC of a programme with hours and sites, as GeoJSON, kept by the browser until they change."""
    program = _program(request)
    if program is None or request.GET.get("niveau", "mrc") != "mrc":
        raise Http404
    found = areas(program)
    return collection(request, found, current_limits([row.division for row in found.rows]))


def points(request: HttpRequest) -> HttpResponse:
    """The sites under the filters, as GeoJSON; coordinates are coarse outside of the team."""
    program = _program(request)
    if program is None:
        raise Http404
    form = RegionFilter(request.GET, divisions=mrcs_of(program))
    exact = bool(can_see_team(request.user, program))
    features = []
    for line in covered_sites(program, form.kept())[:MAX_POINTS]:
        place = place_of(line.site, exact)
        if place is None:
            continue
        longitude, latitude, is_approximate = place
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
                "properties": {
                    "name": line.site.name,
                    "tenure": line.site.tenure,
                    "served": line.is_served,
                    "targeted": line.is_targeted,
                    "approximate": is_approximate,
                    "url": reverse("programs:site", args=[line.site.uid]),
                },
            }
        )
    return JsonResponse({"type": "FeatureCollection", "features": features}, content_type="application/geo+json")


def site(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everything that is known of a site, for those who may see it; its address for the team only."""
    visible = sites_visible_to(request.user).select_related("municipality", "mrc")
    found = get_object_or_404(visible, uid=uid)
    programs = Program.objects.visible_to(request.user).values("pk")
    owners = list(found.ownerships.select_related("organization").order_by("-start", "-id"))
    # Higher floors that fill the slot `site` read it there.
    request.shown_site = found  # type: ignore[attr-defined]
    can_edit = bool(can_edit_site(request.user, found))
    context = {
        "site": found,
        "exact": can_edit or sees_addresses(request.user, found),
        "owner": next((line for line in owners if line.end is None), None),
        "owners": owners,
        "clienteles": [str(Clientele(code).label) for code in found.clienteles if code in Clientele.values],
        "lines": list(
            found.program_sites.filter(program__in=programs).select_related("program").order_by("-program__start", "id")
        ),
        "can_edit": can_edit,
        "history": history_of(found, 10) if can_edit else [],
        "bodies": list(found.tenant_bodies.order_by("name", "id")),
    }
    return render(request, "programs/site.html", context)
