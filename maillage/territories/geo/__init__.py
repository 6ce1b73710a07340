"""Files of places: GeoJSON, Shapefile and GeoPackage in any system of coordinates, read as WGS84."""

from .read import is_geo, list_layers, read_places

__all__ = ["is_geo", "list_layers", "read_places"]
