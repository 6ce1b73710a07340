from .entry import Entry, EntryTerm
from .referral import Referral
from .revision import EntryRevision

__all__ = ["Entry", "EntryRevision", "EntryTerm", "Referral"]
