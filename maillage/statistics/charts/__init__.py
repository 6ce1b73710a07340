"""Charts as Vega-Lite specifications: one definition for the page and for the files.

A specification names its colours (`var(--…)`, the palette of `core`) and holds no data. The page fills it from the table beside it and
leaves the names to the style sheet; files put in the data, a width and the colours of `theme.PRINT`.
"""

from .catalogue import KINDS, compact, kind_of, share_text, standalone, templates, values
from .geometry import features, map_spec

__all__ = ["KINDS", "compact", "features", "kind_of", "map_spec", "share_text", "standalone", "templates", "values"]
