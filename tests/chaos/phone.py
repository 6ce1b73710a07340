"""A phone as docs/reference/sync-protocol.md asks for one, without a browser: an outbox that is durable, and its engine.

`records` is what the phone's storage holds: a record enters whole with its number, and never leaves. `ledger` is what the
person remembers of having saved, which no bug of a phone can take away. Waits are shortened by `SCALE`: a run lasts seconds.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any

from .entries import Canonical, Fields, canonical
from .envelopes import Keys, b64, seal, uuid4, uuid7
from .journal import Journal
from .wire import Answer, Line, NoAnswer, Weather

SCALE = 0.02
FIRST_WAIT, LONGEST_WAIT, LONGEST_SCALED = 1.0, 900.0, 1.0
BACKLOG = 60
ACKNOWLEDGED = ("applied", "duplicate", "conflict", "held")
REFUSED = ("rejected", "op_reuse")
WRONG_SECONDS = {"ten days slow": -864_000, "ten days fast": 864_000, "1970": -1_790_000_000, "2038": 420_000_000}


@dataclass
class Record:
    """One operation in the storage of a phone. `seen` is what the person was looking at when she changed the entry.

    `planted` is the answer that a poison must get; `is_kept` says whether the server can keep it.
    """

    wire: dict[str, Any]
    content: Canonical | None
    seen: Canonical | None = None
    fields: Fields | None = None
    state: str = "waiting"
    status: str = ""
    revision: int = 0
    planted: str = ""
    is_kept: bool = True
    history: list[str] = field(default_factory=list)


class Phone:
    """A device of one person. Several mutants are made by changing one of its methods."""

    def __init__(
        self,
        *,
        person: int,
        port: int,
        program: str,
        random: Random,
        weather: Weather,
        journal: Journal,
        sign_in: Callable[[int], str],
        skew: int = 0,
        slot: int = 0,
    ) -> None:
        self.person, self.program, self.random, self.weather = person, program, random, weather
        self.journal, self.sign_in, self.skew, self.slot = journal, sign_in, skew, slot
        self.line, self.device, self.keys = Line(port), uuid4(random), Keys()
        self.records: dict[str, Record] = {}
        self.waiting: dict[str, Record] = {}
        self.ledger: list[Record] = []
        self.seq, self.epoch, self.session, self.sealing = 0, "", "", {"key": "", "public": ""}
        self.limit, self.attempts, self.counts = 50, 0, Counter[str]()

    # --- writing ------------------------------------------------------------------------------------------------------

    def create(self, fields: Fields) -> Record:
        """Keep a new entry."""
        entry = uuid7(self.random, int(self.now().timestamp() * 1000))
        return self.keep("create", entry, 0, {"fields": fields, "acknowledged": False}, fields=fields)

    def update(self, entry: str, base: int, before: Fields, after: Fields) -> Record:
        """Keep a correction of what the person sees as `before`, at revision `base`."""
        content = {"fields": after, "acknowledged": False}
        return self.keep("update", entry, base, content, fields=after, seen=canonical(before))

    def delete(self, entry: str, base: int, before: Fields) -> Record:
        """Keep a deletion."""
        return self.keep("delete", entry, base, {"reason": ""}, seen=canonical(before))

    def keep(
        self,
        kind: str,
        entry: str,
        base: int,
        content: Any,
        *,
        fields: Fields | None = None,
        seen: Canonical | None = None,
        planted: str = "",
        is_kept: bool = True,
        changes: dict[str, Any] | None = None,
    ) -> Record:
        """Seal, number, sign and store one operation; `changes` spoils it before it is signed."""
        op = uuid4(self.random)
        plain = content if isinstance(content, bytes) else json.dumps(content).encode()
        bound = "\n".join(("maillage/1", self.device, op, entry, kind)).encode()
        is_sealed = bool(self.sealing["key"]) and self.random.random() < 0.8
        self.seq += 1
        wire: dict[str, Any] = {
            "op": op,
            "seq": self.seq,
            "entry": entry,
            "kind": kind,
            "base": base,
            "program": self.program,
            "schema": 1,
            "made": self.now().isoformat(timespec="milliseconds"),
            "seal": self.sealing["key"] if is_sealed else "",
            "body": seal(plain, bound, self.sealing["public"]) if is_sealed else b64(plain),
            **(changes or {}),
        }
        wire["signature"] = self.keys.sign(self.device, wire)
        wire["age"] = self.random.choice((None, self.random.randrange(10**7)))
        known = canonical(fields) if fields is not None and not planted else None
        record = Record(wire, known, seen=seen, fields=fields, planted=planted, is_kept=is_kept)
        self.records[op] = record
        self.waiting[op] = record
        self.ledger.append(record)
        return record

    def now(self) -> datetime:
        """What the phone's clock says, in its own offset."""
        zone = timezone(timedelta(hours=self.random.choice((-5, -4))))
        return (datetime.now(UTC) + timedelta(seconds=self.skew)).astimezone(zone)

    # --- sending ------------------------------------------------------------------------------------------------------

    def enrol(self) -> None:
        """Make oneself known to the server; nothing is lost when it does not answer."""
        self.session = self.session or self.sign_in(self.person)
        said = {"device": self.device, "public_key": self.keys.public, "label": "Téléphone d'essai"}
        answer = self.line.send("POST", "/api/sync/v1/devices", json.dumps(said).encode(), self.session)
        self.counts[f"enrol {answer.status}"] += 1
        if answer.status == 200:
            self.sealing = answer.data["sealing"]
            if self.epoch and self.epoch != answer.data["epoch"]:
                self.restored(answer.data["epoch"])
            self.epoch = answer.data["epoch"]
        elif answer.status in (401, 403):
            self.session = ""

    def hear(self, until: Callable[[], bool]) -> None:
        """Ask for news until the server answers, as a page that opens does: so one learns that it was restored."""
        heard = self.counts["enrol 200"]
        while self.counts["enrol 200"] == heard and not until():
            try:
                self.enrol()
            except NoAnswer as none:
                self.counts[f"none: {none}"] += 1
            time.sleep(0.02)
        self.line.hang_up()

    def sync(self) -> float | None:
        """Send one batch. Gives the seconds to wait before the next, or None when nothing waits."""
        if not self.waiting:
            return None
        try:
            if not self.epoch:
                self.enrol()
                return 0.0 if self.epoch else self.pause(None)
            return self.send(self.choose())
        except NoAnswer as none:
            self.counts[f"none: {none}"] += 1
            return self.pause(None)

    def choose(self) -> list[Record]:
        """Operations of one batch, in any order: a correction may leave before the entry it corrects."""
        waiting = list(self.waiting.values())
        size = self.random.randint(1, max(1, min(self.limit, len(waiting), self.random.choice((1, 8, 50, 50)))))
        chosen = self.random.sample(waiting, size) if self.random.random() < 0.5 else waiting[:size]
        self.random.shuffle(chosen)
        total, kept = 600, []
        for record in chosen:
            total += len(json.dumps(record.wire)) + 2
            if kept and total > 262_144:
                break
            kept.append(record)
        return kept

    def send(self, chosen: list[Record]) -> float:
        """Send a batch and obey the answer."""
        fault = self.weather.draw(self.random)
        if fault:
            self.weather.counts[fault] += 1
        self.weather.counts["batches"] += 1
        session = "expired0session0expired0session0" if fault == "session_lost" else self.session
        path = "/api/sync/v1/ops" if session else "/api/sync/v1/mailbox"
        answer = self.line.push(path, self.body(chosen), session, fault, self.random)
        self.counts[f"HTTP {answer.status}"] += 1
        return self.obey(answer, chosen)

    def body(self, chosen: Iterable[Record]) -> bytes:
        """The batch as it is sent."""
        report = {"clock": self.now().isoformat(), "waiting": len(self.waiting), "oldest": 1, "persisted": True}
        said = {"device": self.device, "epoch": self.epoch, "report": {**report, "app": "essai"}}
        return json.dumps({**said, "ops": [record.wire for record in chosen]}).encode()

    def obey(self, answer: Answer, chosen: list[Record]) -> float:
        """Each row of the protocol's table of HTTP statuses."""
        if answer.status == 200:
            return self.believe(answer, chosen)
        if answer.status in (400, 413):
            return self.halve(chosen)
        if answer.status in (401, 403):
            return self.session_ended(chosen)
        if answer.status == 404:
            self.enrol()
            return self.pause(None)
        if answer.status == 409 and answer.data.get("epoch"):
            self.restored(answer.data["epoch"])
            return 0.0
        return self.later(answer, chosen)

    def believe(self, answer: Answer, chosen: list[Record]) -> float:
        """Read each result; nothing is acknowledged by an answer of another life of the server."""
        if answer.data["epoch"] != self.epoch:
            return self.pause(None)
        sent, again = {record.wire["op"]: record for record in chosen}, False
        for result in answer.data.get("results", ()):
            record = sent.get(result.get("op") or "")
            if record is not None:
                again |= self.result(record, result)
        self.limit = min(50, self.limit * 2)
        if again:
            return self.pause(None)
        self.attempts = 0
        return 0.0

    def result(self, record: Record, result: dict[str, Any]) -> bool:
        """What became of one operation; gives whether it is to be sent again."""
        status = result["status"]
        record.history.append(status)
        self.counts[status] += 1
        if status in ACKNOWLEDGED:
            record.state, record.status, record.revision = "acknowledged", status, result.get("revision", 0)
            if status in ("applied", "duplicate") and record.fields and record.revision == record.wire["base"] + 1:
                self.journal.learn(self.person, record.wire["entry"], record.revision, record.fields, self.epoch)
        elif status in REFUSED:
            record.state, record.status = "quarantine", status
        else:
            return True
        self.waiting.pop(record.wire["op"], None)
        return False

    # --- what is not an answer to the operations -----------------------------------------------------------------------

    def halve(self, chosen: list[Record]) -> float:
        """The batch cannot be read, or is too large: half of it, down to the one that is at fault."""
        if len(chosen) > 1:
            self.limit = max(1, len(chosen) // 2)
        else:
            chosen[0].state, chosen[0].status = "quarantine", "unreadable"
            self.waiting.pop(chosen[0].wire["op"], None)
            self.limit = 50
        return 0.0

    def session_ended(self, chosen: list[Record]) -> float:
        """Everything is kept. The mailbox takes it without a session, or the person signs in again."""
        self.session = self.sign_in(self.person) if self.random.random() < 0.5 else ""
        return 0.0

    def later(self, answer: Answer, chosen: list[Record]) -> float:
        """The server cannot now: the same operations again."""
        return self.pause(answer.retry_after)

    def restored(self, epoch: str) -> None:
        """The server is another: everything it had answered goes back to the outbox."""
        self.epoch, self.attempts = epoch, 0
        for op, record in self.records.items():
            if record.state == "acknowledged" or record.status in REFUSED:
                record.state = "waiting"
                self.waiting[op] = record

    def sign_out(self) -> None:
        """Signing out removes no operation."""
        self.session = ""

    def upgrade(self) -> None:
        """Another version of the application: the storage stays what it is."""
        self.line.hang_up()

    def pause(self, retry_after: float | None) -> float:
        """Seconds before trying again: what the server asks, else a random time below 1 s, 2 s, 4 s… 15 min."""
        self.attempts += 1
        if retry_after is not None:
            return retry_after * SCALE / 10
        longest = min(FIRST_WAIT * 2 ** min(self.attempts, 12), LONGEST_WAIT) * SCALE
        return self.random.random() * min(longest, LONGEST_SCALED)

    def live(self, work: Iterable[Callable[["Phone"], None]], until: Callable[[], bool]) -> None:
        """Write and send, in turn, until the work is done and nothing waits, or `until` says to stop."""
        for write in work:
            write(self)
            for _ in range(self.random.randint(0, 3)):
                time.sleep(min(self.sync() or 0.0, 0.2))
            while len(self.waiting) > BACKLOG and not until():  # nobody writes for days without a network
                time.sleep(self.sync() or 0.0)
        while self.waiting and not until():
            time.sleep(self.sync() or 0.0)
        self.line.hang_up()
