from .audit import audit, audit_many, differences
from .written import Outcome, Written, write, write_many

__all__ = ["Outcome", "Written", "audit", "audit_many", "differences", "write", "write_many"]
