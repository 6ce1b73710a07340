from .audit import audit, audit_many, differences
from .written import Outcome, Written, write

__all__ = ["Outcome", "Written", "audit", "audit_many", "differences", "write"]
