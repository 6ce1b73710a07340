"""One way to write a row: compare, validate, save, leave an audit line; nothing at all when nothing changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.db.models import ForeignKey, Model

from maillage.core.models import AuditEvent

from .audit import audit, differences, line

M = TypeVar("M", bound=Model)


class Outcome(StrEnum):
    """What a write came to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Written(Generic[M]):
    """The row after a write, what the write came to, and `{field: [before, after]}` for what changed."""

    obj: M
    outcome: Outcome
    changes: Mapping[str, Any] = field(default_factory=dict)


def write(
    *, actor: Any, obj: M, values: Mapping[str, Any], new: str, changed: str, secret: Iterable[str] = ()
) -> Written[M]:
    """Give `obj` (saved or not) these `values`; audited as the verb `new` or `changed`.

    Fields named in `secret` are audited without their content. Raises `ValidationError` with sentences by field.
    The caller holds the transaction and has checked the permission.
    """
    creating = obj._state.adding
    names = [name for name in values if name != "search"]
    before = {} if creating else {name: getattr(obj, name) for name in names}
    after = {name: values[name] for name in names}
    moved = differences(before, after, secret)
    if not creating and not moved:
        return Written(obj, Outcome.UNCHANGED)
    for name, value in values.items():
        setattr(obj, name, value)
    obj.full_clean()
    obj.save()
    audit(actor=actor, verb=new if creating else changed, obj=obj, changes=moved)
    return Written(obj, Outcome.NEW if creating else Outcome.CHANGED, moved)


def write_many(
    *,
    actor: Any,
    pairs: Sequence[tuple[M, Mapping[str, Any]]],
    new: str,
    changed: str,
    secret: Iterable[str] = (),
) -> list[Written[M]]:
    """What `write` does, for many rows of one model in a few queries.

    Each pair is a row, saved or not, and its values. Fields are validated; uniqueness and constraints are left to the
    database. The caller holds the transaction and has checked the permission.
    """
    hidden = tuple(secret)
    written: list[Written[M]] = []
    touched: set[str] = set()
    for obj, values in pairs:
        creating = obj._state.adding
        names = [name for name in values if name != "search"]
        before = {} if creating else {name: getattr(obj, name) for name in names}
        moved = differences(before, {name: values[name] for name in names}, hidden)
        if not creating and not moved:
            written.append(Written(obj, Outcome.UNCHANGED))
            continue
        for name, value in values.items():
            setattr(obj, name, value)
        obj.clean_fields(exclude={f.name for f in obj._meta.fields if isinstance(f, ForeignKey)})
        touched.update(values)
        written.append(Written(obj, Outcome.NEW if creating else Outcome.CHANGED, moved))
    _save_many(written, touched)
    AuditEvent.objects.bulk_create(
        [
            line(actor=actor, verb=new if w.outcome is Outcome.NEW else changed, obj=w.obj, changes=w.changes)
            for w in written
            if w.outcome is not Outcome.UNCHANGED
        ],
        batch_size=500,
    )
    return written


def _save_many(written: Sequence[Written[M]], touched: set[str]) -> None:
    added = [w.obj for w in written if w.outcome is Outcome.NEW]
    moved = [w.obj for w in written if w.outcome is Outcome.CHANGED]
    if added:
        type(added[0])._default_manager.bulk_create(added, batch_size=500)
    if moved:
        type(moved[0])._default_manager.bulk_update(moved, sorted(touched), batch_size=200)
