"""Two versions of an entry side by side: what differs, who changed it, and the draft that joins what a person chose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .context import DraftContext
from .drafts import EntryDraft
from .rules import BY_NAME
from .wording import Change, changes_between

OURS, THEIRS = "ours", "theirs"
# Fields that have a meaning together only: one choice for all, under the name of the first.
TOGETHER = (
    ("site_id", "mrc_id"),
    ("nature", "collective_kind", "participants", "participations", "tenant_body_id"),
    ("referrals", "persons_referred"),
)
_LEADER = {name: names[0] for names in TOGETHER for name in names}


@dataclass(slots=True)
class Difference:
    """What is decided at once: one field, or several that go together. `changed_by` says which versions moved away from
    the one they both started from; `chosen` is what the page proposes, nothing where both did."""

    name: str
    changes: list[Change] = field(default_factory=list)
    changed_by: tuple[str, ...] = ()
    chosen: str = ""
    problem: str = ""

    @property
    def label(self) -> str:
        """The fields, as the form names them."""
        return ", ".join(str(change.label) for change in self.changes)

    @property
    def ours_changed(self) -> bool:
        """Whether the entry moved away from the version that both started from."""
        return OURS in self.changed_by

    @property
    def theirs_changed(self) -> bool:
        """Whether the other version did."""
        return THEIRS in self.changed_by


def differences_of(
    ours: EntryDraft, theirs: EntryDraft, base: EntryDraft | None, context: DraftContext, with_note: bool
) -> list[Difference]:
    """What differs between the entry (`before` of each change) and the other version (`after`), in the order of the form."""
    found: dict[str, Difference] = {}
    for change in changes_between(ours, theirs, context, with_note):
        name = _LEADER.get(change.field, change.field)
        found.setdefault(name, Difference(name)).changes.append(change)
    if base is not None:
        moved = {
            OURS: _names(changes_between(base, ours, context, with_note)),
            THEIRS: _names(changes_between(base, theirs, context, with_note)),
        }
        for difference in found.values():
            difference.changed_by = tuple(side for side in (OURS, THEIRS) if difference.name in moved[side])
            if len(difference.changed_by) == 1:
                difference.chosen = difference.changed_by[0]
    return list(found.values())


def joined(ours: EntryDraft, theirs: EntryDraft, chosen: Mapping[str, str]) -> EntryDraft:
    """`ours` with what was chosen from `theirs`: `{"site_id": "theirs", …}` by the names of differences."""
    names = [name for name, side in chosen.items() if side == THEIRS]
    values: dict[str, Any] = {}
    terms = dict(ours.terms)
    for name in (member for one in names for member in _members(one)):
        rule = BY_NAME.get(name)
        if rule is not None and rule.kind == "terms":
            terms[str(rule.vocabulary)] = theirs.codes(str(rule.vocabulary))
        elif rule is not None or name == "referrals":
            values[name] = getattr(theirs, name)
    return ours.with_(**values, terms={kind: codes for kind, codes in terms.items() if codes})


def _members(name: str) -> tuple[str, ...]:
    return next((names for names in TOGETHER if names[0] == name), (name,))


def _names(changes: Iterable[Change]) -> set[str]:
    return {_LEADER.get(change.field, change.field) for change in changes}
