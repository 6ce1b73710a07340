"""Rows of referrals, written with few statements whatever their number. A correction changes rows and keeps their lives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from maillage.core.lines import write_lines

from .context import DraftContext
from .drafts import EntryDraft, ReferralDraft
from .enums import LoopState
from .loops import first_due
from .models import Entry, Referral, ReferralEvent, ReferralLink
from .reconciling import named
from .rules import REFERRAL_BY_NAME
from .slip_code import code_of

CODES = ("destination", "need", "kind")
# What a row says; all the rest of it is its life.
SAID = ("organization_id", "service_id", "persons", "consent", *(f"{name}_id" for name in CODES))
# What a receiver said holds of that receiver only.
_OF_RECEIVER = (LoopState.SENT, LoopState.ACCEPTED, LoopState.PROPOSED)

Said = Iterable[tuple[Entry, EntryDraft, DraftContext]]


@dataclass(slots=True)
class _Plan:
    """What is to be done to the rows of some entries."""

    new: list[tuple[Any, ...]] = field(default_factory=list)
    changed: list[Referral] = field(default_factory=list)
    moved: list[Referral] = field(default_factory=list)
    silenced: list[int] = field(default_factory=list)


def write_new(said: Said) -> None:
    """The referrals of entries that have none yet."""
    listed = list(said)
    taken = _taken(listed, {})
    plan = _Plan()
    for entry, draft, context in listed:
        _add(plan, entry, draft.date, named(_free(draft.referrals, taken)), context)
    _insert(plan)


def rewrite_referrals(said: Said, actor: Any) -> None:
    """Make the referrals of these entries those of their drafts: a row is known by its `uid` and keeps its life, a new one
    is added, one that is no longer said goes with its events and links. To be called before the entries are saved: the
    day of before tells whether somebody chose another day to follow it up."""
    listed = list(said)
    rows = Referral.objects.select_for_update(of=("self",)).select_related("kind", "entry")
    rows = rows.filter(entry__in=[entry.pk for entry, *_rest in listed])
    held: dict[int, dict[UUID, Referral]] = {}
    for row in rows.order_by("id"):
        held.setdefault(row.entry_id, {})[row.uid] = row
    taken = _taken(listed, held)
    plan, gone = _Plan(), []
    for entry, draft, context in listed:
        mine = held.get(entry.pk, {})
        new: list[ReferralDraft] = []
        for line in _free(draft.referrals, taken):
            if line.uid in mine:
                _change(plan, mine.pop(line.uid), line, draft.date, context)
            else:
                new.append(line)
        gone += [row.pk for row in mine.values()]
        _add(plan, entry, draft.date, named(new), context)
    if gone:
        Referral.objects.filter(pk__in=gone).delete()
    if plan.changed:
        Referral.objects.bulk_update(plan.changed, [*SAID, "due_on"])
    if plan.moved:
        Referral.objects.bulk_update(plan.moved, ["state", "state_at", "barrier", "proposed_on"])
    _take_links_back(plan, actor)
    _insert(plan)


def lives_of(entry: Entry, before: EntryDraft, after: EntryDraft) -> dict[str, Any]:
    """What came of the referrals that a correction takes out, for its line in the audit: they go with their events."""
    stay = {line.uid for line in after.referrals}
    left = [line.uid for line in before.referrals if line.uid and line.uid not in stay]
    if not left:
        return {}
    rows = Referral.objects.filter(entry=entry, uid__in=left).order_by("id").values("code", "state", "barrier")
    return {"referrals_gone": [{name: value for name, value in row.items() if value} for row in rows]}


def _taken(
    listed: Sequence[tuple[Entry, EntryDraft, DraftContext]], held: dict[int, dict[UUID, Referral]]
) -> set[UUID]:
    """Identifiers that rows of other entries bear already: a client that gives one again is not believed."""
    asked: set[UUID] = set()
    twice: set[UUID] = set()
    for entry, draft, _context in listed:
        for line in draft.referrals:
            if line.uid and line.uid not in held.get(entry.pk, {}):
                (twice if line.uid in asked else asked).add(line.uid)
    if not asked:
        return set()
    return twice | set(Referral.objects.filter(uid__in=asked).order_by().values_list("uid", flat=True))


def _free(rows: Iterable[ReferralDraft], taken: set[UUID]) -> list[ReferralDraft]:
    """The rows, those whose identifier is taken, or comes twice, without it."""
    found, seen = [], set(taken)
    for row in rows:
        found.append(row if row.uid not in seen else ReferralDraft.from_json(row.as_json() | {"uid": None}))
        seen |= {row.uid} if row.uid else set()
    return found


def _values(line: ReferralDraft, context: DraftContext) -> dict[str, Any]:
    found: dict[str, Any] = {
        "organization_id": context.targets.organization_of(line),
        "service_id": line.service_id,
        "persons": line.persons,
        "consent": line.consent,
    }
    for name in CODES:
        code = getattr(line, name)
        found[f"{name}_id"] = context.terms[REFERRAL_BY_NAME[name].vocabulary, code].pk if code else None
    return found


def _change(plan: _Plan, row: Referral, line: ReferralDraft, day: date, context: DraftContext) -> None:
    values = _values(line, context)
    before = {name: getattr(row, name) for name in SAID}
    kind, due = row.kind.code if row.kind else "", row.due_on
    if row.state == LoopState.GIVEN and due == first_due(
        kind, row.entry.date, context.today
    ):  # nobody chose another day
        due = first_due(line.kind, day, context.today)
    if before == values and due == row.due_on:
        return
    for name, value in {**values, "due_on": due}.items():
        setattr(row, name, value)
    plan.changed.append(row)
    elsewhere = any(before[name] != values[name] for name in ("organization_id", "service_id"))
    if elsewhere or (before["consent"] and not values["consent"]):
        plan.silenced.append(row.pk)
    if elsewhere and row.state in _OF_RECEIVER:
        row.state, row.state_at, row.barrier, row.proposed_on = LoopState.GIVEN, timezone.now(), "", None
        plan.moved.append(row)


def _add(plan: _Plan, entry: Entry, day: date, rows: Iterable[ReferralDraft], context: DraftContext) -> None:
    for line in rows:
        assert line.uid is not None
        values = _values(line, context)
        due = first_due(line.kind, day, context.today)
        plan.new.append((entry.pk, line.uid, code_of(line.uid), LoopState.GIVEN.value, "", due, *values.values()))


def _insert(plan: _Plan) -> None:
    write_lines(Referral, ("entry_id", "uid", "code", "state", "barrier", "due_on", *SAID), plan.new)


def _take_links_back(plan: _Plan, actor: Any) -> None:
    """A page that was sent to one receiver tells nothing of what is now for another, or of who no longer agrees."""
    if plan.silenced:
        links = ReferralLink.objects.filter(referral__in=plan.silenced, revoked_at=None)
        links.update(revoked_at=timezone.now())
    ReferralEvent.objects.bulk_create(
        ReferralEvent(
            referral=row,
            state=LoopState.GIVEN,
            by_id=getattr(actor, "pk", None),
            by_label=str(actor)[:200] if actor else "",
        )
        for row in plan.moved
    )
