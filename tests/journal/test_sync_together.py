"""Several devices correct the same entries in any order: whatever was acknowledged is somewhere, and no change goes over
one that its hand had not seen. The chaos suite runs the same under faults; here are its laws, one seed at a time."""

import random
from typing import Any

import pytest

from maillage.journal.drafts import draft_of
from maillage.journal.models import Entry, EntryRevision, Sibling, SyncOperation
from tests.factories import make_device, make_member, typed

pytestmark = pytest.mark.django_db
FIELDS = ("persons", "minutes", "participants")
STEPS, ENTRIES, PHONES = 45, 3, 4


def content_of(entry: Entry, revision: int) -> dict[str, Any]:
    if revision == entry.revision:
        return draft_of(entry).as_json()
    return EntryRevision.objects.get(entry=entry, revision=revision).content


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_lost_or_overwritten(program, seed):
    chance = random.Random(seed)
    worker = make_member(program)
    phones = [make_device(worker.user) for _ in range(PHONES)]
    first = {"nature": "collective", "participants": "10", "participations": "400"}
    made = [phones[0].create(typed(program, **first)) for _ in range(ENTRIES)]
    phones[0].send(*made)
    known = {(phone.device.pk, o.entry): (1, typed(program, **first)) for phone in phones for o in made}
    waiting: dict[int, list[Any]] = {number: [] for number in range(PHONES)}
    sent: dict[Any, tuple[Any, dict[str, Any]]] = {}
    for step in range(STEPS):
        number = chance.randrange(PHONES)
        phone, entry = phones[number], chance.choice(made).entry
        base, fields = known[phone.device.pk, entry]
        chosen = chance.sample(FIELDS, chance.choice([1, 1, 2]))
        mine = {**fields, **{name: str(100 + step * 3 + FIELDS.index(name)) for name in chosen}}
        operation = phone.update(entry, base, mine)
        sent[operation.op] = operation, {name: int(mine[name]) for name in chosen}
        waiting[number].append(operation)
        if chance.random() < 0.6:
            _deliver(chance, phone, waiting[number], known)
    for number, phone in enumerate(phones):
        _deliver(chance, phone, waiting[number], known)
    assert SyncOperation.objects.count() == ENTRIES + STEPS
    assert set(SyncOperation.objects.order_by("id").values_list("state", flat=True)) == {"applied", "conflict"}
    for one in made:
        _check(Entry.objects.get(uid=one.entry), sent)


def _deliver(chance: random.Random, phone: Any, waiting: list[Any], known: dict[Any, Any]) -> None:
    """All that waits leaves, shuffled and partly twice; then the phone reads how its entries stand."""
    batch = chance.sample(waiting, len(waiting)) + waiting[: chance.randrange(2)]
    waiting.clear()
    assert set(phone.statuses(*batch)) <= {"applied", "conflict", "duplicate"}
    for entry in Entry.objects.filter(uid__in=[uid for device, uid in known if device == phone.device.pk]).order_by(
        "id"
    ):
        fields = dict(known[phone.device.pk, entry.uid][1])
        fields |= {name: str(getattr(entry, name)) for name in FIELDS}
        known[phone.device.pk, entry.uid] = entry.revision, fields


def _check(entry: Entry, sent: dict[Any, Any]) -> None:
    versions = {number: content_of(entry, number) for number in range(1, entry.revision + 1)}
    beside = {sibling.operation.uid: sibling for sibling in Sibling.objects.filter(entry=entry).order_by("id")}
    by_revision: dict[int, Any] = {}
    for row in SyncOperation.objects.filter(entry_uid=entry.uid, kind="update").order_by("id"):
        operation, changes = sent[row.uid]
        if row.state == "conflict":
            assert {name: beside[row.uid].content[name] for name in changes} == changes
        else:
            assert {name: versions[row.revision][name] for name in changes} == changes
            by_revision[row.revision] = operation, changes
    assert set(by_revision) == set(range(2, entry.revision + 1))
    for number, (operation, changes) in by_revision.items():
        before, after, base = versions[number - 1], versions[number], versions[operation.base]
        assert {name for name in FIELDS if before[name] != after[name]} == set(changes)
        assert all(before[name] == base[name] for name in changes)
