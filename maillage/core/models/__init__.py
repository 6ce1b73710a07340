from .audit import AuditEvent
from .change import Change
from .epoch import Epoch
from .import_job import ImportJob, ImportMapping, ImportState
from .mail import MailChoice, MailState, OutgoingMail

__all__ = [
    "AuditEvent",
    "Change",
    "Epoch",
    "ImportJob",
    "ImportMapping",
    "ImportState",
    "MailChoice",
    "MailState",
    "OutgoingMail",
]
