"""The content of an operation as the entry form types it, and back: the same names and values in both directions."""

from collections.abc import Iterator, Mapping
from typing import Any

from maillage.journal.context import DraftContext
from maillage.journal.drafts import MANY, EntryDraft
from maillage.journal.forms.page import DURATIONS
from maillage.journal.forms.reading import NOWHERE, row_of

Values = Mapping[str, str | list[str]]


class Fields:
    """Names and values as a form gives them (`forms.reading.Typed`): the last one counts where one is wanted."""

    __slots__ = ("_values",)

    def __init__(self, values: Values) -> None:
        self._values = values

    def get(self, name: str, default: str = "", /) -> str:
        """The value of a field, the last of several."""
        value = self._values.get(name, default)
        if isinstance(value, str):
            return value
        return value[-1] if value else default

    def getlist(self, name: str, /) -> list[str]:
        """All the values of a field."""
        value = self._values.get(name, [])
        return [value] if isinstance(value, str) else value

    def __getitem__(self, name: str, /) -> str:
        return self.get(name)

    def __contains__(self, name: str, /) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)


def fields_of(draft: EntryDraft, context: DraftContext, with_note: bool = True) -> dict[str, Any]:
    """What the form would hold to say `draft`: read back, it gives the same draft. Empty fields are left out.

    The note is left out for whoever may not read it.
    """
    found: dict[str, Any] = {"date": draft.date.isoformat(), "worker": str(draft.worker_id)}
    found["site"] = _site(draft, context)
    if draft.mrc_id in context.mrcs:
        found["mrc"] = context.mrcs[draft.mrc_id].code
    for name in ("nature", "contact_place", "contact_rank", "contact_initiative", "collective_kind"):
        found[name] = getattr(draft, name)
    found["minutes" if draft.minutes in DURATIONS else "minutes_other"] = _number(draft.minutes)
    for name in ("persons", "persons_referred", "participants", "participations"):
        found[name] = _number(getattr(draft, name))
    found["tenant_body"] = _number(draft.tenant_body_id)
    found |= {str(kind): list(draft.codes(kind)) for kind in MANY}
    context.targets.know(draft.referrals)
    for place, line in enumerate(draft.referrals):
        found |= {f"ref-{place}-{name}": value for name, value in row_of(line, context).items()}
    if with_note:
        found["note"] = draft.note
    return {name: value for name, value in found.items() if value}


def _site(draft: EntryDraft, context: DraftContext) -> str:
    if draft.site_id is None:
        return NOWHERE
    return context.site_uid(draft.site_id)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
