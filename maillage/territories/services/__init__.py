from .divisions import record_name, record_succession, save_division, set_boundary
from .sites import save_site

__all__ = ["record_name", "record_succession", "save_division", "save_site", "set_boundary"]
