from .divisions import DivisionImporter

__all__ = ["DivisionImporter"]
