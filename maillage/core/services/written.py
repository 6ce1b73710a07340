"""One way to write a row: compare, validate, save, leave an audit line; nothing at all when nothing changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.db.models import Model

from .audit import audit, differences

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
