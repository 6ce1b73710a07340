"""Reads a file of places as a table whose rows carry a geometry.

What the file is comes from its content. GeoJSON is parsed here; GDAL opens only copies of Shapefiles and GeoPackages
under names of ours, so that no name, archive or link of the file can lead it elsewhere.
"""

import tempfile
from collections.abc import Container, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.tabular import MAX_ROWS, Row, Table, Unreadable
from maillage.core.tabular.heading import titles
from maillage.core.tabular.read import check_file

from . import geojson, vectors
from .shapes import to_wgs84


def is_geo(path: Path) -> bool:
    """Whether the file is one of places."""
    return vectors.kind(path) != "" or geojson.looks_like(path)


def list_layers(path: Path) -> list[str]:
    """Layers among which to choose; none for GeoJSON."""
    check_file(path)
    if not vectors.kind(path):
        return []
    with tempfile.TemporaryDirectory() as folder:
        return list(vectors.layers(path, Path(folder)))


def read_places(path: Path, layer: str = "", known: Container[str] = (), crs: str = "") -> Table:
    """The features of a file (of one layer when there are several; the first by default), in WGS84.

    `crs` names the system of coordinates of a file that does not say its own. Row numbers are those of the features,
    from 1. Raises `Unreadable` with a sentence.
    """
    check_file(path)
    if vectors.kind(path):
        with tempfile.TemporaryDirectory() as folder:
            found = vectors.read(path, Path(folder), layer)
    else:
        found = geojson.read(path)
    if not found.rows:
        raise Unreadable(_("Le fichier ne contient aucun élément."))
    if len(found.rows) > MAX_ROWS:
        raise Unreadable(_("Le fichier a plus de {n} éléments. Coupez-le en plusieurs fichiers.").format(n=MAX_ROWS))
    geometries, remarks, notes = to_wgs84(found.geometries, crs or found.crs, found.missing_crs)
    return Table(
        name=found.layer,
        headers=titles(found.columns, len(found.columns)),
        header_row=0,
        open_rows=partial(_rows, found.rows, geometries, remarks),
        notes=[*found.notes, *notes],
        has_geometry=True,
    )


def _rows(rows: list[list[Any]], geometries: list[Any], remarks: list[str]) -> Iterator[Row]:
    for number, (cells, geometry, remark) in enumerate(zip(rows, geometries, remarks, strict=True), start=1):
        yield Row(number, cells, geometry, remark)
