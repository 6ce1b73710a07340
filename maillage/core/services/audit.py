"""The audit row of a write."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils import timezone

from maillage.core.lines import write_lines
from maillage.core.models import AuditEvent


def audit(*, actor: Any, verb: str, obj: Model, changes: Mapping[str, Any] | None = None) -> AuditEvent:
    """Write that `actor` (a user, or None for the product itself) did `verb` to `obj`, in the current transaction."""
    event = line(actor=actor, verb=verb, obj=obj, changes=changes)
    event.save()
    return event


def line(*, actor: Any, verb: str, obj: Model, changes: Mapping[str, Any] | None = None) -> AuditEvent:
    """The same audit row, not saved yet: for writes of many."""
    return AuditEvent(
        actor_id=getattr(actor, "pk", None),
        actor_label=_label(actor),
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        object_label=str(obj)[:300],
        changes=dict(changes or {}),
    )


def audit_each(*, actor: Any, said: Iterable[tuple[str, Model, Mapping[str, Any]]]) -> None:
    """Lines of one actor, each a verb, an object and its changes, written with few statements."""
    now, number, label = timezone.now(), getattr(actor, "pk", None), _label(actor)
    names = ("at", "actor_id", "actor_label", "verb", "object_type", "object_id", "object_label", "changes")
    write_lines(
        AuditEvent,
        names,
        [
            (now, number, label, verb, obj._meta.label_lower, obj.pk, str(obj)[:300], dict(changes))
            for verb, obj, changes in said
        ],
    )


def audit_many(*, actor: Any, verb: str, objects: Iterable[Model]) -> None:
    """The same line for many objects, written with few statements."""
    AuditEvent.objects.bulk_create([line(actor=actor, verb=verb, obj=obj) for obj in objects], batch_size=500)


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], secret: Iterable[str] = ()
) -> dict[str, list[Any]]:
    """`{field: [before, after]}` for what differs; the content of `secret` fields is replaced by dots."""
    hidden = set(secret)
    found: dict[str, list[Any]] = {}
    for name, new in after.items():
        old = before.get(name)
        if old != new:
            found[name] = ["…", "…"] if name in hidden else [_plain(old), _plain(new)]
    return found


def _label(actor: Any) -> str:
    return str(actor)[:200] if actor else ""


def _plain(value: Any) -> Any:
    return value if isinstance(value, (int, float, bool, list, type(None))) else str(value)
