from .device import Device
from .entry import Entry, EntryTerm
from .operation import SyncOperation
from .referral import OPEN_STATES, Referral, ReferralEvent, ReferralLink
from .revision import EntryRevision
from .sibling import Sibling
from .unmet import RaisedNeed

__all__ = [
    "OPEN_STATES",
    "Device",
    "Entry",
    "EntryRevision",
    "EntryTerm",
    "RaisedNeed",
    "Referral",
    "ReferralEvent",
    "ReferralLink",
    "Sibling",
    "SyncOperation",
]
