"""What goes wrong between reading and writing: other writers, a database that refuses, a rule that nobody wrote."""

import uuid
from typing import Any

import psycopg
import pytest
from django.db import DataError, IntegrityError, OperationalError, connection

from maillage.core.models import AuditEvent
from maillage.journal.models import Device, Entry, EntryRevision, Sibling, SyncOperation
from maillage.journal.services import draft_of, edit_entry, log_entry, synchronization
from maillage.journal.sync import applying, preparing
from tests.factories import make_device, make_member, make_program, typed

from .drafts import draft_for
from .test_concurrency import at_once

real = pytest.mark.skipif(connection.vendor == "sqlite", reason="the in-memory SQLite of the tests has no such locks")


@pytest.fixture
def phone(program):
    return make_device(make_member(program).user)


def failing(monkeypatch: pytest.MonkeyPatch, errors: list[Exception]) -> list[int]:
    """The writing of entries fails with these errors, one after another, then works."""
    calls, write = [], applying.write

    def troubled(*args: Any) -> None:
        calls.append(1)
        if errors:
            raise errors.pop(0)
        write(*args)

    monkeypatch.setattr(applying, "write", troubled)
    return calls


def deadlock() -> OperationalError:
    error = OperationalError("deadlock detected")
    error.__cause__ = psycopg.errors.DeadlockDetected()
    return error


