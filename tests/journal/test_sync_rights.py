"""Whoever may write no more loses nothing: what they still hold is kept whole for the coordination."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from maillage.core.errors import NotAllowed
from maillage.core.models import AuditEvent, Epoch
from maillage.journal.models import Device, Entry, SyncOperation
from maillage.journal.services import discard_operation, receive_mailbox, revoke_device
from tests.factories import make_device, make_member, make_program, make_user, typed

pytestmark = pytest.mark.django_db


def leaves(worker, coordinator, device):
    worker.end = timezone.localdate() - timedelta(days=1)
    worker.save()


def becomes_a_partner(worker, coordinator, device):
    worker.role = "partner"
    worker.save()


def is_disabled(worker, coordinator, device):
    worker.user.is_active = False
    worker.user.save()


def is_revoked(worker, coordinator, device):
    revoke_device(actor=coordinator, device=device)


@pytest.mark.parametrize("happens", [leaves, becomes_a_partner, is_disabled, is_revoked])
def test_who_may_write_no_more_is_held_whole(program, worker, phone, coordinator, happens):
    before = phone.create(typed(program))
    phone.send(before)
    happens(worker, coordinator, phone.device)
    operations = [
        phone.create(typed(program, nature="")),
        phone.update(before.entry, 1, typed(program, persons="9")),
        phone.delete(before.entry, 1),
    ]
    answer = receive_mailbox(batch=phone.batch(*operations))
    assert [str(one.status) for one in answer.answers] == ["held"] * 3
    assert (answer.contiguous, answer.missing) == (4, [])
    held = SyncOperation.objects.filter(state="held").order_by("seq")
    assert [row.uid for row in held] == [operation.op for operation in operations]
    assert all(bytes(row.body) and row.sealed_with and row.program == program for row in held)
    entry = Entry.objects.get()
    assert (entry.persons, entry.deleted_at) == (2, None)
    again = phone.send(*operations)
    assert [str(one.status) for one in again.answers] == ["held"] * 3
    assert again.answers[0].sentence


def test_a_child_of_what_is_held_or_refused_follows_it(program, worker, phone, coordinator):
    refused = phone.create(typed(program, nature=""))
    child = phone.update(refused.entry, 1, typed(program))
    assert phone.statuses(refused, child) == ["rejected", "rejected"]
    later = phone.update(refused.entry, 2, typed(program))
    assert phone.statuses(later) == ["rejected"]
    start, worker.end = worker.end, timezone.localdate() - timedelta(days=1)
    worker.save()
    held = phone.create(typed(program))
    assert phone.statuses(held) == ["held"]
    worker.end = start
    worker.save()
    assert phone.statuses(phone.update(held.entry, 1, typed(program))) == ["held"]
    discard_operation(actor=coordinator, operation=SyncOperation.objects.get(uid=held.op), reason="Doublon.")
    assert phone.statuses(phone.delete(held.entry, 1)) == ["rejected"]
    assert phone.statuses(held) == ["duplicate"]


def test_a_stranger_to_the_programme_is_refused_and_nobody_there_sees_it(program, coordinator):
    elsewhere = make_member(make_program())
    phone = make_device(elsewhere.user, program)
    assert phone.statuses(phone.create(typed(program)), phone.create(typed(program), program="nulle-part")) == [
        "rejected",
        "rejected",
    ]
    assert SyncOperation.objects.filter(program=None).count() == 2
    assert not SyncOperation.objects.visible_to(coordinator).exists()
    assert SyncOperation.objects.visible_to(elsewhere.user).count() == 2


def test_writing_in_another_name_is_held_but_for_the_coordination(program, worker, phone, coordinator):
    other = make_member(program)
    fields = typed(program, worker=str(other.pk))
    assert phone.statuses(phone.create(fields)) == ["held"]
    theirs = make_device(coordinator)
    assert theirs.statuses(theirs.create(fields)) == ["applied"]
    entry = Entry.objects.get()
    assert (entry.worker, entry.created_by_id) == (other, coordinator.pk)
    own = make_device(other.user)
    assert own.statuses(own.update(entry.uid, 1, typed(program, worker=str(worker.pk)))) == ["held"]


def test_a_programme_that_ended_takes_entries_of_its_days(program, phone):
    program.end = date(2014, 12, 31)
    program.save()
    answer = phone.send(phone.create(typed(program)), phone.create(typed(program, date="2015-01-02")))
    assert [str(one.status) for one in answer.answers] == ["applied", "rejected"]
    assert answer.answers[1].problems[0][0] == "date"
    assert "a pris fin" in answer.answers[1].sentence


def test_a_correction_waits_for_its_entry_then_is_applied(program, phone):
    made = phone.create(typed(program))
    child = phone.update(made.entry, 1, typed(program, persons="3"))
    answer = phone.send(child)
    assert [str(one.status) for one in answer.answers] == ["retry"]
    assert (answer.contiguous, answer.missing) == (0, [])
    assert not SyncOperation.objects.exists()
    assert phone.statuses(made) == ["applied"]
    assert phone.statuses(child) == ["applied"]


def test_a_second_correction_waits_for_the_first(program, phone):
    made = phone.create(typed(program))
    first = phone.update(made.entry, 1, typed(program, persons="3"))
    second = phone.update(made.entry, 2, typed(program, persons="4"))
    assert phone.statuses(made, second) == ["applied", "retry"]
    assert phone.statuses(first) == ["applied"]
    assert phone.statuses(second) == ["applied"]
    assert Entry.objects.get().persons == 4


def test_what_never_comes_is_not_awaited_for_ever(program, phone):
    """The first life of the database began long ago, and no hole of the device is recent."""
    lost = phone.update(uuid.uuid4(), 1, typed(program))
    assert phone.statuses(lost) == ["retry"]
    Epoch.objects.update(started_at=timezone.now() - timedelta(hours=25))
    assert phone.statuses(lost) == ["held"]
    made = phone.create(typed(program), seq=3)
    ahead = phone.update(made.entry, 5, typed(program, persons="3"), seq=4)
    assert phone.statuses(made) == ["applied"]
    assert phone.statuses(ahead) == ["retry"]
    device = Device.objects.get()
    device.gaps = [[first, last, since - 25 * 3600] for first, last, since in device.gaps]
    device.save()
    assert phone.statuses(ahead) == ["conflict"]


def test_revoking_is_for_the_person_their_coordination_and_the_administration(program, worker, coordinator):
    phone = make_device(worker.user)
    for stranger in (make_member(program).user, make_member(make_program(), "coordinator").user):
        with pytest.raises(NotAllowed):
            revoke_device(actor=stranger, device=phone.device)
    for actor in (worker.user, coordinator, make_user(is_administrator=True)):
        device = make_device(worker.user).device
        assert revoke_device(actor=actor, device=device).revoked_at
        assert revoke_device(actor=actor, device=device).revoked_by_id == actor.pk
    assert AuditEvent.objects.filter(verb="journal.revoke_device").count() == 3


def test_who_left_may_still_enrol_and_what_they_send_is_held(program, worker):
    worker.end = timezone.localdate() - timedelta(days=1)
    worker.save()
    phone = make_device(worker.user)
    assert phone.statuses(phone.create(typed(program))) == ["held"]
