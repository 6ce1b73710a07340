"""`POST /api/sync/v1/devices`, `ops` and `mailbox`: what devices send."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router

from maillage.core.changes import epoch
from maillage.core.errors import NotAllowed
from maillage.journal.services import (
    AnotherEpoch,
    DeviceTaken,
    KeyUnusable,
    UnknownDevice,
    enrol_device,
    push_operations,
    receive_mailbox,
)
from maillage.journal.sync import reading
from maillage.journal.sync.protocol import (
    KEEP_DAYS,
    MAX_BYTES,
    MAX_OPERATIONS,
    SCHEMAS,
    VERSION,
    Answer,
    Batch,
    BatchAnswer,
)
from maillage.journal.sync.sealing import b64, sealing_key, unb64
from maillage.journal.sync.sequence import Received

from . import examples
from .admission import note_bad_signature, note_stranger, require_trusted
from .openapi import TOKEN, answers, body, errors
from .problems import Problem
from .schemas import BatchIn, BatchOut, DeviceIn, DeviceOut, MailboxOut
from .session import Session

router = Router(tags=["sync"])
SENT = (400, 411, 413, 415, 426, 429, 503)


@router.post(
    "/sync/v1/devices",
    auth=Session(),
    url_name="sync-devices",
    operation_id="enrolDevice",
    summary="Enrol a device",
    response=answers(DeviceOut, 401, 403, 409, *SENT),
    openapi_extra=body(DeviceIn, examples.DEVICE)
    | TOKEN
    | errors(401, 403, 409, *SENT, _409="`device_taken`: the identifier bears another key or person."),
)
def devices(request: HttpRequest) -> HttpResponse:
    """Make a device of the person known by its public key. The same one again changes nothing."""
    data = _read(request)
    try:
        uid, label = reading.read_uuid(data, "device"), reading.read_text({"label": "", **data}, "label")
        device = enrol_device(actor=request.user, uid=uid, public_key=_key(data), label=label)
    except (reading.Unreadable, KeyUnusable) as refusal:
        raise Problem(400, "unreadable", str(refusal)) from refusal
    except DeviceTaken as refusal:
        raise Problem(409, "device_taken", str(refusal)) from refusal
    except NotAllowed as refusal:
        raise Problem(403, "forbidden", str(refusal)) from refusal
    received = Received(device.highest, device.gaps)
    said = {
        "device": str(device.uid),
        "epoch": epoch(),
        "schemas": list(SCHEMAS),
        **_now(),
        "limits": {"operations": MAX_OPERATIONS, "bytes": MAX_BYTES, "keep_days": KEEP_DAYS},
        "contiguous": received.contiguous,
        "missing": received.missing,
        "highest": received.highest,
    }
    return JsonResponse(said)


@router.post(
    "/sync/v1/ops",
    auth=Session(),
    url_name="sync-ops",
    operation_id="pushOperations",
    summary="Push operations",
    response=answers(BatchOut, 401, 403, 404, 409, *SENT),
    openapi_extra=body(BatchIn, examples.BATCH) | TOKEN | errors(401, 403, 404, 409, *SENT),
)
def ops(request: HttpRequest) -> HttpResponse:
    """Receive operations of a device of the person. Each has its own result; what is answered is on the disk."""
    batch = _batch(request)
    try:
        found = push_operations(actor=request.user, batch=batch)
    except UnknownDevice as refusal:
        raise Problem(404, "unknown_device", str(refusal)) from refusal
    except AnotherEpoch as refusal:
        raise Problem(409, "epoch", str(refusal), epoch=refusal.epoch) from refusal
    return _answer(found, [_result(answer) for answer in found.answers])


@router.post(
    "/sync/v1/mailbox",
    url_name="sync-mailbox",
    operation_id="leaveOperations",
    summary="Leave operations without a session",
    response=answers(MailboxOut, 404, 409, *SENT),
    openapi_extra=body(BatchIn, examples.BATCH) | {"security": []} | errors(404, 409, *SENT),
)
def mailbox(request: HttpRequest) -> HttpResponse:
    """Receive operations without session nor cookie: signatures say who writes, and nothing can be read in the answer."""
    batch = _batch(request)
    require_trusted(request, batch.device)
    try:
        found = receive_mailbox(batch=batch)
    except UnknownDevice as refusal:
        note_stranger(request, batch.device)
        raise Problem(404, "unknown_device", str(refusal)) from refusal
    except AnotherEpoch as refusal:
        raise Problem(409, "epoch", str(refusal), epoch=refusal.epoch) from refusal
    if found.forged:
        note_bad_signature(request, batch.device)
    return _answer(found, [_outcome(answer) for answer in found.answers])


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        data = reading.read_json(request.body)
    except UnreadablePostError as refusal:
        raise Problem(400, "unreadable", _("L'envoi a été coupé en route.")) from refusal
    except reading.Unreadable as refusal:
        raise Problem(400, "unreadable", str(refusal)) from refusal
    return data


def _batch(request: HttpRequest) -> Batch:
    data = _read(request)
    try:
        batch = reading.read_batch(data)
    except reading.UnknownProtocol as refusal:
        raise Problem(426, "upgrade", str(refusal), protocols=[VERSION]) from refusal
    except reading.Unreadable as refusal:
        raise Problem(400, "unreadable", str(refusal)) from refusal
    if len(batch.operations) + len(batch.unreadable) > MAX_OPERATIONS:
        said = _("Un envoi porte au plus %s opérations.") % MAX_OPERATIONS
        raise Problem(413, "too_many", said, operations=MAX_OPERATIONS)
    return batch


def _key(data: dict[str, Any]) -> bytes:
    given = data.get("public_key")
    try:
        return unb64(given) if isinstance(given, str) and len(given) <= 100 else b""
    except ValueError:
        return b""


def _now() -> dict[str, Any]:
    key, public = sealing_key()
    return {
        "server_time": timezone.now().isoformat(timespec="milliseconds"),
        "sealing": {"key": key, "public": b64(public)},
    }


def _answer(found: BatchAnswer, results: Sequence[dict[str, Any]]) -> HttpResponse:
    said = {
        "epoch": found.epoch,
        **_now(),
        "results": results,
        "contiguous": found.contiguous,
        "missing": [list(run) for run in found.missing],
        "highest": found.highest,
    }
    return HttpResponse(json.dumps(said, ensure_ascii=False), content_type="application/json")


def _outcome(answer: Answer) -> dict[str, Any]:
    """What became of an operation, without a word of what it says."""
    said: dict[str, Any] = {"op": str(answer.op) if answer.op else None, "status": answer.status.value}
    if answer.revision:
        said["revision"] = answer.revision
    return said


def _result(answer: Answer) -> dict[str, Any]:
    """What became of an operation, for its person."""
    said = _outcome(answer)
    if answer.sentence:
        said["sentence"] = answer.sentence
    if answer.problems:
        said["problems"] = [list(problem) for problem in answer.problems]
    if answer.server is not None:
        said["server"] = answer.server
    return said
