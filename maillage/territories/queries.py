"""Reads of this context."""

import json
from collections.abc import Iterable
from typing import Any

import shapely

from maillage.core.tabular.heading import key
from maillage.core.text import stems

from .enums import Level
from .models import Boundary, Division, DivisionName
from .quebec import plain_code, split_name

# Degrees; about two hundred metres, which no screen of a region shows.
TOLERANCE = 0.002
DECIMALS = 4


def mrc_of(division: Division | None) -> Division | None:
    """The MRC-level division that holds `division`, or None."""
    while division is not None and division.level != Level.MRC:
        division = division.parent
    return division


def division_search(code: str, name: str, designation: str = "") -> str:
    """The text by which a division is searched."""
    return stems(f"{name} {code} {designation}")[:400]


def site_search(reference: str, name: str, municipality: Division | None = None) -> str:
    """The text by which a site is searched: never its address."""
    return stems(f"{name} {reference} {municipality.name if municipality else ''}")[:600]


class Locator:
    """Which division of a level holds a point, by the limits in force; reads them all once."""

    def __init__(self, level: str) -> None:
        rows = list(
            Boundary.objects.filter(division__level=level, valid_to=None)
            .order_by("division_id", "id")
            .values_list("division_id", "geometry")
        )
        self._divisions = [division for division, _geometry in rows]
        self._tree = shapely.STRtree(shapely.from_geojson([geometry for _division, geometry in rows]))

    def find(self, latitude: float, longitude: float) -> int | None:
        """The id of the division that holds the point, or None."""
        if not self._divisions:
            return None
        found = self._tree.query(shapely.Point(longitude, latitude), predicate="intersects")
        return self._divisions[int(found[0])] if len(found) else None


class DivisionBook:
    """Municipalities and MRC found by code, name or point; read once."""

    def __init__(self) -> None:
        levels = (Level.MUNICIPALITY, Level.BOROUGH, Level.MRC)
        rows = list(Division.objects.filter(level__in=levels).select_related("parent__parent"))
        self.by_id = {division.pk: division for division in rows}
        self._by_code = {(division.level, division.code): division for division in rows}
        self._by_name: dict[tuple[str, str], list[Division]] = {}
        for division in rows:
            self._by_name.setdefault((division.level, key(division.name)), []).append(division)
        former = DivisionName.objects.filter(division__in=self.by_id).values_list("name", "division_id")
        for name, division_id in former.order_by("id"):
            division = self.by_id[division_id]
            self._by_name.setdefault((division.level, key(name)), []).append(division)
        self._locators: dict[str, Locator] = {}

    def mrc(self, text: str) -> Division | None:
        """The MRC that a code, a name or « name (code) » names."""
        name, between = split_name(text)
        for code in (text, between):
            same = self._by_code.get((Level.MRC, plain_code(Level.MRC, code))) if code else None
            if same is not None:
                return same
        found = self._by_name.get((Level.MRC, key(name))) or self._by_name.get((Level.MRC, key(text)))
        return found[0] if found else None

    def municipality(self, text: str, mrc: Division | None = None) -> Division | None:
        """The municipality that a code or a name names; of several with this name, the one in `mrc`, else none."""
        if found := self._by_code.get((Level.MUNICIPALITY, plain_code(Level.MUNICIPALITY, text))):
            return found
        name, _between = split_name(text)
        for level in (Level.MUNICIPALITY, Level.BOROUGH):
            same = self._by_name.get((level, key(name)), [])
            inside = [division for division in same if mrc is not None and mrc_of(division) == mrc]
            if inside or len(same) == 1:
                return (inside or same)[0]
        return None

    def at(self, level: str, latitude: float, longitude: float) -> Division | None:
        """The division of this level whose limits hold the point."""
        if level not in self._locators:
            self._locators[level] = Locator(level)
        found = self._locators[level].find(latitude, longitude)
        return self.by_id.get(found) if found else None


def simplified(geometries: Iterable[str]) -> list[dict[str, Any]]:
    """Limits (GeoJSON texts) simplified together, so that neighbours keep their common line: GeoJSON objects, four decimals."""
    shapes = shapely.from_geojson(list(geometries))
    if len(shapes):
        shapes = shapely.coverage_simplify(shapes, TOLERANCE)
    return [_short(json.loads(shapely.to_geojson(shape))) for shape in shapes]


def _short(geometry: dict[str, Any]) -> dict[str, Any]:
    def rounded(value: Any) -> Any:
        return round(value, DECIMALS) if isinstance(value, float) else [rounded(part) for part in value]

    return {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])}
