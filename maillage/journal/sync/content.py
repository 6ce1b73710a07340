"""From the bytes of an operation to what it says: signature, envelope, JSON. No rule of the journal is here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.journal.enums import OperationKind

from .protocol import Operation
from .sealing import Unopenable, unb64, unseal

MAX_FIELDS = 400
MAX_VALUES = 400


class Unreadable(Exception):
    """What the operation holds cannot be read; the message is a sentence for the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an operation says. `fields` are those of the entry form as typed; `reason` that of a deletion."""

    fields: Mapping[str, str | list[str]] = field(default_factory=dict)
    acknowledged: bool = False
    reason: str = ""


def open_operation(operation: Operation, device: UUID) -> Content:
    """What a received operation says. Raises `Unreadable`."""
    try:
        envelope = unb64(operation.body)
    except ValueError as error:
        raise Unreadable(_("Le contenu de cette opération est endommagé.")) from error
    return read_content(open_body(envelope, operation.seal, operation.sealed_for(device)), operation.kind)


def open_body(envelope: bytes, sealed_with: str, bound_to: bytes) -> bytes:
    """The plain bytes of a body; `sealed_with` is "" when it came open. Raises `Unreadable`."""
    if not sealed_with:
        return envelope
    try:
        return unseal(envelope, bound_to, sealed_with)
    except Unopenable as error:
        said = _(
            "Ce contenu scellé ne s'ouvre pas : il est endommagé, ou la clé qui l'ouvre n'est plus sur le serveur."
        )
        raise Unreadable(said) from error


def read_content(plain: bytes, kind: str) -> Content:
    """The content that these bytes write. Raises `Unreadable`."""
    try:
        found = json.loads(plain.decode())
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("Le contenu de cette opération n'est pas du JSON.")) from error
    if not isinstance(found, dict):
        raise Unreadable(_("Le contenu de cette opération n'est pas un objet JSON."))
    if kind == OperationKind.DELETE:
        return Content(reason=_text(found.get("reason", ""), "reason"))
    fields = found.get("fields")
    if not isinstance(fields, dict) or len(fields) > MAX_FIELDS:
        raise Unreadable(_("Le contenu de cette opération ne porte pas les champs du formulaire."))
    return Content(
        fields={_text(name, "fields"): _value(value, name) for name, value in fields.items()},
        acknowledged=found.get("acknowledged") is True,
    )


def _value(value: Any, name: str) -> str | list[str]:
    if isinstance(value, list) and len(value) <= MAX_VALUES:
        return [_text(one, name) for one in value]
    return _text(value, name)


def _text(value: Any, name: str) -> str:
    """The value, a text that every database takes. Half a pair of UTF-16 is no character; PostgreSQL takes no NUL."""
    if not isinstance(value, str):
        raise Unreadable(_("Le champ « %s » n'est pas un texte.") % printable(name))
    if not is_text(value):
        raise Unreadable(
            _("Le champ « %s » contient un caractère illisible : écrivez-le de nouveau.") % printable(name)
        )
    return value


def is_text(value: str) -> bool:
    """Whether every database takes the text."""
    if "\0" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def printable(text: str, longest: int = 60) -> str:
    """A text that came from outside, short and without what no database takes."""
    return text[:longest].encode(errors="replace").decode().replace("\0", "?")
