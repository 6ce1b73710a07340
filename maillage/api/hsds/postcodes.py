"""Where a postal code is, from the places of the directory that bear it: the product holds no other list of them."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from maillage.api.problems import Problem
from maillage.directory.models import Location, ServiceArea, ServiceLocation
from maillage.territories.models import Division

EARTH = 6_371_000.0  # metres
ONE_DEGREE = 111_195.0  # metres of latitude


@dataclass(frozen=True, slots=True)
class Spot:
    """The middle of a postal code, when a place there has coordinates, and the municipalities that it is in."""

    latitude: float | None
    longitude: float | None
    municipalities: frozenset[int]


def spot_of(postcode: str, visible: "QuerySet[ServiceLocation]") -> Spot:
    """Where `postcode` is. Raises a 400 when no place that everybody sees bears it."""
    code = re.sub(r"[^A-Z0-9]", "", postcode.upper())
    forms = {code, f"{code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}", code.lower(), f"{code[:3]} {code[3:]}".lower()}
    places = Location.objects.filter(postal_code__in=forms, pk__in=visible.values("location"))
    found = list(places.order_by("pk").values_list("latitude", "longitude", "municipality"))
    if not found:
        said = _("Paramètre « postcode » : aucun lieu du répertoire ne porte le code postal « {code} ».")
        raise Problem(400, "unknown_postcode", said.format(code=postcode[:12]), parameter="postcode")
    points = [(a, b) for a, b, _town in found if a is not None and b is not None]
    towns = frozenset(town for *_point, town in found if town)
    if not points:
        return Spot(None, None, towns)
    return Spot(sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points), towns)


def taking(rows: "QuerySet[ServiceLocation]", spot: Spot) -> "QuerySet[ServiceLocation]":
    """Those whose service takes the people of these municipalities; one that says no territory takes those of its place."""
    covering = with_parents(spot.municipalities)
    told = ServiceArea.objects.filter(division__isnull=False)
    return rows.filter(
        Q(service__in=told.filter(division__in=covering).values("service"))
        | (~Q(service__in=told.values("service")) & Q(location__municipality__in=spot.municipalities))
    )


def near(rows: "QuerySet[ServiceLocation]", spot: Spot, metres: int) -> "QuerySet[ServiceLocation]":
    """Those whose place is within `metres`; the distance is that of the great circle."""
    if spot.latitude is None or spot.longitude is None:
        said = _("Paramètre « proximity » : les lieux qui portent ce code postal n'ont pas de coordonnées.")
        raise Problem(400, "unknown_postcode", said, parameter="proximity")
    high = metres / ONE_DEGREE
    wide = high / max(0.01, math.cos(math.radians(spot.latitude)))
    box = rows.filter(
        location__latitude__range=(spot.latitude - high, spot.latitude + high),
        location__longitude__range=(spot.longitude - wide, spot.longitude + wide),
    )
    points = box.order_by("pk").values_list("location", "location__latitude", "location__longitude")
    here = (spot.latitude, spot.longitude)
    within = {n for n, a, b in points if a is not None and b is not None and distance(here, (a, b)) <= metres}
    return rows.filter(location__in=within)


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two points (latitude, longitude), by the haversine formula."""
    (a, b), (c, d) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


def with_parents(divisions: Iterable[int]) -> set[int]:
    """These divisions and all that they are part of."""
    found: set[int] = set()
    level = set(divisions)
    while level:
        found |= level
        parents = Division.objects.filter(children__in=level).order_by("pk")
        level = set(parents.values_list("pk", flat=True)) - found
    return found
