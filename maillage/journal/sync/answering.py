"""What a device is told: of an operation just decided, of one that came before, of an entry that had changed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.journal.enums import OperationState
from maillage.journal.models import SyncOperation
from maillage.journal.permissions import can_read_note

from .authorship import Author, Desk
from .fields import fields_of
from .preparing import Prepared
from .protocol import Answer, Status
from .standing import Standing

STATUS = {
    OperationState.APPLIED: Status.APPLIED,
    OperationState.CONFLICT: Status.CONFLICT,
    OperationState.REJECTED: Status.REJECTED,
    OperationState.HELD: Status.HELD,
}
# A person settled it or put it aside: the device has nothing more to do.
AGAIN = STATUS | dict.fromkeys(
    (OperationState.APPLIED, OperationState.SETTLED, OperationState.DISCARDED), Status.DUPLICATE
)


def answer_to(made: Prepared) -> Answer:
    """The answer to an operation of this batch."""
    if made.state is None:
        said = _("L'intervention que cette opération corrige n'est pas encore arrivée.")
        return Answer(op=made.operation.op, status=Status.RETRY, sentence=said)
    status = Status.DUPLICATE if made.repeated else STATUS[made.state]
    return _answer(made.operation.op, status, made.revision, made.problems)


def answer_again(known: SyncOperation, digest: bytes) -> Answer:
    """The answer to an operation whose key came before."""
    if bytes(known.digest) != digest:
        return reused(known.uid)
    return _answer(known.uid, AGAIN[OperationState(known.state)], known.revision, known.problems)


def reused(op: UUID) -> Answer:
    """The answer to an operation that bears the key of another."""
    return Answer(op=op, status=Status.OP_REUSE, sentence=_("Une autre opération porte déjà cette clé."))


def tell_conflicts(answers: Mapping[UUID, Answer], entries: Mapping[UUID, Standing], author: Author) -> None:
    """Add to each conflict what its entry says now, for whoever may read it. `entries` are by operation."""
    desks: dict[int, Desk] = {desk.program.pk: desk for desk in author.desks if desk.own is not None}
    for op, standing in entries.items():
        answer, desk = answers.get(op), desks.get(standing.program_id)
        if answer is not None and answer.status == Status.CONFLICT and desk is not None:
            answer.server = _said(standing, desk, author)


def _said(standing: Standing, desk: Desk, author: Author) -> dict[str, Any]:
    if standing.deleted:
        return {"revision": standing.revision, "deleted": True, "fields": {}}
    with_note = standing.entry is None or bool(can_read_note(author.user, standing.entry, desk.roles))
    fields = fields_of(standing.draft, desk.context, with_note)
    return {"revision": standing.revision, "deleted": False, "fields": fields}


def _answer(op: UUID, status: Status, revision: int, problems: Any) -> Answer:
    pairs = [(name, sentence) for name, sentence in problems]
    sentence = pairs[0][1] if pairs else ""
    return Answer(op=op, status=status, revision=revision, sentence=sentence, problems=pairs)
