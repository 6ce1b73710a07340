"""After a restore, devices send again what they keep: all of it comes back, and no number of revision is believed blindly."""

from datetime import UTC, datetime, timedelta

import pytest

from maillage.core.changes import epoch
from maillage.core.models import Epoch
from maillage.journal.models import Device, Entry, EntryRevision, Sibling, SyncOperation
from maillage.journal.services import draft_of, edit_entry, log_entry
from maillage.journal.sync.protocol import Report
from tests.factories import make_device, make_member, typed

from .drafts import draft_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(program):
    return make_member(program)


@pytest.fixture
def entry(program, worker):
    found = log_entry(actor=worker.user, program=program, draft=draft_for(worker))
    Entry.objects.update(created_at=datetime(2026, 11, 1, tzinfo=UTC))
    return found


@pytest.fixture
def phones(worker):
    """Two devices whose operations were made before the restore."""
    made = (datetime.now(UTC) - timedelta(hours=2)).isoformat()
    return [make_device(worker.user, made=made) for _ in range(2)]


def restored():
    """The database begins another life; what came after the backup is gone."""
    Sibling.objects.all().delete()
    SyncOperation.objects.all().delete()
    Device.objects.update(highest=0, contiguous=0, gaps=[], gap_since=None)
    epoch()  # a test that empties the tables takes away the first life, which a migration made
    Epoch.objects.create()


def test_what_was_acknowledged_comes_back_with_its_corrections(program, phones):
    phone = phones[0]
    made = phone.create(typed(program))
    chain = [made, *(phone.update(made.entry, n, typed(program, persons=str(2 + n))) for n in (1, 2, 3))]
    gone = phone.create(typed(program))
    chain += [gone, phone.delete(gone.entry, 1)]
    assert phone.statuses(*chain) == ["applied"] * 6
    EntryRevision.objects.all().delete()
    Entry.objects.all().delete()
    restored()
    assert phone.statuses(*chain) == ["applied"] * 6
    assert (Entry.objects.get(uid=made.entry).persons, Entry.objects.get(uid=made.entry).revision) == (5, 4)
    assert Entry.objects.get(uid=gone.entry).deleted_at


def test_one_by_one_the_chain_of_a_device_is_believed(program, phones, entry):
    phone = phones[0]
    restored()
    for number in (1, 2, 3):
        assert phone.statuses(phone.update(entry.uid, number, typed(program, persons=str(10 + number)))) == ["applied"]
    assert not Sibling.objects.exists()


@pytest.mark.parametrize("at_once", [True, False])
def test_a_number_given_again_to_another_content_overwrites_nothing(program, phones, entry, at_once):
    """In the life before, `one` made revision 2 then 3, and what `two` made was put beside. Now `two` comes first."""
    one, two = phones
    first = one.update(entry.uid, 1, typed(program, persons="11"))
    second = one.update(entry.uid, 2, typed(program, persons="12"))
    other = two.update(entry.uid, 1, typed(program, persons="20"))
    restored()
    assert two.statuses(other) == ["applied"]
    found = one.statuses(first, second) if at_once else one.statuses(first) + one.statuses(second)
    assert found == ["conflict", "conflict"]
    assert Entry.objects.get().persons == 20
    assert sorted(sibling.content["persons"] for sibling in Sibling.objects.order_by("id")) == [11, 12]


def test_after_a_union_the_next_correction_is_not_believed_either(program, phones, entry):
    one, two = phones
    restored()
    assert two.statuses(two.update(entry.uid, 1, typed(program, minutes="60"))) == ["applied"]
    chain = [
        one.update(entry.uid, 1, typed(program, persons="11")),
        one.update(entry.uid, 3, typed(program, persons="12")),
    ]
    assert one.statuses(*chain) == ["applied", "conflict"]
    entry.refresh_from_db()
    assert (entry.persons, entry.minutes) == (11, 60)


def test_a_deletion_rests_on_the_same_proof(program, worker, phones, entry):
    restored()
    edit_entry(actor=worker.user, entry=entry, revision=1, draft=draft_of(Entry.objects.get()).with_(persons=9))
    assert phones[0].statuses(phones[0].delete(entry.uid, 2)) == ["conflict"]
    assert Entry.objects.get().deleted_at is None


@pytest.mark.parametrize(
    ("made", "skew", "status"),
    [
        (timedelta(hours=1), timedelta(), "applied"),  # made in this life
        (timedelta(hours=-2), timedelta(), "conflict"),
        (timedelta(hours=1), timedelta(hours=3), "conflict"),  # its clock is three hours ahead
        (timedelta(hours=-2), timedelta(hours=-3), "applied"),
        (timedelta(hours=1), None, "conflict"),  # a time to come, from a clock that nobody knows
        (None, timedelta(), "conflict"),
    ],
)
def test_what_was_made_since_is_believed(program, worker, phones, entry, made, skew, status):
    restored()
    Epoch.objects.filter(pk=Epoch.objects.order_by("-id").first().pk).update(
        started_at=datetime.now(UTC) - timedelta(minutes=30)
    )
    edit_entry(actor=worker.user, entry=entry, revision=1, draft=draft_of(Entry.objects.get()).with_(persons=9))
    phone, now = phones[0], datetime.now(UTC)
    operation = phone.update(
        entry.uid, 2, typed(program, persons="4"), made="hier" if made is None else (now + made).isoformat(), age=None
    )
    report = Report() if skew is None else Report(clock=now + skew)
    assert phone.statuses(operation, report=report) == [status]


def test_what_the_backup_held_is_believed(program, worker, phones, entry):
    edit_entry(actor=worker.user, entry=entry, revision=1, draft=draft_of(Entry.objects.get()).with_(persons=9))
    EntryRevision.objects.update(replaced_at=datetime.now(UTC) - timedelta(days=2))
    restored()
    assert phones[0].statuses(phones[0].update(entry.uid, 2, typed(program, persons="4"))) == ["applied"]
