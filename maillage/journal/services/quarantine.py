"""Settling what devices sent and was not written: corrected and written by a person, or set aside with a reason."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.journal.context import DraftContext
from maillage.journal.drafts import EntryDraft, draft_of
from maillage.journal.enums import OperationKind, OperationState
from maillage.journal.models import Entry, SyncOperation
from maillage.journal.permissions import can_settle_operation
from maillage.journal.reconciling import nameless
from maillage.journal.screening import screen
from maillage.journal.sync.merge import parts_of
from maillage.programs.models import Program

from .edition import edit_entry
from .logging import log_entry
from .operations import close_operation
from .refusals import EditedMeanwhile, IdentitySuspected
from .removal import delete_entry, restore_entry


@transaction.atomic
def accept_operation(
    *,
    actor: Any,
    operation: SyncOperation,
    draft: EntryDraft | None = None,
    acknowledged: bool = False,
    revision: int | None = None,
    program: Program | None = None,
    reason: str = "",
) -> Entry | None:
    """Write what a device sent as `draft` now says it: under the number that the device gave to the entry, in the name
    of the worker of the draft. A deletion takes no draft.

    `revision` is that of the entry which the person saw, 0 when there was none (None: nobody looked); `program` serves
    an operation that names none that is known. Gives None for the deletion of an entry that never came. Raises
    `NotAllowed`, `Refused`, `EditedMeanwhile`, `DraftRefused` or `IdentitySuspected`; nothing is written then.
    """
    operation = _still_waiting(actor, operation)
    program = operation.program or program
    entry = Entry.objects.filter(uid=operation.entry_uid).select_related("program", "worker").first()
    if entry is not None and (program is None or entry.program_id != program.pk):
        raise Refused(_("Une intervention d'un autre programme porte déjà ce numéro : écartez cet envoi."))
    if entry is not None and revision is not None and entry.revision != revision:
        raise EditedMeanwhile(entry, _("Cette intervention a été modifiée pendant que vous la régliez."))
    if operation.kind == OperationKind.DELETE:
        written = entry and delete_entry(actor=actor, entry=entry, reason=reason)
    elif draft is None or program is None:
        raise Refused(_("Il manque ce que l'intervention doit dire."))
    elif entry is None:
        written = _log(actor, operation, program, draft, acknowledged)
    else:
        if entry.deleted_at is not None:
            entry = restore_entry(actor=actor, entry=entry, to_correct=True)
        written = edit_entry(actor=actor, entry=entry, revision=entry.revision, draft=draft, acknowledged=acknowledged)
    close_operation(operation=operation, actor=actor)
    said = {"device": str(operation.device), "operation": str(operation.uid)}
    audit(actor=actor, verb="journal.operation_accepted", obj=written or operation, changes=said)
    return written


@transaction.atomic
def discard_operation(*, actor: Any, operation: SyncOperation, reason: str) -> SyncOperation:
    """Set aside what a device sent: what it said is wiped, who decided and why stay.

    The reason may name nobody. Raises `NotAllowed`, `Refused` or `IdentitySuspected`.
    """
    operation = _still_waiting(actor, operation)
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Refused(_("Dites pourquoi cet envoi est écarté : il ne pourra pas être repris."))
    places = DraftContext(operation.program).known_places if operation.program else frozenset()
    if findings := screen(reason, places):
        raise IdentitySuspected(findings)
    close_operation(operation=operation, actor=actor, state=OperationState.DISCARDED, reason=reason)
    audit(actor=actor, verb="journal.operation_discarded", obj=operation, changes={"reason": reason})
    return operation


def _log(actor: Any, operation: SyncOperation, program: Program, draft: EntryDraft, acknowledged: bool) -> Entry:
    """The entry written under the number of the device, unless the device itself just sent another one."""
    whole = draft.with_(uid=operation.entry_uid)
    written = log_entry(actor=actor, program=program, draft=whole, acknowledged=acknowledged)
    if _said(draft_of(written)) != _said(whole):
        raise EditedMeanwhile(written, _("Cette intervention vient d'arriver de l'appareil : comparez les deux."))
    return written


def _said(draft: EntryDraft) -> Any:
    return parts_of(draft.with_(referrals=nameless(draft.referrals)))


def _still_waiting(actor: Any, operation: SyncOperation) -> SyncOperation:
    """The operation as it is now, held until the end of the transaction, when `actor` may settle it and nobody did."""
    held = SyncOperation.objects.select_for_update(of=("self",)).select_related("device__user", "program")
    found = held.get(pk=operation.pk)
    if found.state not in (OperationState.REJECTED, OperationState.HELD):
        raise Refused(_("Cet envoi a déjà été réglé."))
    require(can_settle_operation(actor, found))
    return found
