"""What importers of places share: they read tables and files of places alike."""

from pathlib import Path

from maillage.core.imports import Importer
from maillage.core.tabular import Table
from maillage.territories.geo import is_geo, list_layers, read_places


class PlacesReader(Importer):
    """An importer that also reads GeoJSON, Shapefile and GeoPackage."""

    def layers(self, path: Path) -> list[str]:
        """Sheets or layers among which to choose."""
        return list_layers(path) if is_geo(path) else super().layers(path)

    def read(self, path: Path, layer: str = "") -> Table:
        """The table of the file, with the geometry of each row when it has one."""
        return read_places(path, layer) if is_geo(path) else super().read(path, layer)
