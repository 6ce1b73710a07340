"""Reads of this context."""

from maillage.core.text import stems

from .enums import Level
from .models import Division


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
