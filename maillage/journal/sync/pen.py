"""What a device does to write an operation: number it, seal it, sign it. The product's own hand in the protocol, for the
demonstration, the benchmark and whoever writes a client in Python (docs/reference/sync-protocol.md)."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from .protocol import SCHEMAS, Operation
from .sealing import CURVE, b64, seal


class Pen:
    """A device with its key and its count. `recipient` is the sealing key as a server tells it, `(identifier, point)`;
    without one, bodies go open."""

    def __init__(self, device: UUID | None = None, recipient: tuple[str, bytes] | None = None, seq: int = 0) -> None:
        self.device, self.recipient, self.seq = device or uuid4(), recipient, seq
        self._private = ec.generate_private_key(CURVE)

    @property
    def public_key(self) -> bytes:
        """The public point, to be enrolled."""
        encoding, format = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        return self._private.public_key().public_bytes(encoding, format)

    def write(
        self, kind: str, entry: UUID, program: str, content: Mapping[str, Any], made: datetime, base: int = 0
    ) -> Operation:
        """The next operation of this device, ready to be sent. `made` bears its offset."""
        self.seq += 1
        return self.sign(self._sealed(kind, entry, program, content, made, base))

    def sign(self, operation: Operation) -> Operation:
        """The operation with this device's signature (r and s, 32 bytes each)."""
        r, s = utils.decode_dss_signature(
            self._private.sign(operation.signed_text(self.device), ec.ECDSA(hashes.SHA256()))
        )
        return replace(operation, signature=b64(r.to_bytes(32, "big") + s.to_bytes(32, "big")))

    def _sealed(
        self, kind: str, entry: UUID, program: str, content: Mapping[str, Any], made: datetime, base: int
    ) -> Operation:
        plain = json.dumps(content, ensure_ascii=False).encode()
        operation = Operation(
            op=uuid4(),
            seq=self.seq,
            entry=entry,
            kind=kind,
            base=base,
            program=program,
            schema=SCHEMAS[-1],
            made=made.isoformat(timespec="milliseconds"),
            seal="",
            body=b64(plain),
            signature="",
        )
        if self.recipient is None:
            return operation
        key, point = self.recipient
        return replace(operation, seal=key, body=b64(seal(plain, operation.sealed_for(self.device), point)))
