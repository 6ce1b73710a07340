from .audit import AuditEvent
from .change import Change
from .epoch import Epoch

__all__ = ["AuditEvent", "Change", "Epoch"]
