"""The audit log as people read it: what was done, by whom, field by field in words.

The highest floor knows the words of all rooms and gives them here (`speak`); without them, codes are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from maillage.core.models import AuditEvent

NUMBERS = {"added", "changed", "removed"}  # lists of numbers of objects, told by how many
SHOWN = 80  # characters of a value
Words = Mapping[str, str | Promise]
_verbs: dict[str, str | Promise] = {}
_changes: dict[str, str | Promise] = {}
_values: dict[str, str | Promise] = {}


@dataclass(frozen=True)
class AuditLine:
    """A line of the audit log as it is read; `changes` are the field, what it said before, and after.

    `is_addition` says that the object began there: its page shows the rest.
    """

    number: int
    at: datetime
    who: str
    what: str
    kind: str
    label: str
    changes: list[tuple[str, str, str]]
    is_addition: bool = False


def speak(*, verbs: Words, changes: Words, values: Words) -> None:
    """Give the sentences of verbs, the words of changes that are not fields, and those of codes kept in lists."""
    _verbs.update(verbs)
    _changes.update(changes)
    _values.update(values)


def history_of(obj: Model, count: int) -> list[AuditLine]:
    """What was done to an object, the latest first."""
    events = AuditEvent.objects.filter(object_type=obj._meta.label_lower, object_id=obj.pk).order_by("-id")
    return [read_line(event) for event in events[:count]]


def read_line(event: AuditEvent) -> AuditLine:
    """The event in words."""
    model = _model(event.object_type)
    return AuditLine(
        number=event.pk,
        at=event.at,
        who=event.actor_label,
        what=str(_verbs.get(event.verb, event.verb)),
        kind=capfirst(str(model._meta.verbose_name)) if model else event.object_type,
        label=event.object_label,
        changes=[_change(model, name, value) for name, value in event.changes.items()],
        is_addition=event.verb.endswith("_added"),
    )


def _change(model: Any, name: str, value: Any) -> tuple[str, str, str]:
    """A field in words, what it said before, and after; a value that is not a pair stands alone."""
    words, choices = _field(model, name)
    if isinstance(value, list) and len(value) == 2 and name not in NUMBERS:
        before, after = (choices.get(item, item) if isinstance(item, str) else item for item in value)
        return words, _short(before), _short(after)
    return words, "", _short(value)


def _field(model: Any, name: str) -> tuple[str, dict[Any, Any]]:
    """A changed field (its name in the model, else in the words given, else as it is) and the words of its choices."""
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        field = None
    own = getattr(field, "verbose_name", None)
    return capfirst(str(own or _changes.get(name, name))), dict(getattr(field, "flatchoices", ()))


def _short(value: Any) -> str:
    """A value as it is read: « oui », « non », how many of a list, the beginning of a long text."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list) and value and all(isinstance(item, int) for item in value):
        return str(len(value))
    if isinstance(value, list):
        value = ", ".join(str(_values.get(str(item), item)) for item in value)
    text = "–" if value is None or value == "" else str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _model(object_type: str) -> Any:
    try:
        return apps.get_model(object_type)
    except (LookupError, ValueError):
        return None
