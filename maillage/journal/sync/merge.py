"""Three ways: what an entry said when a device read it, what it says now, what the device would make it say.

The method and its cases are in `docs/explanation/algorithms/offline-merge.md`. Pure: no database.
"""

from collections.abc import Callable, Mapping
from typing import Any

from maillage.journal.drafts import MANY, EntryDraft
from maillage.journal.reconciling import counted

# Fields that say one thing together: two hands on two of them are two hands on the same thing.
PLACE = ("site_id", "mrc_id")
REFERRED = ("referrals", "persons_referred")
ALONE = (
    "worker_id",
    "date",
    "nature",
    "persons",
    "minutes",
    "contact_place",
    "contact_rank",
    "contact_initiative",
    "collective_kind",
    "participants",
    "participations",
    "tenant_body_id",
)
NOTE = "note"
HasOwnMrc = Callable[[int], bool]
Parts = Mapping[str, Any]


def parts_of(draft: EntryDraft, has_own_mrc: HasOwnMrc = lambda _site: True) -> dict[str, Any]:
    """What a draft says, part by part, in a form where equal says equal.

    The MRC counts only where the site has none (`has_own_mrc`), the codes of a vocabulary are a set, referrals stand in
    no order, and a count of persons referred left empty is what the referrals give.
    """
    mrc = None if draft.site_id is not None and has_own_mrc(draft.site_id) else draft.mrc_id
    found: dict[str, Any] = {name: getattr(draft, name) for name in ALONE}
    found["place"] = (draft.site_id, mrc)
    found["referrals"] = (counted(draft.referrals), draft.distinct_referred)
    found |= {str(kind): frozenset(draft.codes(kind)) for kind in MANY}
    found[NOTE] = draft.note
    return found


def changed(before: Parts, after: Parts) -> set[str]:
    """Names of the parts that differ."""
    return {name for name, value in after.items() if before[name] != value}


def merged(
    base: EntryDraft, standing: EntryDraft, proposed: EntryDraft, has_own_mrc: HasOwnMrc = lambda _site: True
) -> EntryDraft | None:
    """The draft that holds the changes of both hands; None where a person must decide.

    Parts that one hand changed are that hand's; parts that both changed alike stand. A note is never joined, and two
    different changes of one part are for a person. That the result keeps the rules is for the caller to check.
    """
    began, ours, theirs = (parts_of(draft, has_own_mrc) for draft in (base, standing, proposed))
    if ours == theirs:
        return standing
    here, there = changed(began, ours), changed(began, theirs)
    if NOTE in here | there or any(ours[name] != theirs[name] for name in here & there):
        return None
    return with_parts(standing, proposed, there - here)


def with_parts(standing: EntryDraft, proposed: EntryDraft, names: set[str]) -> EntryDraft:
    """`standing` with these parts of `proposed`."""
    taken: dict[str, Any] = {}
    for name in names:
        fields = {"place": PLACE, "referrals": REFERRED}.get(name, (name,))
        taken |= {field: getattr(proposed, field) for field in fields if field in EntryDraft.__dataclass_fields__}
    codes = {kind: proposed.codes(kind) for kind in map(str, MANY) if kind in names}
    terms = {kind: chosen for kind, chosen in {**standing.terms, **codes}.items() if chosen}
    return standing.with_(**taken, terms=terms)
