from .division import Boundary, Division, DivisionName, Succession
from .site import HousingSite

__all__ = ["Boundary", "Division", "DivisionName", "HousingSite", "Succession"]
