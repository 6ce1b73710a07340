"""The only code that writes the journal. Every door checks the right first, then the rules, and writes all or nothing."""

from maillage.journal.context import DraftContext
from maillage.journal.drafts import EntryDraft, Problem, ReferralDraft, draft_of
from maillage.journal.unmet.asking import UnmetAsked
from maillage.journal.validation import validate_draft

from .devices import enrol_device, revoke_device
from .edition import edit_entry
from .logging import log_entries, log_entry
from .loops import Said, follow_on, note_outcome, take_back
from .operations import forget_operations
from .quarantine import accept_operation, discard_operation
from .receivers import answer_by_link, answer_with_code, revoke_link, send_to_receiver
from .refusals import (
    AnotherEpoch,
    DeviceTaken,
    DraftRefused,
    DraftsRefused,
    EditedMeanwhile,
    IdentitySuspected,
    KeyUnusable,
    LinkClosed,
    ReferralMoved,
    UnknownDevice,
)
from .reminders import remind_follow_ups
from .removal import delete_entry, forget_deleted_notes, restore_entry
from .sealed_files import receive_sealed_file
from .siblings import settle_sibling
from .synchronization import push_operations, receive_mailbox
from .unmet import answer_need, raise_need

__all__ = [
    "AnotherEpoch",
    "DeviceTaken",
    "DraftContext",
    "DraftRefused",
    "DraftsRefused",
    "EditedMeanwhile",
    "EntryDraft",
    "IdentitySuspected",
    "KeyUnusable",
    "LinkClosed",
    "Problem",
    "ReferralDraft",
    "ReferralMoved",
    "Said",
    "UnknownDevice",
    "UnmetAsked",
    "accept_operation",
    "answer_by_link",
    "answer_need",
    "answer_with_code",
    "delete_entry",
    "discard_operation",
    "draft_of",
    "edit_entry",
    "enrol_device",
    "follow_on",
    "forget_deleted_notes",
    "forget_operations",
    "log_entries",
    "log_entry",
    "note_outcome",
    "push_operations",
    "raise_need",
    "receive_mailbox",
    "receive_sealed_file",
    "remind_follow_ups",
    "restore_entry",
    "revoke_device",
    "revoke_link",
    "send_to_receiver",
    "settle_sibling",
    "take_back",
    "validate_draft",
]
