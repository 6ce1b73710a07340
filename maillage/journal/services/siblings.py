"""Deciding between an entry and the version that waits beside it. A person decides; both versions are kept."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.journal.drafts import EntryDraft
from maillage.journal.enums import OperationKind, SiblingOutcome
from maillage.journal.models import Entry, Sibling
from maillage.journal.permissions import can_settle
from maillage.journal.rows import locked

from .edition import edit_entry
from .operations import close_operation
from .refusals import EditedMeanwhile
from .removal import delete_entry, restore_entry


@transaction.atomic
def settle_sibling(
    *,
    actor: Any,
    sibling: Sibling,
    revision: int,
    outcome: str,
    draft: EntryDraft | None = None,
    acknowledged: bool = False,
) -> Entry:
    """Settle `sibling`, provided its entry still stands at `revision`, the one that the person saw.

    `outcome` keeps the entry as it is, takes the other version (a deletion deletes, a correction of a deleted entry
    brings it back), or writes `draft`, which joins both. What the entry said stays among its revisions, what the other
    version said stays with the sibling. Raises `NotAllowed`, `EditedMeanwhile` (nothing decided), `Refused`,
    `DraftRefused` or `IdentitySuspected`.
    """
    require(can_settle(actor, sibling))
    entry = locked(sibling.entry)
    sibling = Sibling.objects.select_for_update(of=("self",)).select_related("operation").get(pk=sibling.pk)
    if sibling.settled_at is not None:
        raise Refused(_("Ces deux versions ont déjà été conciliées par une autre personne."))
    if entry.revision != revision:
        raise EditedMeanwhile(entry, _("Cette intervention a été modifiée pendant que vous compariez les versions."))
    entry = _decided(actor, entry, sibling, SiblingOutcome(outcome), draft, acknowledged)
    sibling.settled_at, sibling.settled_by_id, sibling.outcome = timezone.now(), getattr(actor, "pk", None), outcome
    sibling.save(update_fields=["settled_at", "settled_by_id", "outcome"])
    close_operation(operation=sibling.operation, actor=actor)
    audit(actor=actor, verb=f"journal.sibling_{outcome}", obj=entry, changes={"sibling": str(sibling.uid)})
    return entry


def _decided(
    actor: Any, entry: Entry, sibling: Sibling, outcome: SiblingOutcome, draft: EntryDraft | None, acknowledged: bool
) -> Entry:
    if outcome == SiblingOutcome.KEPT:
        return entry
    if sibling.kind == OperationKind.DELETE:
        if outcome == SiblingOutcome.MERGED:
            raise Refused(_("Une suppression ne se réunit pas avec une version : supprimez, ou gardez."))
        return delete_entry(actor=actor, entry=entry)
    other = EntryDraft.from_json(sibling.content)
    if outcome == SiblingOutcome.TAKEN:
        draft = other
    if draft is None:
        raise Refused(_("Choisissez, pour chaque différence, la version à garder."))
    if entry.deleted_at is not None:
        entry = restore_entry(actor=actor, entry=entry, to_correct=True)
    # The note of the other version was screened, or its warning read, when it came.
    read = acknowledged or draft.note == other.note
    return edit_entry(actor=actor, entry=entry, revision=entry.revision, draft=draft, acknowledged=read)
