"""The only code that writes the journal. Every door checks the right first, then the rules, and writes all or nothing."""

from maillage.journal.context import DraftContext
from maillage.journal.drafts import EntryDraft, Problem, ReferralDraft, draft_of
from maillage.journal.validation import validate_draft

from .edition import edit_entry
from .logging import log_entries, log_entry
from .refusals import DraftRefused, DraftsRefused, EditedMeanwhile, IdentitySuspected
from .removal import delete_entry, forget_deleted_notes, restore_entry

__all__ = [
    "DraftContext",
    "DraftRefused",
    "DraftsRefused",
    "EditedMeanwhile",
    "EntryDraft",
    "IdentitySuspected",
    "Problem",
    "ReferralDraft",
    "delete_entry",
    "draft_of",
    "edit_entry",
    "forget_deleted_notes",
    "log_entries",
    "log_entry",
    "restore_entry",
    "validate_draft",
]
