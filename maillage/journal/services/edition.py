"""Correcting an entry without overwriting what somebody else corrected."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit, differences
from maillage.journal.context import DraftContext
from maillage.journal.drafts import EntryDraft, draft_of
from maillage.journal.models import Entry
from maillage.journal.permissions import can_edit, can_log_for
from maillage.journal.reconciling import in_order, named, same_rows
from maillage.journal.referral_rows import lives_of
from maillage.journal.rows import keep_revision, locked, rewrite
from maillage.journal.screening import screen
from maillage.journal.validation import validate_draft

from .refusals import DraftRefused, EditedMeanwhile, IdentitySuspected


@transaction.atomic
def edit_entry(*, actor: Any, entry: Entry, revision: int, draft: EntryDraft, acknowledged: bool = False) -> Entry:
    """Make `entry` say what `draft` says, provided it still stands at `revision`; what it said is kept.

    Raises `NotAllowed`, `EditedMeanwhile` (nothing written), `DraftRefused` or `IdentitySuspected`.
    """
    require(can_edit(actor, entry))
    entry = locked(entry)
    if entry.deleted_at:
        raise Refused(_("Cette intervention a été supprimée entre-temps : rétablissez-la pour la corriger."))
    if entry.revision != revision:
        raise EditedMeanwhile(entry, _("Cette intervention a été modifiée pendant que vous la corrigiez."))
    context, before = DraftContext(entry.program), draft_of(entry)
    draft = draft.with_(referrals=same_rows(before.referrals, draft.referrals))
    if draft.worker_id != before.worker_id and (worker := context.team.get(draft.worker_id)):
        require(can_log_for(actor, worker))
    if problems := validate_draft(draft, context, before):
        raise DraftRefused(problems)
    draft = draft.with_(referrals=in_order(before.referrals, named(draft.referrals)))
    changed = differences(before.as_json(), draft.with_(persons_referred=draft.distinct_referred).as_json(), ["note"])
    if not changed:
        return entry
    findings = screen(draft.note, lambda: context.known_places) if draft.note and draft.note != before.note else []
    if findings and not acknowledged:
        raise IdentitySuspected(findings)
    keep_revision(entry, actor)
    lives = lives_of(entry, before, draft)
    rewrite(entry, draft, context, actor)
    changed |= lives
    if findings:
        changed["screening"] = sorted({finding.kind for finding in findings})
    audit(actor=actor, verb="journal.edit", obj=entry, changes=changed)
    return entry
