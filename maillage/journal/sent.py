"""What an operation that waits for somebody says, opened by the server for those who may settle it."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from .models import SyncOperation
from .sync.protocol import VERSION
from .sync.sealing import Unopenable, unseal

SHOWN = 4000  # characters of what cannot be read as an entry


@dataclass(frozen=True, slots=True)
class Sent:
    """The content of an operation: the fields of the form as typed, or a sentence where they cannot be read."""

    fields: QueryDict | None = None
    acknowledged: bool = False
    reason: str = ""
    trouble: str = ""
    raw: str = ""

    @property
    def day(self) -> date | None:
        """The day of the intervention, when it is one."""
        try:
            return date.fromisoformat(self.fields.get("date", "")) if self.fields is not None else None
        except ValueError:
            return None


def opened(operation: SyncOperation) -> Sent:
    """What the operation says. Characters that no page can show are replaced."""
    if operation.body is None:
        return Sent(trouble=_("Le contenu de cet envoi a été effacé."))
    try:
        plain = _plain(operation)
    except Unopenable:
        return Sent(
            trouble=_(
                "Ce contenu est scellé pour une clé que le serveur n'a pas : remettez la clé en place depuis une "
                "sauvegarde, ou demandez à la personne ce qu'elle avait écrit."
            )
        )
    text = _shown(plain.decode("utf-8", "replace"))
    try:
        content = json.loads(text)
        if not isinstance(content, dict):
            raise ValueError
    except (ValueError, RecursionError):
        return Sent(trouble=_("Ce contenu n'a pas la forme d'une intervention."), raw=text[:SHOWN])
    fields = content.get("fields")
    return Sent(
        fields=_typed(fields) if isinstance(fields, dict) else None,
        acknowledged=content.get("acknowledged") is True,
        reason=_shown(str(content.get("reason") or ""))[:300],
    )


def _plain(operation: SyncOperation) -> bytes:
    body = bytes(operation.body or b"")
    if not operation.sealed_with:
        return body
    bound = (VERSION, operation.device.uid, operation.uid, operation.entry_uid, operation.kind)
    return unseal(body, "\n".join(map(str, bound)).encode(), operation.sealed_with)


def _typed(fields: dict[Any, Any]) -> QueryDict:
    """The fields as a form would send them: texts and lists of texts, anything else left out."""
    typed = QueryDict(mutable=True)
    for name, value in fields.items():
        values = value if isinstance(value, list) else [value]
        texts = [_shown(text) for text in values if isinstance(text, str)]
        if texts:
            typed.setlist(_shown(name), texts)
    return typed


def _shown(text: str) -> str:
    """`text` without NUL or halves of surrogate pairs, which neither a database nor a page can hold."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "�")
