"""The words of the protocol: what a device sends and what it is answered. Nothing here reads the database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

VERSION = "maillage/1"
SCHEMAS = (1,)  # of the content of operations: this one and the one before it, twelve months at least
MAX_OPERATIONS = 50
MAX_BYTES = 256 * 1024
KEEP_DAYS = 30  # a device keeps what was acknowledged, sealed, for the day when the server is restored
DOUBTFUL_SECONDS = 300
HIGHEST = 2**53 - 1  # the largest whole number that every language writes exactly
HIGHEST_BASE = 2**31 - 1


class Status(StrEnum):
    """What became of one operation. Nothing but `RETRY` and `UPGRADE` is to be sent again."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    RETRY = "retry"
    REJECTED = "rejected"
    HELD = "held"
    OP_REUSE = "op_reuse"
    UPGRADE = "upgrade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation as it came. `body` is base64url text: sealed for the key `seal`, or open JSON when `seal` is "".

    `made` is the device's clock (ISO 8601 with its offset), `age` the milliseconds that its monotonic clock counted
    since, when it could count them.
    """

    op: UUID
    seq: int
    entry: UUID
    kind: str
    base: int
    program: str
    schema: int
    made: str
    seal: str
    body: str
    signature: str
    age: int | None = None

    def signed_text(self, device: UUID) -> bytes:
        """What the device signed: the lines of the operation under the name of the protocol."""
        lines = (
            VERSION,
            str(device),
            str(self.op),
            str(self.seq),
            str(self.entry),
            self.kind,
            str(self.base),
            self.program,
            str(self.schema),
            self.made,
            self.seal,
            self.body,
        )
        return "\n".join(lines).encode()

    def sealed_for(self, device: UUID) -> bytes:
        """What the sealing is bound to: a body moved to another operation cannot be opened."""
        return "\n".join((VERSION, str(device), str(self.op), str(self.entry), self.kind)).encode()

    def digest(self, device: UUID) -> bytes:
        """SHA-256 of the signed text: whether the same key comes with the same content."""
        return sha256(self.signed_text(device)).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a device says of itself with each batch. `oldest` is the age in minutes of what has waited the longest."""

    clock: datetime | None = None
    waiting: int = 0
    oldest: int = 0
    persisted: bool | None = None
    app: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Operations of one device. `unreadable` holds what could not be read as an operation, with a sentence."""

    device: UUID
    epoch: str
    operations: Sequence[Operation] = ()
    report: Report | None = field(default_factory=Report)
    unreadable: Sequence["Answer"] = ()


@dataclass(slots=True, kw_only=True)
class Answer:
    """What became of one operation; `op` is None when the thing sent had no readable key.

    `problems` are `(field, sentence)` pairs; `server` is what the entry says now, for whoever may read it.
    """

    op: UUID | None
    status: Status
    revision: int = 0
    sentence: str = ""
    problems: Sequence[tuple[str, str]] = ()
    server: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchAnswer:
    """The answer to a batch: `missing` are runs of numbers `(first, last)` that never came below `highest`; `forged` is
    how many operations came that the device did not sign."""

    epoch: str
    answers: Sequence[Answer]
    contiguous: int
    missing: Sequence[tuple[int, int]]
    highest: int = 0
    forged: int = 0
