"""Shapes of divisions for the small map of a portrait."""

import json
from functools import lru_cache
from typing import Any

import shapely

from maillage.core import typography
from maillage.statistics.hidden import HIDDEN, is_hidden
from maillage.statistics.portrait import Table
from maillage.territories.models import Boundary, Division

from . import theme
from .places import places

# About 100 m: invisible on a map as wide as a page, and ten times lighter.
TOLERANCE = 0.001


def features(table: Table, language: str) -> tuple[list[dict[str, Any]], bool]:
    """The divisions of `table` as GeoJSON features with their figures, and whether some limits are schematic.

    Two queries. Divisions without limits are left out; without any, there is no map.
    """
    rows = {row.code: row for row in table.rows}
    divisions = {d.pk: d for d in Division.objects.filter(code__in=rows).order_by("pk")}
    found: dict[int, Boundary] = {}
    for boundary in Boundary.objects.filter(division__in=divisions).order_by("division", "-valid_from", "-pk"):
        found.setdefault(boundary.division_id, boundary)
    shapes = []
    for pk, boundary in found.items():
        row, division = rows[divisions[pk].code], divisions[pk]
        geometry, x, y = _shape(boundary.digest, boundary.geometry)
        text = HIDDEN if is_hidden(row) else typography.number(row.count, 0, language)
        properties = {
            "label": division.name,
            "text": text,
            "value": None if is_hidden(row) else row.count,
            "x": x,
            "y": y,
        }
        shapes.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return shapes, any(boundary.is_schematic for boundary in found.values())


@lru_cache(maxsize=512)
def _shape(digest: str, text: str) -> tuple[dict[str, Any], float, float]:
    """A light shape, its rings as d3 turns them (clockwise), and a point inside it."""
    shape = shapely.from_geojson(text)
    light = shapely.set_precision(shapely.simplify(shape, TOLERANCE), TOLERANCE / 10)
    if light.is_empty:
        light = shape
    light = shapely.orient_polygons(light, exterior_cw=True)
    inside = light.representative_point()
    return json.loads(shapely.to_geojson(light)), round(inside.x, 4), round(inside.y, 4)


def map_spec(shapes: list[dict[str, Any]], width: int) -> dict[str, Any]:
    """The map with its data and a width in pixels, coloured for paper."""
    whole = {"$schema": theme.SCHEMA, "width": width, "data": {"values": shapes}, "config": theme.config(), **places()}
    return theme.painted(whole, theme.PRINT)
