"""Operations of devices: written once, whatever the number of times they come, and nothing lost of what is refused."""

import uuid
from dataclasses import replace

import pytest

from maillage.core.errors import NotAllowed
from maillage.core.models import AuditEvent, Change
from maillage.journal.models import Device, Entry, SyncOperation
from maillage.journal.services import (
    AnotherEpoch,
    DeviceTaken,
    KeyUnusable,
    UnknownDevice,
    enrol_device,
    push_operations,
    receive_mailbox,
)
from maillage.journal.sync.protocol import Report
from tests.factories import make_device, make_member, make_organization, make_user, typed

pytestmark = pytest.mark.django_db


def statuses(answer):
    return [str(one.status) for one in answer.answers]


def test_a_batch_of_new_entries_is_written_whole(program, worker, phone):
    make_organization(name="CLSC Inventé")
    row = {"ref-0-destination": "health", "ref-0-organization": "clsc inventé", "ref-0-need": "food"}
    operations = [phone.create(typed(program, note="Bonne rencontre.", **row)) for _ in range(5)]
    answer = phone.send(*operations)
    assert statuses(answer) == ["applied"] * 5
    assert [one.revision for one in answer.answers] == [1] * 5
    assert (answer.contiguous, answer.missing) == (5, [])
    entries = list(Entry.objects.order_by("id"))
    assert [entry.uid for entry in entries] == [operation.entry for operation in operations]
    first = entries[0]
    assert (first.worker, first.created_by_id, first.persons, first.persons_referred) == (worker, worker.user.pk, 2, 1)
    assert first.referrals.get().organization.name == "CLSC Inventé"
    assert sorted(first.terms.order_by("id").values_list("code", flat=True)) == ["budget", "food", "welcome"]
    assert set(Change.objects.values_list("key", flat=True)) == {entry.pk for entry in entries}
    line = AuditEvent.objects.filter(verb="journal.log").order_by("id").first()
    assert (line.actor_id, line.object_id, line.changes) == (
        worker.user.pk,
        first.pk,
        {"device": "Téléphone de terrain"},
    )
    kept = SyncOperation.objects.order_by("id").first()
    assert (kept.state, kept.body, kept.program) == ("applied", None, program)


def test_what_came_before_is_a_duplicate(program, phone):
    operations = [phone.create(typed(program)) for _ in range(3)]
    phone.send(*operations)
    answer = phone.send(*operations)
    assert statuses(answer) == ["duplicate"] * 3
    assert [one.revision for one in answer.answers] == [1] * 3
    assert Entry.objects.count() == 3
    assert AuditEvent.objects.filter(verb="journal.log").count() == 3


def test_the_same_operation_twice_in_a_batch_is_one(program, phone):
    operation = phone.create(typed(program))
    answer = phone.send(operation, operation)
    assert statuses(answer) == ["applied", "applied"]
    assert Entry.objects.count() == 1


def test_another_content_under_the_same_key_is_refused(program, phone):
    first = phone.create(typed(program))
    phone.send(first)
    again = phone.create(typed(program, persons="4"), op=first.op, entry=first.entry)
    assert phone.statuses(again) == ["op_reuse"]
    fresh = phone.create(typed(program))
    other = phone.create(typed(program, persons="9"), op=fresh.op)
    assert phone.statuses(fresh, other) == ["applied", "op_reuse"]
    assert Entry.objects.count() == 2


def test_a_refused_entry_is_kept_whole_and_its_neighbours_are_written(program, phone):
    bad = phone.create(typed(program, persons="beaucoup", nature=""))
    answer = phone.send(phone.create(typed(program)), bad, phone.create(typed(program)))
    assert statuses(answer) == ["applied", "rejected", "applied"]
    refused = answer.answers[1]
    assert {name for name, _sentence in refused.problems} == {"persons", "nature"}
    assert "« beaucoup »" in refused.sentence
    kept = SyncOperation.objects.get(state="rejected")
    assert bytes(kept.body)
    assert kept.sealed_with == bad.seal
    assert [tuple(pair) for pair in kept.problems] == list(refused.problems)
    again = phone.send(bad).answers[0]
    assert (str(again.status), list(again.problems)) == ("rejected", list(refused.problems))
    assert answer.contiguous == 3


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'"texte"',
        b'{"fields": []}',
        b'{"fields": {"persons": 2}}',
        b'{"fields": {"note": "\\u0000"}}',
        b'{"fields": {"note": "\\ud800"}}',
        b'{"fields": {"action": ["welcome", 3]}}',
        b"[" * 20_000,
        b'{"fields": {"note": "\xff"}}',
    ],
)
def test_what_cannot_be_read_never_stops_its_neighbours(program, phone, content):
    good = phone.create(typed(program))
    answer = phone.send(phone.operation("create", content), good)
    assert statuses(answer) == ["rejected", "applied"]
    assert answer.answers[0].sentence
    assert SyncOperation.objects.filter(state="rejected").count() == 1


