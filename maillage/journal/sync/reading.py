"""From what came over the wire to a `Batch`: an operation that cannot be read gets its own answer, its neighbours stand.

Shared by the API and by the import of a sealed file. No field of an operation may hold a line feed, since what is signed
is made of lines: each is held to its own alphabet. Sentences never repeat what was sent.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.journal.enums import OperationKind

from .protocol import HIGHEST, HIGHEST_BASE, SCHEMAS, VERSION, Answer, Batch, Operation, Report, Status

LONGEST = {"program": 80, "app": 40, "epoch": 60, "label": 120}

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
_MADE = re.compile(
    r"[+-]?[0-9]{4,6}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_SEAL = re.compile(r"([0-9a-f]{16})?")
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_KINDS = frozenset(OperationKind.values)


class Unreadable(Refused):
    """The whole of what was sent cannot be read; nothing of it was looked at further."""


class UnknownProtocol(Refused):
    """The sender speaks another version of the protocol."""


def read_json(raw: bytes) -> dict[str, Any]:
    """The JSON object in `raw`. Raises `Unreadable`: not UTF-8, not JSON, not an object, nested beyond measure."""
    try:
        data = json.loads(raw.decode("utf-8"), parse_int=_whole, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise Unreadable(_("Le contenu n'est pas du texte UTF-8.")) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("Le contenu n'est pas du JSON lisible.")) from error
    if not isinstance(data, dict):
        raise Unreadable(_("Le contenu n'est pas un objet JSON."))
    return data


def read_batch(data: Mapping[str, Any]) -> Batch:
    """The batch of one device. Raises `Unreadable` without its device, its epoch or its list; `UnknownProtocol`."""
    if data.get("protocol", VERSION) != VERSION:
        raise UnknownProtocol(_("Cette version du protocole n'est pas connue : mettez l'application à jour."))
    sent = data.get("ops")
    if not isinstance(sent, list):
        raise Unreadable(_("La liste des opérations (« ops ») manque."))
    device, epoch = read_uuid(data, "device"), read_text(data, "epoch")
    operations: list[Operation] = []
    unreadable: list[Answer] = []
    for thing in sent:
        read = _read(thing)
        (operations if isinstance(read, Operation) else unreadable).append(read)  # type: ignore[arg-type]
    return Batch(
        device=device,
        epoch=epoch,
        operations=operations,
        report=read_report(data.get("report")),
        unreadable=unreadable,
    )


def read_report(given: Any) -> Report:
    """What the device says of itself; what cannot be read of it is passed over, since nothing depends on it."""
    if not isinstance(given, dict):
        return Report()
    clock, app, persisted = given.get("clock"), given.get("app"), given.get("persisted")
    return Report(
        clock=moment(clock) if isinstance(clock, str) else None,
        waiting=_count(given.get("waiting"), HIGHEST_BASE) or 0,
        oldest=_count(given.get("oldest"), 100 * 366 * 24 * 60) or 0,
        persisted=persisted if isinstance(persisted, bool) else None,
        app=app[: LONGEST["app"]] if isinstance(app, str) and not _CONTROL.search(app) else "",
    )


def read_uuid(data: Mapping[str, Any], name: str) -> UUID:
    """A UUID in lower case with its hyphens, the form in which it is signed. Raises `Unreadable`."""
    given = data.get(name)
    if not isinstance(given, str) or not _UUID.fullmatch(given):
        raise Unreadable(_("« %s » n'est pas un identifiant (UUID en minuscules, avec tirets).") % name)
    return UUID(given)


def read_text(data: Mapping[str, Any], name: str) -> str:
    """A short text on one line, without control character. Raises `Unreadable`."""
    given = data.get(name)
    if not isinstance(given, str) or len(given) > LONGEST[name] or _CONTROL.search(given):
        raise Unreadable(_("« %s » doit être un court texte d'une ligne.") % name)
    return given


def moment(text: str) -> datetime | None:
    """The instant that a device's clock wrote, to be kept; None for one that no calendar of ours holds."""
    try:
        found = datetime.fromisoformat(text.replace(",", "."))
        aware = found if found.tzinfo else found.replace(tzinfo=UTC)
        return aware if 1900 <= aware.astimezone(UTC).year <= 2200 else None
    except (ValueError, OverflowError):
        return None


def _read(thing: Any) -> Operation | Answer:
    if not isinstance(thing, dict):
        return Answer(op=None, status=Status.REJECTED, sentence=_("Une opération est un objet JSON."))
    try:
        op = read_uuid(thing, "op")
    except Unreadable as refusal:
        return Answer(op=None, status=Status.REJECTED, sentence=str(refusal))
    schema = thing.get("schema")
    if type(schema) is int and 0 < schema <= HIGHEST and schema not in SCHEMAS:
        said = _("Cette forme de contenu n'est pas connue du serveur : mettez l'application à jour.")
        return Answer(op=op, status=Status.UPGRADE, sentence=said)
    try:
        return _operation(op, thing)
    except Unreadable as refusal:
        return Answer(op=op, status=Status.REJECTED, sentence=str(refusal))


def _operation(op: UUID, thing: dict[str, Any]) -> Operation:
    kind = thing.get("kind")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise Unreadable(_("« kind » est create, update ou delete."))
    return Operation(
        op=op,
        seq=_number(thing, "seq", 1, HIGHEST),
        entry=read_uuid(thing, "entry"),
        kind=kind,
        base=_number(thing, "base", 0, 0) if kind == OperationKind.CREATE else _number(thing, "base", 1, HIGHEST_BASE),
        program=_shaped(thing, "program", _SLUG, LONGEST["program"]),
        schema=_number(thing, "schema", SCHEMAS[0], SCHEMAS[-1]),
        made=_shaped(thing, "made", _MADE, 40),
        seal=_shaped(thing, "seal", _SEAL, 16),
        body=_shaped(thing, "body", _BASE64URL),
        signature=_shaped(thing, "signature", _BASE64URL, 100),
        age=_count(thing.get("age"), HIGHEST),
    )


def _number(thing: Mapping[str, Any], name: str, low: int, high: int) -> int:
    given = thing.get(name)
    if type(given) is not int or not low <= given <= high:
        if low == high:
            raise Unreadable(_("« %(name)s » doit être %(low)s.") % {"name": name, "low": low})
        raise Unreadable(
            _("« %(name)s » doit être un nombre entier de %(low)s à %(high)s.")
            % {"name": name, "low": low, "high": high}
        )
    return given


def _shaped(thing: Mapping[str, Any], name: str, shape: re.Pattern[str], longest: int | None = None) -> str:
    given = thing.get(name)
    if not isinstance(given, str) or (longest and len(given) > longest) or not shape.fullmatch(given):
        raise Unreadable(_("« %s » n'a pas la forme attendue.") % name)
    return given


def _count(given: Any, high: int) -> int | None:
    """A whole number that is only told: monotonic clocks count in fractions, and what is out of bounds says nothing."""
    if type(given) not in (int, float) or not 0 <= given <= high:
        return None
    return int(given)


def _whole(digits: str) -> int | None:
    """A whole number; None for one of more digits than any field takes, which is then refused where it stands."""
    return int(digits) if len(digits) <= 20 else None


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)
