"""The portraits of a release made by hand: the whole, then Lévis, each with hidden figures."""

from dataclasses import replace

from maillage.statistics.portrait import Portrait
from tests.factories import hide

from .sample import make_portrait


def two_portraits() -> tuple[Portrait, Portrait]:
    """The published portrait with an MRC hidden, and one of its MRC where small figures are."""
    whole = make_portrait()
    tables = tuple(hide(table, "2401700") if table.id == "territory" else table for table in whole.tables)
    area = replace(
        whole,
        territory="2402500",
        territory_name="Lévis",
        entries=1234,
        tables=tuple(
            hide(table, "other", "park", "grief", "RPD", "2014-05")
            for table in whole.tables
            if table.id not in ("territory", "coverage")
        ),
    )
    return replace(whole, tables=tables), area
