"""What phones were told against what the server holds. Every bar is zero; each breach is a line that says where."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .entries import Canonical, digest
from .phone import Phone, Record

WRITTEN = ("applied", "duplicate")
NOT_MERGED = ("note",)


@dataclass
class Verdict:
    """Breaches by bar, and what was counted on the way. `sound` when there is no breach."""

    breaches: dict[str, list[str]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def sound(self) -> bool:
        return not any(self.breaches.values())

    def add(self, bar: str, line: str) -> None:
        """One breach of a bar."""
        self.breaches.setdefault(bar, []).append(line)

    def __str__(self) -> str:
        shown = [f"{bar} {len(lines)} (first: {lines[0]})" for bar, lines in self.breaches.items() if lines]
        return "; ".join(shown) or "nothing lost, doubled, overwritten or stuck"


class Checker:
    """Compares the storage of phones with a snapshot of the server (`world.snapshot`)."""

    def __init__(self, phones: Iterable[Phone], snapshot: Mapping[str, Any]) -> None:
        self.phones, self.server = list(phones), snapshot
        self.entries, self.operations = snapshot["entries"], snapshot["operations"]
        self.siblings: dict[str, list[Any]] = {}
        for sibling in snapshot["siblings"]:
            self.siblings.setdefault(sibling["operation"], []).append(sibling)
        self.verdict = Verdict()
        self.written: Counter[str] = Counter()
        self.deletions: dict[str, list[tuple[str, Record, int]]] = {}

    def check(self) -> Verdict:
        """Every bar."""
        known: set[str] = set()
        for phone in self.phones:
            for record in phone.ledger:
                known.add(record.wire["op"])
                self.record(phone, record)
            self.sequence(phone)
        self.whole(known)
        return self.verdict

    # --- one operation ------------------------------------------------------------------------------------------------

    def record(self, phone: Phone, record: Record) -> None:
        """What the phone believes of one operation must be so."""
        name = f"{record.wire['kind']} {record.wire['op']} (seq {record.wire['seq']}, {record.status})"
        self.verdict.counts[record.status or record.state] += 1
        if record.wire["op"] not in phone.records:
            self.verdict.add("missing", f"{name}: it is not on the phone any more, and was never acknowledged")
        elif record.state == "waiting":
            self.verdict.add("unsent", f"{name} after {record.history[-3:]}")
        elif record.state == "quarantine" and not record.planted:
            self.verdict.add("quarantine", f"{name} was not planted")
        elif record.planted and record.status not in (record.planted, "held"):
            self.verdict.add("quarantine", f"{name} was planted to be {record.planted}")
        elif record.state == "acknowledged":
            self.acknowledged(name, record)

    def acknowledged(self, name: str, record: Record) -> None:
        """It is on the server, with what the phone wrote."""
        op, uid = record.wire["op"], record.wire["entry"]
        row, entry = self.operations.get(op), self.entries.get(uid)
        if row is None:
            self.verdict.add("missing", f"{name}: no operation on the server")
        if record.status == "held":
            if row and not row["body"]:
                self.verdict.add("missing", f"{name}: held without its body")
        elif entry is None:
            self.verdict.add("missing", f"{name}: no entry")
        elif record.status == "conflict":
            self.conflict(name, record, entry)
        elif record.wire["kind"] == "create":
            self.written[uid] += 1
            self.same(name, record.content, entry["versions"].get("1"))
        elif record.wire["kind"] == "delete":
            revision = record.revision or (row or {}).get("revision", 0)
            self.deletions.setdefault(uid, []).append((name, record, revision))
        else:
            self.written[uid] += 1
            revision = record.revision or (row or {}).get("revision", 0)
            self.changed(name, record, entry, revision)

    def conflict(self, name: str, record: Record, entry: Mapping[str, Any]) -> None:
        """Exactly one version waits beside the entry, and it is what the phone wrote."""
        found = self.siblings.get(record.wire["op"], [])
        if not found:
            self.verdict.add("missing", f"{name}: no version to settle")
        elif len(found) > 1:
            self.verdict.add("duplicated", f"{name}: {len(found)} versions to settle")
        elif record.wire["kind"] != "delete":
            self.same(name, record.content, found[0]["content"])

    def changed(self, name: str, record: Record, entry: Mapping[str, Any], revision: int) -> None:
        """A change that was applied left at its revision what it had to, and took nothing from anybody unseen."""
        versions = entry["versions"]
        after, before = versions.get(str(revision)), versions.get(str(revision - 1))
        if after is None or before is None or revision <= 1:
            self.verdict.add("missing", f"{name}: no revision {revision}")
            return
        assert record.content
        assert record.seen
        if before == record.seen:
            self.same(name, record.content, after)
            return
        for part, value in merged(record.seen, before, record.content).items():
            if value is None:
                self.verdict.add("overwritten", f"{name}: {part} at revision {revision} was not seen")
            elif after[part] != value:
                self.verdict.add("content", f"{name}: {part} of the merge at revision {revision}")
        self.verdict.counts["merged"] += 1

    def same(self, name: str, wanted: Canonical | None, found: Canonical | None) -> None:
        """The same content, by its SHA-256."""
        if found is None:
            self.verdict.add("missing", f"{name}: its version is not kept")
        elif wanted is not None and digest(wanted) != digest(found):
            parts = [part for part in wanted if wanted[part] != found[part]]
            self.verdict.add("content", f"{name}: {parts}")

    # --- all of them --------------------------------------------------------------------------------------------------

    def sequence(self, phone: Phone) -> None:
        """The server has seen every number of the device, but those of what it could not read at all."""
        device = self.server["devices"].get(phone.device)
        unread = {r.wire["seq"] for r in phone.ledger if not r.is_kept}
        sent = {r.wire["seq"] for r in phone.ledger} - unread
        if not sent:
            return
        if device is None:
            self.verdict.add("missing", f"device {phone.device}")
            return
        holes = {number for first, last, _ in device["gaps"] for number in range(first, last + 1)}
        if device["highest"] != max(sent) or holes != {number for number in unread if number < max(sent)}:
            strange = [r.history[:1] for r in phone.ledger if r.wire["seq"] in holes - unread]
            said = f"highest {device['highest']} of {max(sent)}, holes {sorted(holes)[:9]} {strange[:3]}"
            self.verdict.add("sequence", f"{phone.device}: {said}, unreadable {sorted(unread)}")

    def deleted(self, uid: str, asked: list[tuple[str, Record, int]]) -> None:
        """Deleting twice is deleting once; somebody saw the version that went."""
        entry, name = self.entries[uid], asked[0][0]
        self.written[uid] += 1
        if not entry["deleted"]:
            self.verdict.add("missing", f"{name}: the entry is not deleted")
        last = entry["versions"].get(str(entry["revision"] - 1))
        if all(record.seen != last for _, record, _ in asked):
            self.verdict.add("overwritten", f"{name}: deleted a version that was not seen")

    def whole(self, known: set[str]) -> None:
        """What nobody wrote, or what was written more often than it was asked for."""
        for uid, asked in self.deletions.items():
            self.deleted(uid, asked)
        for uid, entry in self.entries.items():
            if entry["revision"] != self.written[uid]:
                line = f"{uid}: revision {entry['revision']} after {self.written[uid]} operations"
                self.verdict.add("duplicated" if entry["revision"] > self.written[uid] else "missing", line)
            if len(entry["kept"]) != entry["revision"] - 1:
                self.verdict.add("overwritten", f"{uid}: kept {entry['kept']} at revision {entry['revision']}")
        for mark, times in Counter(entry["versions"]["1"]["note"] for entry in self.entries.values()).items():
            if times > 1:
                self.verdict.add("duplicated", f"{times} entries say « {mark} »")
        if self.server["operation_rows"] != len(self.operations):
            self.verdict.add("duplicated", f"{self.server['operation_rows'] - len(self.operations)} operations twice")
        for op in self.operations.keys() - known:
            self.verdict.add("duplicated", f"operation {op} was never made")
        for uid in self.entries.keys() - set(self.server["announced"]):
            self.verdict.add("missing", f"{uid}: not announced to the statistics")


def merged(base: Canonical, now: Canonical, wanted: Canonical) -> dict[str, Any]:
    """Each part after a merge of two changes that touch different parts; None where they cannot be joined."""
    result: dict[str, Any] = {}
    for part in wanted:
        mine, theirs = wanted[part] != base[part], now[part] != base[part]
        is_torn = mine and theirs and wanted[part] != now[part]
        result[part] = None if is_torn or (part in NOT_MERGED and mine) else wanted[part] if mine else now[part]
    return result
