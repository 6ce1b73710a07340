"""F16: what an entry must not be. Each spoiled operation gets its own answer, and its neighbours are written."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .entries import fresh, mark
from .envelopes import b64, uuid7
from .phone import Phone

DEEP = b"[" * 10_000 + b"]" * 10_000
REJECTED, UNREADABLE, WRITTEN = "rejected", "unreadable", "applied"


@dataclass(frozen=True)
class Spoil:
    """One poison: what it changes in the fields, in the whole content, or in the operation before it is signed."""

    name: str
    fields: dict[str, Any] = field(default_factory=dict)
    content: Any = None
    wire: dict[str, Any] = field(default_factory=dict)
    expected: str = REJECTED
    is_kept: bool = True


def _fields(expected: str = REJECTED, **spoils: Any) -> list[Spoil]:
    return [
        Spoil(f"{name} {str(value)[:20]!r}", fields={name: value}, expected=expected)
        for name, values in spoils.items()
        for value in values
    ]


CORPUS: list[Spoil] = [
    *_fields(
        date=("", "2026-02-30", "2999-01-01", "1901-01-01", "hier", "2024-01-01T00:00:00", "٢٠٢٤-٠١-٠١", []),
        nature=("", "both", "INDIVIDUAL", ["individual", "collective", "x"]),
        persons=("", "0", "-1", "501", "1e3", "999999999999999999999", "deux", "NaN", "１２"),
        minutes=("-5", "1441", "1.5", "∞"),
        site=("", "0", "not-a-uuid", "00000000-0000-4000-8000-000000000000", "'; DROP TABLE journal_entry; --"),
        contact_rank=("third", "first'"),
        action=(["nothing"], ["welcome", "nothing"], "<script>"),
        theme=(["health\u0000"],),
        note=("x" * 4001, "a\u0000b", "a\ud800b", "Rappeler au 418 555-0199", "Vu Mme Inventée au 12 rue Fictive"),
    ),
    Spoil("a million characters", fields={"note": "x" * 1_000_000}, expected=UNREADABLE, is_kept=False),
    Spoil("referral without destination", fields={"ref-0-destination": "", "ref-0-need": "food"}),
    Spoil("referral of more than met", fields={"ref-0-destination": "health", "ref-0-persons": "400"}),
    Spoil("referral of nobody", fields={"ref-0-destination": "health", "ref-0-persons": "0"}),
    Spoil("thirty referrals", fields={f"ref-{n}-destination": "health" for n in range(30)}),
    Spoil("worker of another", fields={"worker": "999999"}),
    Spoil("body that is no JSON", content=b"\xff\xfe not json"),
    Spoil("body that is blank", content=b" "),
    Spoil("body that is a list", content=[]),
    Spoil("body that is a number", content=12),
    Spoil("body ten thousand deep", content=DEEP),
    Spoil("fields that are a text", content={"fields": "date=2024"}),
    Spoil("fields that are null", content={"fields": None, "acknowledged": None}),
    Spoil("fields that are missing", content={}),
    Spoil("fields ten thousand deep", content=b'{"fields": {"note": ' + DEEP + b"}}"),
    Spoil("a programme of nobody", wire={"program": "entente-de-personne"}),
    Spoil("a programme too long", wire={"program": "x" * 5000}, is_kept=False),
    Spoil("sealed for a key that nobody holds", wire={"seal": "0123456789abcdef", "body": b64(b"x" * 200)}),
    Spoil("sealed and cut", wire={"seal": "0123456789abcdef", "body": b64(b"x" * 10)}),
    Spoil("base64 that is none", wire={"body": "£££"}, is_kept=False),
    Spoil("right to left, an emoji, four bytes", fields={"note": "\u202eمرحبا 🏘️ 𝒜 " * 9}, expected=WRITTEN),
    Spoil("as many characters as fit", fields={"note": "é" * 4000}, expected=WRITTEN),
]


def planted(spoil: Spoil, sites: list[str]) -> Callable[[Phone], None]:
    """The act of a phone that writes this poison."""

    def act(phone: Phone) -> None:
        fields: dict[str, Any] = {**fresh(phone.random, sites), **spoil.fields}
        entry = uuid7(phone.random, int(phone.now().timestamp() * 1000))
        content = {"fields": fields, "acknowledged": False} if spoil.content is None else spoil.content
        wire = dict(spoil.wire)
        if spoil.expected == WRITTEN:
            fields["note"] = f"{mark(phone.random)} {fields['note']}"[:4000].strip()
            phone.keep("create", entry, 0, {"fields": fields, "acknowledged": True}, fields=fields)
            return
        plain = content if isinstance(content, bytes) else json.dumps(content).encode()
        spoiled = {"planted": spoil.expected, "is_kept": spoil.is_kept, "changes": wire}
        record = phone.keep("create", entry, 0, plain, **spoiled)
        record.history.append(spoil.name)

    return act
