"""Maillage: from a worker's entry to a published portrait."""

__version__ = "0.1.0"
