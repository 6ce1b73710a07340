"""A sealed file: what a device that cannot send wrote down, brought by somebody else (sync-protocol.md, section 9)."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.core.changes import epoch
from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.journal.models import Device, SyncOperation
from maillage.journal.permissions import can_bring_file
from maillage.journal.sync.protocol import MAX_BYTES, MAX_OPERATIONS, Answer, Batch, Status
from maillage.journal.sync.reading import Unreadable, read_batch, read_json

from .refusals import UnknownDevice
from .synchronization import receive_mailbox

FORMAT = "maillage-sealed-1"
MAX_FILE = 20 * 1024 * 1024
MAX_FILE_OPERATIONS = 20_000
MAX_BATCHES = 200


@dataclass(slots=True)
class Received:
    """What became of the operations of a file. `known` came before, whatever became of them then; `early` rest on an
    entry that did not come yet; `damaged` could not be read or were not signed by their device; `strange` are of
    devices that this server does not know."""

    applied: int = 0
    conflicts: int = 0
    rejected: int = 0
    held: int = 0
    known: int = 0
    early: int = 0
    damaged: int = 0
    strange: int = 0

    @property
    def new(self) -> int:
        """How many were kept for the first time."""
        return self.applied + self.conflicts + self.rejected + self.held

    @property
    def total(self) -> int:
        """How many the file held."""
        return sum(getattr(self, one.name) for one in fields(self))


_COUNTED = {
    Status.APPLIED: "applied",
    Status.DUPLICATE: "known",
    Status.CONFLICT: "conflicts",
    Status.REJECTED: "rejected",
    Status.HELD: "held",
    Status.RETRY: "early",
    Status.OP_REUSE: "damaged",
    Status.UPGRADE: "damaged",
}


def receive_sealed_file(*, actor: Any, data: bytes) -> Received:
    """Bring to the journal the operations of a sealed file, as if their devices sent them: once, in their authors'
    names. Whoever brings it reads nothing of it. The same file again changes nothing.

    Each batch is a transaction: what was kept before a trouble stays, and the file can be brought again. Raises
    `NotAllowed` or `Refused` (nothing was kept).
    """
    require(can_bring_file(actor))
    found = Received()
    waiting = list(_batches(data, found))
    # What rests on an entry of another device of the file waits for it: again, as long as that brings something.
    while waiting:
        late = [again for batch in waiting if (again := _receive(actor, batch, found)) is not None]
        if len(late) == len(waiting) and _count(late) == _count(waiting):
            found.early += _count(late)
            break
        waiting = late
    return found


def _batches(data: bytes, found: Received) -> Iterator[Batch]:
    """The file as batches that a device could have sent. Raises `Refused` for what is no sealed file."""
    if len(data) > MAX_FILE:
        raise Refused(_("Ce fichier dépasse 20 Mo : un fichier scellé est plus petit. Exportez-le de nouveau."))
    try:
        content = read_json(data)
    except Unreadable as error:
        raise Refused(_("Ce fichier ne se lit pas : il est endommagé, ou ce n'est pas un fichier scellé.")) from error
    listed = content.get("batches")
    if content.get("format") != FORMAT or not isinstance(listed, list) or len(listed) > MAX_BATCHES:
        raise Refused(_("Ce n'est pas un fichier scellé de Maillage : exportez-le depuis « Sur cet appareil »."))
    if sum(len(_operations(batch)) for batch in listed) > MAX_FILE_OPERATIONS:
        raise Refused(_("Ce fichier porte plus de 20 000 envois : exportez-le en plusieurs fois."))
    now, made = epoch(), []
    for batch in listed:
        sent = _operations(batch)
        for part in _parts(sent):
            try:
                made.append(
                    replace(read_batch({"device": batch.get("device"), "epoch": now, "ops": part}), report=None)
                )
            except Unreadable:
                found.damaged += len(part)
    yield from made


def _operations(batch: Any) -> list[Any]:
    listed = batch.get("ops") if isinstance(batch, dict) else None
    return listed if isinstance(listed, list) else []


def _parts(sent: list[Any]) -> Iterator[list[Any]]:
    """Operations in the order of their device, as many at a time as it would send."""
    part: list[Any] = []
    size = 0
    for one in sorted(sent, key=_seq):
        weight = len(one["body"]) if isinstance(one, dict) and isinstance(one.get("body"), str) else 0
        if part and (len(part) == MAX_OPERATIONS or size + weight > MAX_BYTES):
            yield part
            part, size = [], 0
        part.append(one)
        size += weight
    if part:
        yield part


def _seq(one: Any) -> int:
    seq = one.get("seq") if isinstance(one, dict) else None
    return seq if type(seq) is int else 0


def _receive(actor: Any, batch: Batch, found: Received) -> Batch | None:
    """Receive a batch and count; give back what must wait for another."""
    asked = [operation.op for operation in batch.operations]
    known = set(SyncOperation.objects.filter(uid__in=asked).order_by().values_list("uid", flat=True))
    try:
        answers = receive_mailbox(batch=batch).answers
    except UnknownDevice:
        found.strange += len(batch.operations) + len(batch.unreadable)
        return None
    before, early = found.new, set()
    for answer in answers:
        if answer.status == Status.RETRY and answer.op is not None:
            early.add(answer.op)
        else:
            name = _name(answer, known)
            setattr(found, name, getattr(found, name) + 1)
    if found.new > before:
        _say(actor, batch.device, found.new - before)
    late = [operation for operation in batch.operations if operation.op in early]
    return replace(batch, operations=late, unreadable=()) if late else None


def _name(answer: Answer, known: set[UUID]) -> str:
    if answer.op in known and answer.status != Status.OP_REUSE:
        return "known"
    kept = answer.op is not None and SyncOperation.objects.filter(uid=answer.op).exists()
    return "damaged" if answer.status == Status.REJECTED and not kept else _COUNTED[answer.status]


def _say(actor: Any, device: UUID, count: int) -> None:
    """Write in the audit who brought how much of which device."""
    audit(actor=actor, verb="journal.sealed_file", obj=Device.objects.get(uid=device), changes={"count": count})


def _count(batches: list[Batch]) -> int:
    return sum(len(batch.operations) for batch in batches)
