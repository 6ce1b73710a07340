"""Deleting an entry leaves a trace, and can be undone for a while."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.changes import announce
from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.journal.context import DraftContext
from maillage.journal.drafts import EntryDraft, draft_of
from maillage.journal.enums import STREAM, UNDO_DAYS
from maillage.journal.models import Entry, EntryRevision, Sibling
from maillage.journal.permissions import can_edit
from maillage.journal.reconciling import same_rows
from maillage.journal.rows import keep_revision, locked, rewrite
from maillage.journal.screening import screen

from .refusals import IdentitySuspected


@transaction.atomic
def delete_entry(*, actor: Any, entry: Entry, reason: str = "") -> Entry:
    """Take `entry` out of the journal: its trace stays, its note leaves the row for the history.

    Deleting twice is deleting once. The reason stays in the audit log, so it may name nobody. Raises `NotAllowed` or
    `IdentitySuspected`.
    """
    require(can_edit(actor, entry))
    if reason and (findings := screen(reason, lambda: DraftContext(entry.program).known_places)):
        raise IdentitySuspected(findings)
    entry = locked(entry)
    if entry.deleted_at:
        return entry
    keep_revision(entry, actor)
    entry.deleted_at = timezone.now()
    entry.note = entry.search = entry.note_search = ""
    entry.revision += 1
    entry.save(update_fields=["deleted_at", "note", "search", "note_search", "revision", "updated_at"])
    announce(STREAM, [entry.pk])
    audit(actor=actor, verb="journal.delete", obj=entry, changes={"reason": reason.strip()[:300]} if reason else {})
    return entry


@transaction.atomic
def restore_entry(*, actor: Any, entry: Entry, to_correct: bool = False) -> Entry:
    """Bring a deleted entry back as it was, within `UNDO_DAYS`; later only `to_correct` it at once, since its note may
    be gone. Raises `NotAllowed` or `Refused`."""
    require(can_edit(actor, entry))
    entry = locked(entry)
    if entry.deleted_at is None:
        return entry
    if not to_correct and entry.deleted_at < timezone.now() - timedelta(days=UNDO_DAYS):
        raise Refused(
            _("Cette intervention a été supprimée il y a plus de 30 jours : elle ne peut plus être rétablie.")
        )
    draft = EntryDraft.from_json(entry.revisions.first().content)
    draft = draft.with_(referrals=same_rows(draft_of(entry).referrals, draft.referrals))
    rewrite(entry, draft, DraftContext(entry.program), actor)
    audit(actor=actor, verb="journal.restore", obj=entry)
    return entry


@transaction.atomic
def forget_deleted_notes(*, actor: Any = None, older_than_days: int = UNDO_DAYS) -> int:
    """Wipe from the history the notes of entries deleted more than `older_than_days` ago; give how many were wiped."""
    limit = timezone.now() - timedelta(days=older_than_days)
    wiped = 0
    old = EntryRevision.objects.filter(entry__deleted_at__lt=limit).exclude(content__note="").select_related("entry")
    for kept in old.order_by("id").iterator():
        kept.content["note"] = ""
        kept.save(update_fields=["content"])
        audit(actor=actor, verb="journal.forget_note", obj=kept.entry)
        wiped += 1
    return wiped + _forget_siblings(limit, actor)


def _forget_siblings(limit: Any, actor: Any) -> int:
    """The notes of versions that were settled beside entries deleted before `limit`."""
    old = Sibling.objects.filter(entry__deleted_at__lt=limit).exclude(settled_at=None).exclude(content__note="")
    found = [sibling for sibling in old.select_related("entry").order_by("id") if sibling.content.get("note")]
    for sibling in found:
        sibling.content["note"] = ""
        sibling.save(update_fields=["content"])
        audit(actor=actor, verb="journal.forget_note", obj=sibling.entry)
    return len(found)
