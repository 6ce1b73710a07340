from .audit import audit, differences
from .written import Outcome, Written, write

__all__ = ["Outcome", "Written", "audit", "differences", "write"]
