"""Each row of the table of results, asked by a client that knows the protocol only."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from maillage.journal.models import Device, Entry, SyncOperation
from maillage.journal.services import revoke_device
from tests.factories import make_member

from .client import Phone, uuid7
from .conftest import phone_of, signed_in, without_session

pytestmark = pytest.mark.django_db


def _result(answer: Any, operation: dict[str, Any]) -> dict[str, Any]:
    assert answer.status == 200, answer.body
    return next(result for result in answer.json["results"] if result["op"] == operation["op"])


def test_a_client_signs_in_by_the_door_enrols_and_pushes(worker: Any, create: Any) -> None:
    phone = phone_of(worker.user, door=signed_in)
    operation = create(phone)
    assert _result(phone.push(), operation)["status"] == "applied"


@pytest.mark.parametrize("open", [False, True])
def test_applied_then_duplicate(phone: Phone, create: Any, worker: Any, open: bool) -> None:
    operation = create(phone, note="Rencontre au sous-sol", open=open)
    answer = phone.push()
    assert _result(answer, operation) == {"op": operation["op"], "status": "applied", "revision": 1}
    assert (answer.json["contiguous"], answer.json["missing"], answer.json["highest"]) == (1, [], 1)
    assert phone.outbox == {}
    entry = Entry.objects.get(uid=operation["entry"])
    assert (entry.note, entry.persons, entry.worker) == ("Rencontre au sous-sol", 2, worker)
    phone.outbox = dict(phone.kept)
    assert _result(phone.push(), operation)["status"] == "duplicate"
    assert Entry.objects.count() == 1


def test_an_update_rests_on_the_revision_it_names(phone: Phone, create: Any, fields: Any, program: Any) -> None:
    first = create(phone)
    phone.push()
    update = phone.write("update", first["entry"], program.slug, fields(persons="7"), base=1)
    assert _result(phone.push(), update) == {"op": update["op"], "status": "applied", "revision": 2}
    assert Entry.objects.get().persons == 7


def test_a_deletion_leaves_a_trace_that_is_pulled(phone: Phone, create: Any, program: Any) -> None:
    first = create(phone)
    phone.push()
    deletion = phone.write("delete", first["entry"], program.slug, {"reason": ""}, base=1)
    assert _result(phone.push(), deletion)["status"] == "applied"
    assert Entry.objects.get().deleted_at is not None


def test_conflict_keeps_both_and_shows_what_the_entry_says(
    phone: Phone, create: Any, fields: Any, program: Any, worker: Any
) -> None:
    other = phone_of(worker.user)
    first = create(phone, note="Au début")
    phone.push()
    other.write("update", first["entry"], program.slug, fields(note="De l'autre téléphone"), base=1)
    other.push()
    late = phone.write("update", first["entry"], program.slug, fields(note="Du premier téléphone"), base=1)
    result = _result(phone.push(), late)
    assert result["status"] == "conflict"
    assert result["server"]["revision"] == 2
    assert result["server"]["deleted"] is False
    assert result["server"]["fields"]["note"] == "De l'autre téléphone"
    assert Entry.objects.get().note == "De l'autre téléphone"
    assert Entry.objects.get().siblings.get().content["note"] == "Du premier téléphone"
    assert phone.outbox == {}


def test_held_from_a_revoked_device(phone: Phone, create: Any, worker: Any) -> None:
    revoke_device(actor=worker.user, device=Device.objects.get(uid=phone.device))
    operation = create(phone)
    assert _result(phone.push(), operation)["status"] == "held"
    assert (Entry.objects.count(), SyncOperation.objects.get().state) == (0, "held")


def test_held_from_somebody_who_left_the_team(phone: Phone, create: Any, worker: Any) -> None:
    operation = create(phone)
    worker.end = timezone.localdate() - timedelta(days=1)
    worker.save()
    assert _result(phone.push(), operation)["status"] == "held"


def test_retry_until_the_entry_it_rests_on_comes(phone: Phone, create: Any, fields: Any, program: Any) -> None:
    entry = uuid7()
    first = create(phone, entry=entry)
    update = phone.write("update", entry, program.slug, fields(persons="3"), base=1)
    del phone.outbox[first["op"]]
    answer = phone.push()
    assert _result(answer, update)["status"] == "retry"
    assert phone.outbox
    phone.outbox[first["op"]] = first
    answer = phone.push()
    assert {result["status"] for result in answer.json["results"]} == {"applied"}
    assert Entry.objects.get().persons == 3


def test_rejected_says_why_and_is_kept_whole(phone: Phone, create: Any) -> None:
    good, bad = create(phone), create(phone, persons="9999")
    answer = phone.push()
    assert _result(answer, good)["status"] == "applied"
    result = _result(answer, bad)
    assert (result["status"], result["problems"][0][0]) == ("rejected", "persons")
    assert "500" in result["problems"][0][1]
    assert list(phone.quarantine) == [bad["op"]]
    assert bytes(SyncOperation.objects.get(uid=bad["op"]).body)


def test_an_identity_in_the_note_is_told_unless_acknowledged(
    phone: Phone, create: Any, fields: Any, program: Any
) -> None:
    note = "Rappeler au 418 555-0199"
    refused = create(phone, note=note)
    assert _result(phone.push(), refused)["problems"][0][0] == "note"
    sure = phone.write("create", uuid7(), program.slug, {**fields(note=note), "acknowledged": True})
    assert _result(phone.push(), sure)["status"] == "applied"


def test_op_reuse_keeps_the_first(phone: Phone, create: Any) -> None:
    first = create(phone)
    phone.push()
    second = create(phone, persons="5")
    del phone.outbox[second["op"]]
    forged = {**second, "op": first["op"]}
    forged["body"] = first["body"]
    forged["signature"] = phone.sign(forged)
    answer = phone.post("ops", phone.envelope([forged]))
    assert answer.json["results"][0]["status"] == "op_reuse"
    assert Entry.objects.get().persons == 2


def test_upgrade_for_a_form_of_content_of_the_future(phone: Phone, create: Any) -> None:
    good, future = create(phone), create(phone, schema=2)
    answer = phone.push()
    assert _result(answer, good)["status"] == "applied"
    assert _result(answer, future)["status"] == "upgrade"
    assert list(phone.outbox) == [future["op"]]


def test_holes_of_the_sequence_are_told(phone: Phone, create: Any) -> None:
    operations = [create(phone) for _ in range(6)]
    for operation in (operations[1], operations[2], operations[4]):
        del phone.outbox[operation["op"]]
    answer = phone.push()
    assert (answer.json["contiguous"], answer.json["missing"], answer.json["highest"]) == (1, [[2, 3], [5, 5]], 6)
    assert phone.enrol().json["missing"] == [[2, 3], [5, 5]]
    phone.outbox = {o["op"]: o for o in operations}
    assert phone.push().json["missing"] == []


def test_the_mailbox_takes_everything_and_tells_nothing(
    phone: Phone, create: Any, fields: Any, program: Any, worker: Any
) -> None:
    first = create(phone, note="Au début")
    phone.push()
    other = phone_of(worker.user)
    other.write("update", first["entry"], program.slug, fields(note="Zibeline"), base=1)
    other.push()
    without_session(phone)
    late = phone.write("update", first["entry"], program.slug, fields(note="Boîte"), base=1)
    new, bad = create(phone), create(phone, persons="douze")
    answer = phone.push("mailbox")
    assert answer.status == 200
    by = {result["op"]: result for result in answer.json["results"]}
    assert by[late["op"]]["status"] == "conflict"
    assert by[new["op"]]["status"] == "applied"
    assert by[bad["op"]]["status"] == "rejected"
    assert all(set(result) <= {"op", "status", "revision"} for result in by.values())
    assert "Zibeline" not in answer.body.decode()


@pytest.mark.django_db(transaction=True)  # a reader never shares the writer's transaction, nor its snapshot
def test_entries_that_were_pushed_are_pulled(phone: Phone, create: Any, worker: Any) -> None:
    phone.pull()
    operation = create(phone)
    phone.push()
    other = phone_of(make_member(worker.program, "worker").user)
    assert [entry["entry"] for entry in phone.pull()] == [operation["entry"]]
    assert other.pull() == []
