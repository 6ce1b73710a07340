import json
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from maillage.core.changes import epoch
from maillage.journal.models import Device
from maillage.journal.services import enrol_device, push_operations
from maillage.journal.sync.pen import Pen
from maillage.journal.sync.protocol import Batch, BatchAnswer, Operation, Report
from maillage.journal.sync.sealing import b64, seal, sealing_key
from maillage.programs.models import Program

Fields = dict[str, str | list[str]]


@dataclass
class TestDevice:
    """A phone as the protocol describes it, without a browser: it numbers, seals and signs operations."""

    __test__ = False
    device: Device
    pen: Pen
    program: Program | None = None
    seq: int = 0
    sealed: bool = True
    made: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def create(self, fields: Fields, *, acknowledged: bool = False, **changes: Any) -> Operation:
        """A new entry; `changes` are values of the operation (`entry`, `seq`, `program`…)."""
        return self.operation("create", {"fields": fields, "acknowledged": acknowledged}, **changes)

    def update(
        self, entry: uuid.UUID, base: int, fields: Fields, *, acknowledged: bool = False, **changes: Any
    ) -> Operation:
        """A correction of `entry` as it stood at revision `base`: the whole form."""
        content = {"fields": fields, "acknowledged": acknowledged}
        return self.operation("update", content, entry=entry, base=base, **changes)

    def send(self, *operations: Operation, **values: Any) -> BatchAnswer:
        """The answer of the server, in the session of the device's person."""
        return push_operations(actor=self.device.user, batch=self.batch(*operations, **values))

    def statuses(self, *operations: Operation, **values: Any) -> list[str]:
        """What became of each operation sent."""
        return [str(one.status) for one in self.send(*operations, **values).answers]

    def delete(self, entry: uuid.UUID, base: int, reason: str = "", **changes: Any) -> Operation:
        """A deletion of `entry` as it stood at revision `base`."""
        return self.operation("delete", {"reason": reason}, entry=entry, base=base, **changes)

    def operation(self, kind: str, content: Any, **changes: Any) -> Operation:
        """An operation with this content (an object, or bytes as they are), numbered, sealed and signed."""
        self.seq = changes.get("seq", self.seq + 1)
        values: dict[str, Any] = {
            "op": uuid.uuid4(),
            "seq": self.seq,
            "entry": uuid.uuid4(),
            "kind": kind,
            "base": 0,
            "program": self.program.slug if self.program else "",
            "schema": 1,
            "made": self.made or datetime.now(UTC).isoformat(timespec="milliseconds"),
            "age": 0,
            "seal": "",
            "body": "",
            "signature": "",
        }
        made = Operation(**(values | self.extra | changes))
        if "body" not in changes:
            plain = content if isinstance(content, bytes) else json_bytes(content)
            made = self._filled(made, plain)
        return self.signed(made) if "signature" not in changes else made

    def signed(self, operation: Operation) -> Operation:
        """The operation with this device's signature."""
        return self.pen.sign(operation)

    def batch(self, *operations: Operation, **values: Any) -> Batch:
        """Operations as they are sent; `values` may give `epoch` and `report`."""
        given: dict[str, Any] = {"epoch": epoch(), "report": Report(clock=datetime.now(UTC)), **values}
        return Batch(device=self.device.uid, operations=operations, **given)

    def as_json(self, operation: Operation) -> dict[str, Any]:
        """The operation as the wire bears it."""
        names = Operation.__dataclass_fields__
        found = {name: getattr(operation, name) for name in names}
        return found | {"op": str(operation.op), "entry": str(operation.entry)}

    def _filled(self, operation: Operation, plain: bytes) -> Operation:
        if not self.sealed:
            return replace(operation, body=b64(plain))
        key_id, public = sealing_key()
        return replace(operation, seal=key_id, body=b64(seal(plain, operation.sealed_for(self.device.uid), public)))


def make_device(user: Any, program: Program | None = None, **values: Any) -> TestDevice:
    """A device of `user`, enrolled; it writes in `program` (the newest where the person is in the team by default)."""
    pen = Pen()
    label = values.pop("label", "Téléphone de terrain")
    device = enrol_device(actor=user, uid=pen.device, public_key=pen.public_key, label=label)
    if program is None:
        membership = user.memberships.team().select_related("program").order_by("-id").first()
        program = membership.program if membership else None
    return TestDevice(device=device, pen=pen, program=program, **values)


def json_bytes(content: Any) -> bytes:
    """The content as its bytes are sealed."""
    return json.dumps(content, ensure_ascii=False).encode()


def typed(program: Program, **fields: Any) -> Fields:
    """A valid form, typed: an individual entry in the programme's first site; `fields` change it (None removes)."""
    site = program.program_sites.select_related("site").order_by("id").first().site
    values: dict[str, Any] = {
        "date": "2014-05-06",
        "nature": "individual",
        "site": str(site.uid),
        "persons": "2",
        "minutes": "30",
        "action": ["welcome"],
        "theme": ["food", "budget"],
        "persons_referred": "",
        "note": "",
    }
    return {name: value for name, value in (values | fields).items() if value is not None}
