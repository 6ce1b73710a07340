"""The map of the search: points of the services that answer, over the limits of the MRC where services are given."""

import hashlib
import json
from collections import defaultdict
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.directory.forms.finder import Finder
from maillage.directory.models import Location, Service, ServiceLocation
from maillage.directory.searching import search_services
from maillage.territories.enums import Level
from maillage.territories.models import Boundary, Division
from maillage.territories.queries import simplified

MOST_POINTS = 300
MOST_NAMED = 8  # services named at one point
GEOJSON = "application/geo+json"


@login_not_required
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """The places of the services that answer, as GeoJSON: one point a place, the services given there by name."""
    finder = Finder(request.GET, request.user)
    ids = search_services(finder.question, request.user, size=MOST_POINTS).ids if finder.asks else []
    names = {service.pk: service for service in Service.objects.filter(pk__in=ids).only("uid", "name").order_by("pk")}
    rank = {number: place for place, number in enumerate(ids)}
    given = ServiceLocation.objects.filter(service__in=ids).exclude(location__latitude=None)
    there: dict[tuple[float, float], list[ServiceLocation]] = defaultdict(list)
    for one in sorted(given.select_related("location").order_by("id"), key=lambda one: rank[one.service_id]):
        there[round(one.location.longitude or 0, 5), round(one.location.latitude or 0, 5)].append(one)
    features = [_feature(point, rows, names) for point, rows in there.items()]
    return JsonResponse({"type": "FeatureCollection", "features": features}, content_type=GEOJSON)


def _feature(point: tuple[float, float], rows: list[ServiceLocation], names: dict[int, Service]) -> dict[str, Any]:
    services = list(dict.fromkeys(row.service_id for row in rows))
    named = [
        {"name": names[number].name, "url": reverse("directory:service", args=[names[number].uid])}
        for number in services[:MOST_NAMED]
    ]
    place = rows[0].location
    properties = {
        "name": place.name or place.address_1 or place.city,
        "services": named,
        "more": len(services) - len(named),
        # How the points of a map are drawn: a full circle.
        "tenure": "omh",
        "served": True,
        "targeted": False,
    }
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": point}, "properties": properties}


@login_not_required
@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """The limits of the MRC where services are given, as GeoJSON, kept by the browser until they change."""
    towns = Location.objects.exclude(municipality=None).order_by().values("municipality")
    parents = Division.objects.filter(pk__in=towns).order_by().values("parent")
    held = Division.objects.filter(Q(pk__in=parents) | Q(pk__in=towns), level=Level.MRC)
    divisions = {division.pk: division for division in held.order_by("code")}
    rows = Boundary.objects.filter(division__in=divisions, valid_to=None).order_by("division_id", "id")
    digests = list(rows.values_list("division_id", "digest"))
    digest = hashlib.sha256(json.dumps(digests).encode()).hexdigest()[:32]
    headers = {"ETag": f'"{digest}"', "Cache-Control": "private, no-cache"}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponseNotModified(headers=headers)
    body = cache.get(f"directory-limits-{digest}")
    if body is None:
        shapes = dict(rows.values_list("division_id", "geometry"))
        drawn = zip(shapes, simplified(shapes.values()), strict=True)
        features = [_area(divisions[number], geometry) for number, geometry in drawn]
        body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
        cache.set(f"directory-limits-{digest}", body, 24 * 3600)
    return HttpResponse(body, content_type=GEOJSON, headers=headers)


def _area(division: Division, geometry: dict[str, Any]) -> dict[str, Any]:
    properties = {"name": division.name, "depth": 0, "x": division.longitude, "y": division.latitude}
    return {"type": "Feature", "geometry": geometry, "properties": properties}
