"""What no phone of ours would send, one operation each: what it is, and what it must be answered.

A poison takes the `Scene` and gives a JSON value to stand between two good operations. Some are harmless: what looks odd
and is right must pass. `Raw` is JSON text that Python's encoder would not write.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from .client import Phone, b64, uuid7


@dataclass
class Scene:
    """The phone that sends; somebody else's, in another programme; names of what exists."""

    phone: Phone
    stranger: Phone
    program: str
    their_program: str
    their_site: str
    their_entry: str
    colleague: str
    colleague_entry: str
    own_entry: str
    good: Callable[..., dict[str, Any]]


class Raw(str):
    """JSON text, as it stands."""


Poison = Callable[[Scene], Any]


def _content(expected: str, **changes: Any) -> tuple[Poison, str]:
    """An honest operation whose form says something odd."""

    def make(scene: Scene) -> Any:
        return scene.phone.write("create", uuid7(), scene.program, scene.good(**changes))

    return make, expected


def _plain(expected: str, plain: bytes, kind: str = "create") -> tuple[Poison, str]:
    """An honest operation whose body, once open, is these bytes."""

    def make(scene: Scene) -> Any:
        operation = scene.phone.write(kind, uuid7(), scene.program, {}, base=0 if kind == "create" else 1)
        operation["body"] = b64(scene.phone.seal(plain, operation))
        operation["signature"] = scene.phone.sign(operation)
        return operation

    return make, expected


def _signed(expected: str, **changes: Any) -> tuple[Poison, str]:
    """A good operation, some of its fields changed and then signed: its device really says so."""

    def make(scene: Scene) -> Any:
        operation = scene.phone.write("create", uuid7(), scene.program, scene.good())
        operation |= {name: value(scene) if callable(value) else value for name, value in changes.items()}
        operation["signature"] = scene.phone.sign(operation)
        return operation

    return make, expected


def _raw(name: str, text: str, expected: str = "rejected") -> tuple[Poison, str]:
    """A good operation one of whose values is this JSON text."""

    def make(scene: Scene) -> Any:
        operation = scene.phone.write("create", uuid7(), scene.program, scene.good())
        return Raw(json.dumps({**operation, name: "@"}).replace('"@"', text))

    return make, expected


def _unsigned(expected: str = "rejected", **changes: Any) -> tuple[Poison, str]:
    """A good operation changed after it was signed."""

    def make(scene: Scene) -> Any:
        operation = scene.phone.write("create", uuid7(), scene.program, scene.good())
        return {**operation, **changes}

    return make, expected


def _without(name: str) -> tuple[Poison, str]:
    def make(scene: Scene) -> Any:
        operation = scene.phone.write("create", uuid7(), scene.program, scene.good())
        return {key: value for key, value in operation.items() if key != name}

    return make, "rejected"


def _thing(value: Any) -> tuple[Poison, str]:
    return lambda scene: value, "rejected"


def _moved_body(scene: Scene) -> Any:
    other = scene.phone.write("create", uuid7(), scene.program, scene.good(note="scellé pour une autre"))
    del scene.phone.outbox[other["op"]]
    operation = scene.phone.write("create", uuid7(), scene.program, scene.good())
    operation["body"] = other["body"]
    operation["signature"] = scene.phone.sign(operation)
    return operation


def _replayed(scene: Scene) -> Any:
    return scene.stranger.write("create", uuid7(), scene.their_program, scene.good())


def _forged_key(scene: Scene) -> Any:
    operation = scene.phone.write("create", uuid7(), scene.program, scene.good())
    return {**operation, "signature": scene.stranger.sign(operation)}


def _cut_body(scene: Scene) -> Any:
    operation = scene.phone.write("create", uuid7(), scene.program, scene.good())
    operation["body"] = operation["body"][:60]
    operation["signature"] = scene.phone.sign(operation)
    return operation


def _of(kind: str, which: str, base: int = 1) -> Poison:
    """An update or deletion of an entry that is there, rightly signed."""

    def make(scene: Scene) -> Any:
        content = {"reason": ""} if kind == "delete" else scene.good(persons="9")
        return scene.phone.write(kind, getattr(scene, which), scene.program, content, base=base)

    return make