@pytest.mark.django_db
@pytest.mark.parametrize("error", [IntegrityError, deadlock, applying.Raced])
def test_a_batch_is_played_again_when_somebody_wrote_meanwhile(program, phone, monkeypatch, error):
    calls = failing(monkeypatch, [error() for _ in range(3)])
    assert phone.statuses(phone.create(typed(program)), phone.create(typed(program))) == ["applied", "applied"]
    assert len(calls) == 4
    assert (Entry.objects.count(), SyncOperation.objects.count()) == (2, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(("error", "plays"), [(deadlock, 4), (applying.Raced, 4), (OperationalError, 1)])
def test_a_storage_that_fails_writes_nothing_and_says_so(program, phone, monkeypatch, error, plays):
    calls = failing(monkeypatch, [error() for _ in range(9)])
    with pytest.raises(OperationalError):
        phone.send(phone.create(typed(program)))
    assert len(calls) == plays
    assert not SyncOperation.objects.exists()
    assert Device.objects.get().highest == 0


@pytest.mark.django_db
@pytest.mark.parametrize("error", [IntegrityError, DataError])
def test_what_no_database_takes_is_refused_alone(program, phone, monkeypatch, error):
    write, poison = applying.write, phone.create(typed(program, persons="66"))

    def picky(standings: Any, *rest: Any) -> None:
        if any(standing.draft.persons == 66 for standing in standings):
            raise error
        write(standings, *rest)

    monkeypatch.setattr(applying, "write", picky)
    operations = [phone.create(typed(program)), poison, phone.create(typed(program))]
    answer = phone.send(*operations)
    assert [str(one.status) for one in answer.answers] == ["applied", "rejected", "applied"]
    assert (answer.contiguous, answer.missing) == (3, [])
    kept = SyncOperation.objects.get(state="rejected")
    assert kept.uid == poison.op
    assert bytes(kept.body)
    assert phone.statuses(*operations) == ["duplicate", "rejected", "duplicate"]


@pytest.mark.django_db
def test_a_reading_that_breaks_is_refused_alone(program, phone, monkeypatch):
    judge = preparing.judge

    def broken(content: Any, *rest: Any) -> Any:
        if content.fields["persons"] == "66":
            raise ZeroDivisionError
        return judge(content, *rest)

    monkeypatch.setattr(preparing, "judge", broken)
    operations = [phone.create(typed(program)), phone.create(typed(program, persons="66"))]
    assert phone.statuses(*operations) == ["applied", "rejected"]


@real
@pytest.mark.django_db(transaction=True)
def test_one_batch_sent_five_times_at_once_is_one():
    program = make_program()
    phone = make_device(make_member(program).user)
    operations = [phone.create(typed(program)) for _ in range(6)]
    operations.append(phone.update(operations[0].entry, 1, typed(program, persons="4")))
    batch = phone.batch(*operations)
    user = phone.device.user
    found = at_once(5, lambda _n: synchronization.push_operations(actor=user, batch=batch))
    told = [{str(one.status) for one in answer.answers} for answer in found]
    assert sorted(told, key=sorted) == [{"applied"}, *[{"duplicate"}] * 4]
    assert (Entry.objects.count(), SyncOperation.objects.count()) == (6, 7)
    assert AuditEvent.objects.filter(verb="journal.log").count() == 6
    assert Entry.objects.get(uid=operations[0].entry).revision == 2


@real
@pytest.mark.django_db(transaction=True)
def test_corrections_of_one_entry_by_many_devices_are_all_kept():
    program = make_program()
    worker = make_member(program)
    entry = log_entry(actor=worker.user, program=program, draft=draft_for(worker))
    phones = [make_device(worker.user) for _ in range(5)]
    sent = [
        phone.batch(phone.update(entry.uid, 1, typed(program, persons=str(10 + n)))) for n, phone in enumerate(phones)
    ]
    found = at_once(5, lambda n: synchronization.push_operations(actor=worker.user, batch=sent[n]))
    told = sorted(str(answer.answers[0].status) for answer in found)
    assert told == ["applied", *["conflict"] * 4]
    entry.refresh_from_db()
    siblings = [sibling.content["persons"] for sibling in Sibling.objects.order_by("id")]
    assert sorted([entry.persons, *siblings]) == [10, 11, 12, 13, 14]
    assert EntryRevision.objects.count() == 1


@real
@pytest.mark.django_db(transaction=True)
def test_a_device_and_a_browser_at_the_same_instant():
    program = make_program()
    worker = make_member(program)
    phone = make_device(worker.user)
    made = phone.create(typed(program))
    batch, draft = phone.batch(made), draft_for(worker, uid=made.entry)

    def write(number: int) -> Any:
        if number:
            return log_entry(actor=worker.user, program=program, draft=draft)
        return synchronization.push_operations(actor=worker.user, batch=batch)

    answer, entry = at_once(2, write)
    assert str(answer.answers[0].status) in ("applied", "duplicate")
    assert Entry.objects.get() == entry
    later = phone.batch(phone.update(made.entry, 1, typed(program, persons="8")))

    def correct(number: int) -> Any:
        if number:
            return edit_entry(actor=worker.user, entry=entry, revision=1, draft=draft_of(entry).with_(minutes=5))
        return synchronization.push_operations(actor=worker.user, batch=later)

    answer, edited = at_once(2, correct)
    entry.refresh_from_db()
    assert str(answer.answers[0].status) == "applied"
    assert entry.persons == 8
    assert (entry.minutes == 5) == (not isinstance(edited, Exception))


@real
@pytest.mark.django_db(transaction=True)
def test_two_devices_that_bear_the_same_entry_and_the_same_key():
    program = make_program()
    worker = make_member(program)
    one, two = make_device(worker.user), make_device(worker.user)
    uids = [uuid.uuid4() for _ in range(8)]
    ops = [uuid.uuid4() for _ in range(8)]
    batches = [
        one.batch(*[one.create(typed(program), entry=uid) for uid in uids]),
        two.batch(*[two.create(typed(program), entry=uid) for uid in reversed(uids)]),
        two.batch(*[two.create(typed(program), op=op) for op in ops]),
        one.batch(*[one.create(typed(program), op=op) for op in reversed(ops)]),
    ]
    found = at_once(4, lambda n: synchronization.push_operations(actor=worker.user, batch=batches[n]))
    told = [{str(answer.status) for answer in result.answers} for result in found]
    assert sorted(told[:2], key=sorted) == [{"applied"}, {"duplicate"}]
    assert sorted(told[2:], key=sorted) == [{"applied"}, {"op_reuse"}]
    assert Entry.objects.count() == 16
