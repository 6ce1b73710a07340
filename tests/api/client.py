"""A client of the offline journal by somebody else: written from docs/reference/sync-protocol.md alone.

Nothing of the product is imported here. It seals and signs by itself, keeps what it wrote until a result for that very
operation acknowledges it, and does what the tables of the page say for each status.
"""

import base64
import json
import os
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# (method, path, body, headers) → (status, headers, body)
Transport = Callable[[str, str, bytes | None, dict[str, str]], tuple[int, dict[str, str], bytes]]
ACKNOWLEDGED = ("applied", "duplicate", "conflict", "held")
QUARANTINED = ("rejected", "op_reuse")
MOST_OPERATIONS, MOST_BYTES = 50, 262_144


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def uuid7() -> str:
    """RFC 9562: 48 bits of milliseconds, then chance."""
    value = (int(time.time() * 1000) << 80) | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (7 << 76)
    return str(uuid.UUID(int=value & ~(0x3 << 62) | (0x2 << 62)))


def lines(*parts: object) -> bytes:
    return "\n".join(str(part) for part in ("maillage/1", *parts)).encode()


class Answer:
    """A status, its headers, and its JSON (None when it cannot be read)."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, {k.lower(): v for k, v in headers.items()}, body
        try:
            self.json = json.loads(body)
        except ValueError:
            self.json = None


class Phone:
    """One installation of one person. `outbox` waits, `kept` was acknowledged, `quarantine` is for the person to see."""

    def __init__(self, send: Transport, token: Callable[[], str] = lambda: "") -> None:
        self.send, self.token = send, token
        self.device, self.seq = str(uuid.uuid4()), 0
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.epoch, self.sealing = "", {"key": "", "public": ""}
        self.outbox: dict[str, dict[str, Any]] = {}
        self.kept: dict[str, dict[str, Any]] = {}
        self.quarantine: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
        self.states: dict[str, str] = {}
        self.cursor = ""

    # -- 1. enrol
    def enrol(self, label: str = "Autre téléphone") -> Answer:
        answer = self.post(
            "devices", {"device": self.device, "public_key": b64(point(self.key.public_key())), "label": label}
        )
        if answer.status == 200:
            self.epoch, self.sealing = answer.json["epoch"], answer.json["sealing"]
        return answer

    # -- 2. make an operation
    def write(self, kind: str, entry: str, program: str, content: dict[str, Any], **options: Any) -> dict[str, Any]:
        """Make an operation and keep it. `open=True` leaves its body open; `base`, `made`, `schema` change that field."""
        self.seq += 1
        operation: dict[str, Any] = {
            "op": str(uuid.uuid4()),
            "seq": self.seq,
            "entry": entry,
            "kind": kind,
            "base": options.get("base", 0),
            "program": program,
            "schema": options.get("schema", 1),
            "made": options.get("made", datetime.now(UTC).isoformat(timespec="milliseconds")),
            "seal": "" if options.get("open") else self.sealing["key"],
            "age": 1200,
        }
        plain = json.dumps(content).encode()
        operation["body"] = b64(plain if options.get("open") else self.seal(plain, operation))
        operation["signature"] = self.sign(operation)
        self.outbox[operation["op"]] = operation
        return operation

    def seal(self, plain: bytes, operation: dict[str, Any]) -> bytes:
        ephemeral, nonce = ec.generate_private_key(ec.SECP256R1()), os.urandom(12)
        ours, theirs = point(ephemeral.public_key()), unb64(self.sealing["public"])
        shared = ephemeral.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        info = b"maillage/1 seal" + ours + theirs
        key = HKDF(algorithm=hashes.SHA256(), length=32, salt=b"", info=info).derive(shared)
        bound = lines(self.device, operation["op"], operation["entry"], operation["kind"])
        return ours + nonce + AESGCM(key).encrypt(nonce, plain, bound)

    def sign(self, operation: dict[str, Any]) -> str:
        names = ("op", "seq", "entry", "kind", "base", "program", "schema", "made", "seal", "body")
        text = lines(self.device, *(operation[name] for name in names))
        r, s = utils.decode_dss_signature(self.key.sign(text, ec.ECDSA(hashes.SHA256())))
        return b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    # -- 3 and 4. push, mailbox
    def push(self, door: str = "ops") -> Answer:
        """Send what waits, by batches; stop at the first answer that is not 200."""
        answer, told = Answer(200, {}, b""), set()
        while batch := self._batch(told):
            answer = self.post(door, self.envelope(batch))
            if answer.status == 200 and answer.json is not None and answer.json["epoch"] == self.epoch:
                self._read(answer.json["results"])
                told |= {operation["op"] for operation in batch}  # « retry » and « upgrade » wait for another time
            elif answer.status == 404 and (answer.json or {}).get("error") == "unknown_device":
                if self.enrol().status != 200:
                    break
            elif answer.status == 409 and (answer.json or {}).get("error") == "epoch":
                self.epoch = answer.json["epoch"]
                self.outbox, self.kept, told = {**self.kept, **self.outbox}, {}, set()
            else:
                break
        return answer

    def envelope(self, operations: list[Any]) -> dict[str, Any]:
        report = {
            "clock": datetime.now(UTC).isoformat(),
            "waiting": 0,
            "oldest": 0,
            "persisted": True,
            "app": "autre 1",
        }
        return {"device": self.device, "epoch": self.epoch, "report": report, "ops": operations}

    def _batch(self, told: set[str]) -> list[dict[str, Any]]:
        batch: list[dict[str, Any]] = []
        waiting = [operation for operation in self.outbox.values() if operation["op"] not in told]
        for operation in sorted(waiting, key=lambda o: o["seq"])[:MOST_OPERATIONS]:
            if len(json.dumps(self.envelope([*batch, operation]))) > MOST_BYTES:
                break
            batch.append(operation)
        return batch

    def _read(self, results: list[dict[str, Any]]) -> None:
        for result in results:
            operation = self.outbox.get(result["op"])
            if operation is None:
                continue
            self.states[result["op"]] = result["status"]
            if result["status"] in ACKNOWLEDGED:
                self.kept[result["op"]] = self.outbox.pop(result["op"])
            elif result["status"] in QUARANTINED:
                self.quarantine[result["op"]] = (self.outbox.pop(result["op"]), result)

    # -- 5. pull
    def pull(self) -> list[dict[str, Any]]:
        """Every entry that changed since the last time, page after page."""
        found: list[dict[str, Any]] = []
        while True:
            address = f"/api/sync/v1/entries?cursor={self.cursor}" if self.cursor else "/api/sync/v1/entries"
            answer = Answer(*self.send("GET", address, None, {}))
            assert answer.status == 200, answer.body
            if answer.json["reset"]:
                found = []
            found += answer.json["entries"]
            self.cursor = answer.json["cursor"]
            if not answer.json["more"]:
                return found

    def post(self, door: str, data: Any) -> Answer:
        """Send JSON (or bytes as they are) to an endpoint."""
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        headers = {"Content-Type": "application/json"}
        if door != "mailbox":
            headers["X-CSRFToken"] = self.token()
        return Answer(*self.send("POST", f"/api/sync/v1/{door}", body, headers))
