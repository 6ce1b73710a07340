"""The limits of divisions as GeoJSON for the map: simplified together, so that neighbours keep their common line."""

import hashlib
import json
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from maillage.programs.region import Areas
from maillage.territories.models import Boundary
from maillage.territories.queries import simplified


def collection(request: HttpRequest, found: Areas, limits: QuerySet[Boundary]) -> HttpResponse:
    """The answer, with a tag that changes with the limits or the figures; 304 when the browser has it already."""
    digests = list(limits.values_list("division_id", "digest"))
    told = [(row.division.code, row.division.name, str(row.hours), row.covered, row.served) for row in found.rows]
    tag = f'"{hashlib.sha256(json.dumps([digests, told]).encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    shapes = _shapes(digests, limits)
    features = [
        {
            "type": "Feature",
            "geometry": shapes[row.division.pk],
            "properties": {
                "code": row.division.code,
                "name": row.division.name,
                "hours": None if row.hours is None else float(row.hours),
                "depth": -1 if row.depth is None else row.depth,
                "covered": row.covered,
                "served": row.served,
                "x": row.division.longitude,
                "y": row.division.latitude,
            },
        }
        for row in found.rows
        if row.division.pk in shapes
    ]
    body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    return HttpResponse(body, content_type="application/geo+json", headers=headers)


def _shapes(digests: list[tuple[int, str]], limits: QuerySet[Boundary]) -> dict[int, Any]:
    """Simplified geometries by division, kept until some limits change."""
    key = "limits-" + hashlib.sha256(json.dumps(digests).encode()).hexdigest()
    shapes = cache.get(key)
    if shapes is None:
        rows = dict(limits.values_list("division_id", "geometry"))
        shapes = dict(zip(rows, simplified(rows.values()), strict=True))
        cache.set(key, shapes, 24 * 3600)
    return shapes
