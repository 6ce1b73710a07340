"""Schematic limits: from one interior point a municipality, cells that share out the plane. Not surveyed limits."""

import math
from collections.abc import Mapping

from shapely import MultiPoint, Point, Polygon, concave_hull, set_precision, unary_union, voronoi_polygons
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

SOURCE = "Limites schématiques tracées par le projet à partir d'un point par municipalité (Statistique Canada, 2021)"
MARGIN = 0.07  # degrees of latitude around the outermost points, about 8 km
GRID = 1e-5

Coordinates = tuple[float, float]


def cells(points: Mapping[str, Coordinates]) -> dict[str, BaseGeometry]:
    """For each code of `points` (longitude, latitude), the part of the region nearer to it than to any other.

    Distances are taken in a plane where a degree of longitude has its width at the middle of the region. The outer
    edge is a hull of the points, widened by `MARGIN` and rounded.
    """
    shrink = math.cos(math.radians(sum(lat for _, lat in points.values()) / len(points)))
    flat = {code: Point(lon * shrink, lat) for code, (lon, lat) in points.items()}
    cloud = MultiPoint(list(flat.values()))
    outline = concave_hull(cloud, ratio=0.25).buffer(MARGIN * 2).buffer(-MARGIN).simplify(0.004)
    parts = list(voronoi_polygons(cloud, extend_to=outline).geoms)
    found: dict[str, BaseGeometry] = {}
    for code, point in flat.items():
        cell = next(part for part in parts if part.covers(point))
        found[code] = _spread(cell.intersection(outline), shrink)
    return found


def _spread(shape: BaseGeometry, shrink: float) -> BaseGeometry:
    return set_precision(scale(shape, 1 / shrink, 1, origin=(0, 0)), GRID)


def dissolve(shapes: list[BaseGeometry]) -> BaseGeometry:
    """One shape out of neighbours: a division out of its parts, without slivers inside."""
    whole = unary_union(shapes)
    if isinstance(whole, Polygon):
        return Polygon(whole.exterior)
    return whole
