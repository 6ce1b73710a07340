"""What a reader of places found in a file, before coordinates are looked at."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Found:
    """Columns, rows and geometries (or None) of one layer, and the system of coordinates it declares ("" if none)."""

    layer: str
    columns: list[str]
    rows: list[list[Any]]
    geometries: list[Any]
    crs: str
    missing_crs: str = ""
    notes: list[str] = field(default_factory=list)