def test_an_identity_in_the_note_waits_for_a_confirmation(program, phone):
    fields = typed(program, note="Appeler au 418 555-0134.")
    answer = phone.send(phone.create(fields), phone.create(fields, acknowledged=True))
    assert statuses(answer) == ["rejected", "applied"]
    assert answer.answers[0].problems[0][0] == "note"
    assert "téléphone" in answer.answers[0].sentence
    assert AuditEvent.objects.get(verb="journal.log").changes["screening"] == ["phone"]


def test_forged_operations_are_refused_and_leave_no_row(program, worker, phone):
    other = make_device(make_member(program).user)
    foreign = replace(other.create(typed(program)), seq=1)
    moved = phone.create(typed(program))
    moved = replace(moved, entry=uuid.uuid4())
    answer = phone.send(foreign, moved)
    assert statuses(answer) == ["rejected", "rejected"]
    assert not SyncOperation.objects.exists()
    assert not Entry.objects.exists()


def test_a_body_moved_to_another_operation_does_not_open(program, phone):
    first = phone.create(typed(program))
    stolen = phone.create({}, body=first.body, seal=first.seal)
    assert phone.statuses(first, stolen) == ["applied", "rejected"]


def test_an_unknown_schema_asks_for_an_update_and_leaves_no_row(program, phone):
    answer = phone.send(phone.create(typed(program), schema=2))
    assert statuses(answer) == ["upgrade"]
    assert not SyncOperation.objects.exists()


def test_the_mailbox_takes_the_same_and_tells_nothing(program, worker, phone):
    answer = receive_mailbox(batch=phone.batch(phone.create(typed(program)), phone.create(typed(program, nature=""))))
    assert statuses(answer) == ["applied", "rejected"]
    assert Entry.objects.get().created_by_id == worker.user.pk
    assert not answer.answers[1].problems
    assert not answer.answers[1].sentence


def test_without_a_signature_the_mailbox_believes_no_report(phone):
    receive_mailbox(batch=phone.batch(report=Report(waiting=7)))
    device = Device.objects.get()
    assert (device.waiting, device.seen_at) == (0, None)
    phone.send(report=Report(waiting=7, oldest=90, persisted=False, app="0.1.0"))
    device.refresh_from_db()
    assert (device.waiting, device.persisted, device.app_version) == (7, False, "0.1.0")


def test_another_life_of_the_database_writes_nothing(program, phone):
    with pytest.raises(AnotherEpoch) as refusal:
        phone.send(phone.create(typed(program)), epoch=str(uuid.uuid4()))
    assert refusal.value.epoch == phone.batch().epoch
    assert not SyncOperation.objects.exists()


def test_a_device_is_enrolled_once_and_belongs_to_one_person(program, worker, phone):
    device, point = phone.device, phone.pen.public_key
    assert enrol_device(actor=worker.user, uid=device.uid, public_key=point, label="Autre") == device
    other = make_member(program).user
    with pytest.raises(DeviceTaken):
        enrol_device(actor=other, uid=device.uid, public_key=point)
    with pytest.raises(DeviceTaken):
        enrol_device(actor=worker.user, uid=device.uid, public_key=make_device(other).pen.public_key)
    with pytest.raises(KeyUnusable):
        enrol_device(actor=worker.user, uid=uuid.uuid4(), public_key=bytes(65))
    with pytest.raises(NotAllowed):
        enrol_device(actor=make_user(), uid=uuid.uuid4(), public_key=point)
    with pytest.raises(UnknownDevice):
        push_operations(actor=other, batch=phone.batch())
    assert AuditEvent.objects.filter(verb="journal.enrol_device").count() == 2


def test_a_batch_costs_few_statements(program, phone, django_assert_max_num_queries):
    operations = [phone.create(typed(program, note="Suivi du dossier.")) for _ in range(50)]
    with django_assert_max_num_queries(27):
        phone.send(*operations)
    assert Entry.objects.count() == 50


def test_what_was_refused_is_settled_by_its_correction(program, worker, phone):
    bad = phone.create(typed(program, nature=""))
    other = phone.create(typed(program, nature=""))
    phone.send(bad, other)
    entry = bad.entry
    assert phone.statuses(phone.create(typed(program), entry=entry)) == ["applied"]
    settled = SyncOperation.objects.get(uid=bad.op)
    assert (settled.state, settled.settled_by_id, settled.body) == ("settled", worker.user.pk, None)
    assert SyncOperation.objects.get(uid=other.op).state == "rejected"
    assert phone.statuses(bad) == ["duplicate"]
    wrong = phone.update(entry, 1, typed(program, persons="x"))
    child = phone.update(entry, 2, typed(program, persons="y"))
    phone.send(wrong, child)
    assert phone.statuses(phone.update(entry, 1, typed(program, persons="3"))) == ["applied"]
    states = SyncOperation.objects.filter(uid__in=[wrong.op, child.op]).order_by("seq").values_list("state", flat=True)
    assert list(states) == ["settled", "rejected"]


def test_more_operations_than_a_batch_holds_are_written_too(program, phone):
    """A sealed file may bring all that a device kept."""
    operations = [phone.create(typed(program)) for _ in range(450)]
    assert set(phone.statuses(*operations)) == {"applied"}
    assert set(phone.statuses(*operations)) == {"duplicate"}
    assert Entry.objects.count() == 450
