"""Columnar facts: a store of immutable segments under a manifest, and cross-tabulation through DuckDB.

This room knows neither Django nor the product: it takes columns and parameters, and gives counts.
"""

from .crosstab import COUNT, MONTH, NONE, AtLeast, Condition, Counts, CrossTab, Days, OneOf
from .dataset import DataSet, DataSetLost
from .export import export
from .facts import Facts, StoreLost
from .grouped import Grouped
from .manifest import Manifest
from .schema import Child, ChildBatch, Dimension, FactBatch, FactSchema, FactSource, Links, Numbered
from .store import Store, Writer

__all__ = [
    "COUNT",
    "MONTH",
    "NONE",
    "AtLeast",
    "Child",
    "ChildBatch",
    "Condition",
    "Counts",
    "CrossTab",
    "DataSet",
    "DataSetLost",
    "Days",
    "Dimension",
    "FactBatch",
    "FactSchema",
    "FactSource",
    "Facts",
    "Grouped",
    "Links",
    "Manifest",
    "Numbered",
    "OneOf",
    "Store",
    "StoreLost",
    "Writer",
    "export",
]
