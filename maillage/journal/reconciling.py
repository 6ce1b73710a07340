"""Rows of referrals before and after a correction: which is which. A referral lives longer than the form that wrote it.

A row says its `uid`. One that says none comes from a client that knows no such thing, or from a version that was kept before
rows had one: it is the row that it resembles the most (docs/explanation/algorithms/offline-merge.md). Pure: no database.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from .drafts import ReferralDraft
from .enums import TRANSFERRED

Rows = Sequence[ReferralDraft]


def same_rows(before: Rows, rows: Rows) -> tuple[ReferralDraft, ...]:
    """`rows` in their order, each with the `uid` of the row of `before` that it is; a new one keeps its own, or none.

    A `uid` that comes twice counts the first time. A row that is recognized by what it says keeps the agreement of the
    person, which whoever sent it could not tell.
    """
    left: dict[UUID | None, ReferralDraft] = {row.uid: row for row in before if row.uid}
    found: list[ReferralDraft] = []
    seen: set[UUID] = set()
    for row in rows:
        if row.uid is not None and row.uid in seen:
            row = replace(row, uid=None)
        if row.uid is not None:
            seen.add(row.uid)
            left.pop(row.uid, None)
        found.append(row)
    places = {row.uid: place for place, row in enumerate(before)}
    for resembles in _RESEMBLANCES:
        for place, row in enumerate(found):
            if row.uid is not None:
                continue
            alike = [one for one in left.values() if resembles(one, row)]
            if alike:
                nearest = min(alike, key=lambda one: (abs(places[one.uid] - place), places[one.uid]))
                agreed = row.kind == TRANSFERRED and (row.consent or nearest.consent)
                found[place] = replace(row, uid=nearest.uid, consent=agreed)
                left.pop(nearest.uid)
    return tuple(found)


def named(rows: Iterable[ReferralDraft]) -> tuple[ReferralDraft, ...]:
    """The rows, each with a `uid` of its own."""
    return tuple(row if row.uid else replace(row, uid=uuid4()) for row in rows)


def nameless(rows: Iterable[ReferralDraft]) -> tuple[ReferralDraft, ...]:
    """The rows without their `uid`: what they say only."""
    return tuple(replace(row, uid=None) for row in rows)


def in_order(before: Rows, rows: Rows) -> tuple[ReferralDraft, ...]:
    """`rows` as they will stand: those of `before` in their order, then the new ones."""
    places: dict[UUID | None, int] = {row.uid: place for place, row in enumerate(before) if row.uid}
    return tuple(sorted(rows, key=lambda row: places.get(row.uid, len(places))))


def counted(rows: Iterable[ReferralDraft]) -> frozenset[tuple[ReferralDraft, int]]:
    """The rows whatever their order: equal says that they say the same."""
    return frozenset(Counter(rows).items())


def _target(row: ReferralDraft) -> Any:
    return row.service_id or row.organization_id


def _same(*names: str) -> Callable[[ReferralDraft, ReferralDraft], bool]:
    def alike(one: ReferralDraft, other: ReferralDraft) -> bool:
        return all(getattr(one, name) == getattr(other, name) for name in names)

    return alike


def _same_target(one: ReferralDraft, other: ReferralDraft) -> bool:
    return one.destination == other.destination and bool(_target(one)) and _target(one) == _target(other)


# From the surest to the weakest: of two rows that both resemble, the nearest in the form.
_RESEMBLANCES = (
    _same("destination", "organization_id", "service_id", "need", "kind", "persons"),
    _same("destination", "organization_id", "need"),
    _same_target,
    _same("destination", "need"),
    _same("destination"),
)
