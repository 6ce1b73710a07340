"""What a synchronization leaves for people to settle, written straight to the database."""

import json
import uuid
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.utils import timezone

from maillage.journal.models import Device, Entry, Sibling, SyncOperation
from maillage.journal.services import EntryDraft
from maillage.journal.sync.sealing import seal, sealing_key
from maillage.programs.models import Membership

from .counter import following


def make_phone(user: Any, **fields: Any) -> Device:
    """A device of a person, enrolled and silent."""
    values = {"label": f"Téléphone {following()}", "public_key": b"\x04" + bytes(64), **fields}
    return Device.objects.create(user=user, **values)


def make_sent(
    worker: Membership, content: dict[str, Any] | bytes | None, sealed: bool = True, **fields: Any
) -> SyncOperation:
    """An operation of a worker's phone that was refused (`state="held"` for one that is held); `content` is what it says."""
    device = fields.pop("device", None) or make_phone(worker.user)
    values: dict[str, Any] = {
        "uid": uuid.uuid4(),
        "device": device,
        "seq": following(),
        "program": worker.program,
        "entry_uid": uuid.uuid4(),
        "kind": "create",
        "state": "rejected",
        "made_at": timezone.now() - timedelta(hours=2),
        "problems": [["persons", "Personnes rejointes : inscrivez un nombre."]] if content is not None else [],
        **fields,
    }
    operation = SyncOperation(digest=sha256(str(values["uid"]).encode()).digest(), **values)
    if content is not None:
        plain = content if isinstance(content, bytes) else json.dumps(content).encode()
        operation.body, operation.sealed_with = plain, ""
        if sealed:
            operation.sealed_with, public = sealing_key()
            lines = ("maillage/1", device.uid, operation.uid, operation.entry_uid, operation.kind)
            operation.body = seal(plain, "\n".join(map(str, lines)).encode(), public)
    operation.save()
    return operation


def make_sibling(entry: Entry, draft: EntryDraft | None, worker: Membership | None = None, **fields: Any) -> Sibling:
    """Another version of an entry that waits beside it; without draft, a deletion."""
    worker = worker or entry.worker
    kind = fields.pop("kind", "update" if draft else "delete")
    base = fields.pop("base", entry.revision)
    operation = make_sent(
        worker, None, device=fields.pop("device", None), kind=kind, state="conflict", base=base, entry_uid=entry.uid
    )
    content = draft.as_json() if draft else {}
    return Sibling.objects.create(
        entry=entry, operation=operation, kind=kind, base=base, content=content, made_by=worker.user, **fields
    )
