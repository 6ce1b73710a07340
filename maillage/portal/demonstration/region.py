"""Chaudière-Appalaches: the region, its ten MRC-level divisions and its 136 municipalities."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from maillage.territories.enums import Level
from maillage.territories.models import Division
from maillage.territories.services import record_name, save_division, set_boundary

from . import limits

DATA = Path(__file__).parent / "data"
REGION_CODE = "12"
REGION_NAME = "Chaudière-Appalaches"
POPULATION_YEAR = 2021
RENAMED_ON = date(2022, 7, 30)
"""The day on which the Gazette officielle named Beauce-Centre what had been Robert-Cliche."""


class Municipality(NamedTuple):
    """A line of the data file."""

    code: str
    name: str
    designation: str
    mrc_code: str
    mrc_name: str
    population: int
    latitude: float
    longitude: float


def municipalities() -> list[Municipality]:
    """The 136 municipalities, by code."""
    with (DATA / "municipalites.csv").open(encoding="utf-8", newline="") as lines:
        rows = [
            Municipality(code, name, designation, mrc_code, mrc, int(population), float(latitude), float(longitude))
            for code, name, designation, mrc_code, mrc, population, latitude, longitude in list(csv.reader(lines))[1:]
        ]
    return sorted(rows)


def load(actor: Any) -> dict[str, Division]:
    """Write the region with its limits; give the divisions by « level:code »."""
    places = municipalities()
    shapes = _shapes(places)
    found: dict[str, Division] = {}

    def keep(level: str, code: str, **values: Any) -> None:
        found[f"{level}:{code}"] = save_division(actor=actor, level=level, code=code, **values).obj

    keep(Level.REGION, REGION_CODE, name=REGION_NAME, **_whole(places, shapes[f"{Level.REGION}:{REGION_CODE}"]))
    region = found[f"{Level.REGION}:{REGION_CODE}"]
    for code in sorted({place.mrc_code for place in places}):
        inside = [place for place in places if place.mrc_code == code]
        whole = _whole(inside, shapes[f"{Level.MRC}:{code}"])
        keep(Level.MRC, code, name=inside[0].mrc_name, parent=region, **whole)
    for place in places:
        keep(
            Level.MUNICIPALITY,
            place.code,
            name=place.name,
            designation=place.designation,
            parent=found[f"{Level.MRC}:{place.mrc_code}"],
            population=place.population,
            population_year=POPULATION_YEAR,
            latitude=place.latitude,
            longitude=place.longitude,
        )
    _keep_former_names(actor, found)
    for key, shape in shapes.items():
        set_boundary(actor=actor, division=found[key], geometry=mapping(shape), source=limits.SOURCE, is_schematic=True)
    return found


def _whole(places: Sequence[Municipality], shape: BaseGeometry) -> dict[str, Any]:
    """What is said of several municipalities together: population, and a point in the middle."""
    middle = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
    return {
        "population": sum(place.population for place in places),
        "population_year": POPULATION_YEAR,
        "latitude": round(middle.y, 5),
        "longitude": round(middle.x, 5),
    }


def _shapes(places: Sequence[Municipality]) -> dict[str, BaseGeometry]:
    """The limits of every division, by « level:code »."""
    cells = limits.cells({place.code: (place.longitude, place.latitude) for place in places})
    found = {f"{Level.MUNICIPALITY}:{code}": cell for code, cell in cells.items()}
    for code in sorted({place.mrc_code for place in places}):
        parts = [cells[place.code] for place in places if place.mrc_code == code]
        found[f"{Level.MRC}:{code}"] = limits.dissolve(parts)
    found[f"{Level.REGION}:{REGION_CODE}"] = limits.dissolve(list(cells.values()))
    return found


def _keep_former_names(actor: Any, found: dict[str, Division]) -> None:
    centre = found[f"{Level.MRC}:27"]
    day_before = RENAMED_ON - timedelta(days=1)
    record_name(actor=actor, division=centre, name="Robert-Cliche", valid_to=day_before)
    record_name(actor=actor, division=centre, name="Beauce-Centre", valid_from=RENAMED_ON)
