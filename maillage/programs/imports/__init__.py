from .sites import SiteImporter

__all__ = ["SiteImporter"]
