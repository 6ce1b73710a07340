from .bulk import save_divisions, save_sites
from .divisions import record_name, record_succession, save_division, set_boundary
from .drafts import DivisionDraft, SiteDraft
from .sites import save_site

__all__ = [
    "DivisionDraft",
    "SiteDraft",
    "record_name",
    "record_succession",
    "save_division",
    "save_divisions",
    "save_site",
    "save_sites",
    "set_boundary",
]
