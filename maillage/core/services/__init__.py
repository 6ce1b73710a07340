from .audit import audit, audit_each, audit_many, differences, line
from .mail import Attachment, queue_mail
from .written import Outcome, Written, write, write_many

__all__ = [
    "Attachment",
    "Outcome",
    "Written",
    "audit",
    "audit_each",
    "audit_many",
    "differences",
    "line",
    "queue_mail",
    "write",
    "write_many",
]
