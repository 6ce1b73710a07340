"""How far places are from one another: in a straight line from coordinates, or by a table of roads."""

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088  # mean radius (IUGG)


def haversine_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Kilometres along the sphere between two points (latitude, longitude in degrees); within 0.5 % of the ellipsoid."""
    (lat, lon), (other, far) = (tuple(map(radians, point)) for point in (start, end))
    chord = sin((other - lat) / 2) ** 2 + cos(lat) * cos(other) * sin((far - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))


def in_straight_line(points: Mapping[int, tuple[float, float]], limit: float) -> dict[tuple[int, int], float]:
    """Pairs of places no farther than `limit` kilometres in a straight line."""
    found = {}
    for start, here in points.items():
        for end, there in points.items():
            if start != end and (far := haversine_km(here, there)) <= limit:
                found[start, end] = far
    return found


def by_roads(roads: Mapping[tuple[int, int], float], limit: float) -> dict[tuple[int, int], float]:
    """Pairs no farther than `limit` by a table of roads; a way that is written in one direction serves for both."""
    both = {(end, start): far for (start, end), far in roads.items()} | dict(roads)
    return {pair: far for pair, far in both.items() if far <= limit and pair[0] != pair[1]}
