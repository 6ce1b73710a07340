"""Reads of this context."""

from maillage.core.text import stems

from .enums import Level
from .models import Boundary, Division


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
        import shapely

        rows = list(
            Boundary.objects.filter(division__level=level, valid_to=None)
            .order_by("division_id", "id")
            .values_list("division_id", "geometry")
        )
        self._divisions = [division for division, _geometry in rows]
        self._tree = shapely.STRtree(shapely.from_geojson([geometry for _division, geometry in rows]))

    def find(self, latitude: float, longitude: float) -> int | None:
        """The id of the division that holds the point, or None."""
        import shapely

        if not self._divisions:
            return None
        found = self._tree.query(shapely.Point(longitude, latitude), predicate="intersects")
        return self._divisions[int(found[0])] if len(found) else None
