from .audit import audit, differences
from .written import Outcome, Written, write, write_many

__all__ = ["Outcome", "Written", "audit", "differences", "write", "write_many"]
