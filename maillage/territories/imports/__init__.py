from .divisions import DivisionImporter
from .places import PlacesReader

__all__ = ["DivisionImporter", "PlacesReader"]