def _colleague_named(scene: Scene) -> Any:
    return scene.phone.write("create", uuid7(), scene.program, scene.good(worker=scene.colleague))


def _their_site(scene: Scene) -> Any:
    return scene.phone.write("create", uuid7(), scene.program, scene.good(site=scene.their_site))


ROWS_21 = {f"ref-{n}-destination": "health" for n in range(21)}
HUGE = "9" * 5000

POISONS: dict[str, tuple[Poison, str]] = {
    # the thing itself
    "a number": _thing(7),
    "a text": _thing("une opération"),
    "nothing": _thing(None),
    "a list": _thing([[[]]]),
    "an empty object": _thing({}),
    "200 levels deep": _thing(json.loads('{"op":' * 200 + "1" + "}" * 200)),
    # its names
    "op is a word": _signed("rejected", op="pas-un-uuid"),
    "op in capitals": _signed("rejected", op=str(uuid4()).upper()),
    "op in braces": _signed("rejected", op="{" + str(uuid4()) + "}"),
    "op with a NUL": _unsigned(op=str(uuid4()) + "\0"),
    "no op": _without("op"),
    "entry is a number": _signed("rejected", entry=12),
    "entry is a path": _signed("rejected", entry="../../etc/passwd"),
    "no signature": _without("signature"),
    "no body": _without("body"),
    # its numbers
    "seq as text": _signed("rejected", seq="3"),
    "seq negative": _signed("rejected", seq=-1),
    "seq zero": _signed("rejected", seq=0),
    "seq true": _signed("rejected", seq=True),
    "seq null": _signed("rejected", seq=None),
    "seq with a fraction": _signed("rejected", seq=3.0),
    "seq 1e999": _raw("seq", "1e999"),
    "seq beyond 64 bits": _signed("rejected", seq=2**64),
    "seq of 5,000 digits": _raw("seq", HUGE),
    "base as text": _signed("rejected", base="0"),
    "base negative": _signed("rejected", base=-5),
    "base beyond 32 bits": _signed("rejected", kind="update", base=2**31),
    "create with a base": _signed("rejected", base=3),
    "update without base": _signed("rejected", kind="update", base=0),
    "schema as text": _signed("rejected", schema="1"),
    "schema zero": _signed("rejected", schema=0),
    "schema of the future": _signed("upgrade", schema=99),
    "age of 5,000 digits": _raw("age", HUGE, "applied"),
    "age 1e999": _raw("age", "1e999", "applied"),
    "age negative": _unsigned("applied", age=-3),
    "age as text": _unsigned("applied", age="longtemps"),
    # its words
    "kind unknown": _signed("rejected", kind="merge"),
    "kind is a list": _signed("rejected", kind=["create"]),
    "program is a number": _signed("rejected", program=4),
    "program with a line feed": _signed("rejected", program="entente\n1"),
    "program with half a pair": _unsigned(program="\ud800"),
    "program of nobody": _signed("rejected", program="nulle-part"),
    "program of others": _signed("rejected", program=lambda scene: scene.their_program),
    "made yesterday, in words": _signed("rejected", made="hier"),
    "made with a line feed": _signed("rejected", made="2026-11-21T09:12:03Z\n"),
    "clock of 1970": _signed("applied", made="1970-01-01T00:00:00.000Z"),
    "clock of 2038": _signed("applied", made="2038-01-19T03:14:08+14:00"),
    "clock of year 1": _signed("applied", made="0001-01-01T00:00:00+14:00"),
    "clock of year 9999": _signed("applied", made="9999-12-31T23:59:59-14:00"),
    "clock of the last day a script counts": _signed("applied", made="+275760-09-13T00:00:00.000Z"),
    "clock of month 13": _signed("applied", made="2026-13-45T25:61:61Z"),
    "seal of another key": _signed("rejected", seal="0" * 16),
    "seal in capitals": _signed("rejected", seal="ABCDEF0123456789"),
    "body empty": _signed("rejected", body=""),
    "body in plain base64": _signed("rejected", body="a+b/c==", seal=""),
    "body cut": (_cut_body, "rejected"),
    "body moved from another": (_moved_body, "rejected"),
    # its signature
    "signature of zeros": _unsigned(signature="A" * 86),
    "signature too long": _unsigned(signature="A" * 4000),
    "signature by another key": (_forged_key, "rejected"),
    "somebody else's operation": (_replayed, "rejected"),
    "seq changed after": _unsigned(seq=900),
    "entry changed after": _unsigned(entry=uuid7()),
    # what it holds
    "not JSON": _plain("rejected", b"{"),
    "not UTF-8": _plain("rejected", b'{"fields": {"note": "\xff"}}'),
    "10,000 levels": _plain("rejected", b"[" * 10_000 + b"]" * 10_000),
    "a list of fields": _plain("rejected", b'{"fields": []}'),
    "a number as a field": _plain("rejected", b'{"fields": {"persons": 2}}'),
    "a field in a field": _plain("rejected", b'{"fields": {"note": {"a": 1}}}'),
    "NaN": _plain("rejected", b'{"fields": {"persons": NaN}}'),
    "a NUL in the note": _plain("rejected", b'{"fields": {"note": "a\\u0000b"}}'),
    "a NUL in a name": _plain("rejected", b'{"fields": {"no\\u0000te": "a"}}'),
    "half a pair in the note": _plain("rejected", b'{"fields": {"note": "\\ud83d"}}'),
    "half a pair in a name": _plain("rejected", b'{"fields": {"\\udc00": "a"}}'),
    "a reason that is a list": _plain("rejected", b'{"reason": ["a"]}', "delete"),
    "nothing filled": _plain("rejected", b'{"fields": {}}'),
    "401 fields": _content("rejected", **{f"champ-{n}": "1" for n in range(401)}),
    "a note of 100,000 letters": _content("rejected", note="a" * 100_000),
    "a note from right to left": _content("applied", note="\u202eشكرا\u202c à deux voisines"),
    "a note of emojis": _content("applied", note="👩‍👩‍👧 rencontre 🎉"),
    "a note that looks like SQL": _content("applied", note="'); DROP TABLE journal_entry; --"),
    "persons 1e999": _content("rejected", persons="1e999"),
    "persons negative": _content("rejected", persons="-1"),
    "persons ²": _content("rejected", persons="²"),
    "persons of 30 digits": _content("rejected", persons="9" * 30),
    "persons in full width": _content("rejected", persons="１２"),
    "date of month 13": _content("rejected", date="2026-13-45"),
    "date of year 1": _content("rejected", date="0001-01-01"),
    "date of year 9999": _content("rejected", date="9999-12-31"),
    "nature unknown": _content("rejected", nature="autre"),
    "code unknown": _content("rejected", action=["inexistant"]),
    "the same code 300 times": _content("applied", action=["welcome"] * 300),
    "site of others": (_their_site, "rejected"),
    "site is no identifier": _content("rejected", site="n'importe où"),
    "worker beyond 64 bits": _content("rejected", worker="9" * 18),
    "a colleague's name": (_colleague_named, "held"),
    "an organization of nobody": _content(
        "rejected", **{"ref-0-destination": "health", "ref-0-organization": "Nulle part"}
    ),
    "21 referrals": _content("rejected", **ROWS_21),
    "an identity in the note": _content("rejected", note="Rappeler au 418 555-0199"),
    # what it asks
    "update of nothing": (lambda s: s.phone.write("update", uuid7(), s.program, s.good(), base=1), "retry"),
    "deletion of nothing": (lambda s: s.phone.write("delete", uuid7(), s.program, {}, base=1), "retry"),
    "update from a version to come": (_of("update", "own_entry", base=99), "retry"),
    "update of a colleague's entry": (_of("update", "colleague_entry"), "held"),
    "deletion of a colleague's entry": (_of("delete", "colleague_entry"), "held"),
    "update of an entry of others": (_of("update", "their_entry"), "rejected"),
    "deletion of an entry of others": (_of("delete", "their_entry"), "rejected"),
}
