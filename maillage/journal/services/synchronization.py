"""Operations of devices without network, received once whatever the number of times they are sent."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from maillage.core.changes import epoch
from maillage.journal.drafts import Problem
from maillage.journal.enums import OperationKind, OperationState
from maillage.journal.models import Device, SyncOperation
from maillage.journal.sync.answering import answer_again, answer_to, reused, tell_conflicts
from maillage.journal.sync.applying import apply
from maillage.journal.sync.authorship import Author
from maillage.journal.sync.lookups import Stale
from maillage.journal.sync.preparing import Prepared, authentic, prepare
from maillage.journal.sync.protocol import Answer, Batch, BatchAnswer, Operation, Report, Status
from maillage.journal.sync.sequence import Received
from maillage.journal.sync.standing import Standing, standing_entries
from maillage.journal.sync.writing import Raced

from .operations import close_operation
from .refusals import AnotherEpoch, UnknownDevice

REPLAYS = 3
DEADLOCKS = ("40P01", "40001")  # PostgreSQL: deadlock detected, serialization failure
logger = logging.getLogger(__name__)


def push_operations(*, actor: Any, batch: Batch) -> BatchAnswer:
    """Receive the operations of a device of `actor`. What is answered of each is already on the disk.

    Raises `UnknownDevice`, `AnotherEpoch` (nothing is written), or `OperationalError` when the storage fails.
    """
    device = Device.objects.select_related("user").filter(uid=batch.device, user=actor.pk).first()
    return _receive(device, batch, in_session=True)


def receive_mailbox(*, batch: Batch) -> BatchAnswer:
    """The same without a session: the signatures say who writes, and nothing can be read back.

    Raises as `push_operations` does.
    """
    device = Device.objects.select_related("user").filter(uid=batch.device).first()
    found = _receive(device, batch, in_session=False)
    for answer in found.answers:
        answer.problems, answer.sentence, answer.server = (), "", None
    return found


def _receive(device: Device | None, batch: Batch, in_session: bool) -> BatchAnswer:
    if device is None:
        raise UnknownDevice
    if batch.epoch != (now := epoch()):
        raise AnotherEpoch(now)
    key = bytes(device.public_key)
    answers: list[Answer | None] = []
    genuine: dict[UUID, Asked] = {}
    for operation in batch.operations:
        answer = authentic(operation, device.uid, key)
        if answer is None:
            asked = Asked(operation, operation.digest(device.uid))
            if genuine.setdefault(operation.op, asked).digest != asked.digest:
                answer = reused(operation.op)
        answers.append(answer)
    received = Received(device.highest, device.gaps)
    found: dict[UUID, Answer] = {}
    if genuine or in_session:  # without a session, only a signature proves that the device wrote its report
        received = _play_safely(device, list(genuine.values()), batch.report, in_session, found)
    told = [answer or found[op.op] for answer, op in zip(answers, batch.operations, strict=True)]
    return BatchAnswer(
        epoch=now,
        answers=[*told, *batch.unreadable],
        contiguous=received.contiguous,
        missing=received.missing,
        highest=received.highest,
        forged=sum(answer is not None and answer.status is Status.REJECTED for answer in answers),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation that its device signed, and the digest of what was signed."""

    operation: Operation
    digest: bytes


def _play_safely(
    device: Device, asked: Sequence[Asked], report: Report | None, in_session: bool, found: dict[UUID, Answer]
) -> Received:
    """Play the batch; what no database takes is found by playing each operation alone, so that one never stops its
    neighbours."""
    try:
        return _replay(device, asked, report, in_session, found)
    except (IntegrityError, DataError):
        logger.exception("a batch of device %s is played operation by operation", device.uid)
    received = Received()
    for one in sorted(asked, key=lambda each: each.operation.seq):
        try:
            received = _replay(device, [one], report, in_session, found)
        except (IntegrityError, DataError):
            received = _replay(device, [one], report, in_session, found, refuse=True)
    return received


def _replay(
    device: Device,
    asked: Sequence[Asked],
    report: Report | None,
    in_session: bool,
    found: dict[UUID, Answer],
    refuse: bool = False,
) -> Received:
    """Play until nobody else wrote meanwhile, `REPLAYS` times more at most."""
    for replay in range(REPLAYS + 1):
        if replay:
            device = Device.objects.select_related("user").get(pk=device.pk)
        try:
            return _play(device, asked, report, in_session, found, refuse, fresh=replay > 0 or refuse)
        except Stale:  # never raised by fresh lookups
            continue
        except Raced as error:
            if replay == REPLAYS:
                raise OperationalError("too many writers at once") from error
        except IntegrityError:
            if replay == REPLAYS:
                raise
        except OperationalError as error:
            if replay == REPLAYS or not _is_deadlock(error):
                raise
    raise AssertionError("unreachable")


def _play(
    device: Device,
    asked: Sequence[Asked],
    report: Report | None,
    in_session: bool,
    found: dict[UUID, Answer],
    refuse: bool,
    fresh: bool,
) -> Received:
    author = Author(device, fresh)
    rows = SyncOperation.objects.filter(uid__in=[one.operation.op for one in asked]).defer("body").order_by("id")
    known = {row.uid: row for row in rows}
    new = [one for one in asked if one.operation.op not in known]
    author.read({one.operation.program for one in new})
    prepared = [prepare(one.operation, author, one.digest) for one in new]
    for made in prepared if refuse else ():
        made.refuse(Problem("", _("Le serveur n'a pas pu inscrire cette opération.")))
    with transaction.atomic():
        conflicts = apply(author, prepared, report)
        _close_corrected(author, prepared)
    author.remember()
    found |= {made.operation.op: answer_to(made) for made in prepared}
    old = [one for one in asked if one.operation.op in known]
    found |= {one.operation.op: answer_again(known[one.operation.op], one.digest) for one in old}
    if in_session:
        tell_conflicts(found, conflicts | _conflicts_again(old, found, author), author)
    return author.received


def _close_corrected(author: Author, prepared: Sequence[Prepared]) -> None:
    """What a rule had refused is settled when its device sends it again, corrected: the same entry from the same
    revision, with a later number."""
    written = {
        (made.operation.entry, made.operation.kind, made.operation.base): made.operation.seq
        for made in prepared
        if made.state == OperationState.APPLIED and made.operation.kind != OperationKind.DELETE
    }
    if not written:
        return
    refused = SyncOperation.objects.filter(
        device=author.device, state=OperationState.REJECTED, entry_uid__in={entry for entry, _kind, _base in written}
    )
    for operation in refused.order_by("id"):
        if operation.seq < written.get((operation.entry_uid, operation.kind, operation.base), 0):
            close_operation(operation=operation, actor=author.user)


def _conflicts_again(old: Sequence[Asked], found: dict[UUID, Answer], author: Author) -> dict[UUID, Standing]:
    """The entries of conflicts that were answered before."""
    again = [one.operation for one in old if found[one.operation.op].status == Status.CONFLICT]
    if not again:
        return {}
    author.read({operation.program for operation in again})
    standings = standing_entries((operation.entry for operation in again), lock=False)
    return {operation.op: standings[operation.entry] for operation in again if operation.entry in standings}


def _is_deadlock(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", None) in DEADLOCKS
