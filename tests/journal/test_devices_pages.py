"""The devices of a team as people see them, and the sealed file that one of them wrote down."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from maillage.core.errors import NotAllowed, Refused
from maillage.core.models import AuditEvent
from maillage.journal.models import Device, Entry, SyncOperation
from maillage.journal.services import receive_mailbox, receive_sealed_file
from tests.factories import make_member, make_phone, make_program, make_sent, make_sibling, make_user
from tests.factories.field import make_device, typed
from tests.factories.journal import make_entry

from .drafts import draft_for

pytestmark = pytest.mark.django_db
LIST, FILE = reverse("journal:devices"), reverse("journal:sealed_file")


@pytest.fixture
def coordination(program, sign_in):
    return sign_in(make_member(program, "coordinator").user)


def page_of(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return " ".join(answer.content.decode().replace("\xa0", " ").replace("&#x27;", "'").split())


def hours_ago(hours):
    return timezone.now() - timedelta(hours=hours)


def test_a_device_in_order_says_so_and_no_device_says_what_will_be_there(sign_in, worker):
    client = sign_in(worker.user)
    assert "Aucun appareil" in page_of(client.get(LIST))
    make_phone(worker.user, label="Le bleu", seen_at=hours_ago(1), persisted=True)
    page = page_of(client.get(LIST))
    assert "Le bleu" in page
    assert "En ordre" in page


def test_what_goes_wrong_is_said_with_what_to_do(coordination, worker):
    make_phone(
        worker.user,
        highest=20,
        contiguous=4,
        gaps=[[5, 5, 0], [8, 12, 0]],
        gap_since=hours_ago(30),
        waiting=3,
        oldest_at=hours_ago(26),
        persisted=False,
        skew_seconds=-4000,
    )
    page = page_of(coordination.get(LIST))
    for words in (
        "À vérifier",
        "6 envois ne sont jamais arrivés (numéros 5, 8–12, depuis le",
        "la personne doit inscrire de nouveau ce qui manque",
        "3 interventions, la plus ancienne du",
        "depuis plus de 24 heures",
        "n'a pas promis de garder",
        "décalée de 67 minutes",
    ):
        assert words in page, words


def test_a_hole_of_today_is_no_alarm_yet(coordination, worker):
    make_phone(worker.user, highest=6, contiguous=4, gaps=[[5, 5, 0]], gap_since=hours_ago(23))
    page = page_of(coordination.get(LIST))
    assert "Envoi incomplet" in page
    assert "À vérifier" not in page


def test_each_sees_the_devices_that_are_theirs_to_see(program, sign_in, coordination, worker):
    make_phone(worker.user, label="Le bleu")
    make_phone(make_member(make_program()).user, label="Le rouge")
    seen = {
        "worker": sign_in(worker.user),
        "colleague": sign_in(make_member(program).user),
        "coordination": coordination,
        "administrator": sign_in(make_user(is_administrator=True)),
    }
    found = {name: ["Le bleu" in page_of(c.get(LIST)), "Le rouge" in page_of(c.get(LIST))] for name, c in seen.items()}
    assert found == {
        "worker": [True, False],
        "colleague": [False, False],
        "coordination": [True, False],
        "administrator": [True, True],
    }
    assert sign_in(make_member(program, "partner").user).get(LIST).status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_asks_the_same_questions_for_few_and_many(coordination, worker, count, django_assert_max_num_queries):
    for _ in range(count):
        make_phone(worker.user, highest=9, contiguous=4, gaps=[[5, 8, 0]], gap_since=hours_ago(30))
    coordination.get(LIST)
    with django_assert_max_num_queries(11):
        answer = coordination.get(LIST)
    assert page_of(answer).count("<article") == count


def test_a_device_is_revoked_once_and_what_comes_later_is_held(program, coordination, worker):
    phone = make_device(worker.user, program)
    where = reverse("journal:revoke_device", args=[phone.device.uid])
    assert "n'est ni inscrit ni perdu" in page_of(coordination.get(where))
    assert coordination.post(where).headers["Location"] == LIST
    assert coordination.post(where).status_code == 302
    assert "Cet appareil est révoqué depuis le" in page_of(coordination.get(where))
    assert AuditEvent.objects.filter(verb="journal.revoke_device").count() == 1
    receive_mailbox(batch=phone.batch(phone.create(typed(program))))
    assert SyncOperation.objects.get().state == "held"
    page = page_of(coordination.get(reverse("journal:to_settle")))
    assert "révoqué" in page
    assert not Entry.objects.exists()


def test_a_colleague_revokes_nothing(program, sign_in, worker):
    phone = make_phone(worker.user)
    stranger = sign_in(make_member(program).user)
    assert stranger.post(reverse("journal:revoke_device", args=[phone.uid])).status_code == 404
    phone.refresh_from_db()
    assert phone.revoked_at is None


def test_home_tells_whom_it_concerns(program, sign_in, coordination, worker):
    entry = make_entry(program, worker)
    make_sibling(entry, draft_for(worker), worker)
    make_sent(worker, {"fields": {}})
    make_sent(worker, {"fields": {}}, state="held")
    make_phone(worker.user, highest=6, contiguous=4, gaps=[[5, 5, 0]], gap_since=hours_ago(30))
    own = ("1 intervention existe en deux versions.", "1 envoi d'un appareil est à corriger.", "1 appareil garde")
    held = "1 envoi d'un appareil attend que la coordination le valide."
    theirs, mine = page_of(coordination.get("/")), page_of(sign_in(worker.user).get("/"))
    other = page_of(sign_in(make_member(program).user).get("/"))
    for words in own:
        assert words in theirs
        assert words in mine
        assert words not in other
    assert held in theirs
    assert held not in mine


# The sealed file.


def file_of(*devices):
    """A sealed file of these devices with their operations."""
    batches = [{"device": str(phone.device.uid), "ops": [phone.as_json(one) for one in ops]} for phone, ops in devices]
    content = {"format": "maillage-sealed-1", "made": "2026-11-21T14:12:03.000Z", "batches": batches}
    return json.dumps(content).encode()


def test_a_file_is_brought_once_in_its_authors_name(program, worker):
    phone, bearer = make_device(worker.user, program), make_member(program).user
    data = file_of((phone, [phone.create(typed(program)) for _ in range(60)]))
    done = receive_sealed_file(actor=bearer, data=data)
    assert (done.applied, done.total) == (60, 60)
    assert set(Entry.objects.values_list("worker", "created_by_id")) == {(worker.pk, worker.user_id)}
    again = receive_sealed_file(actor=bearer, data=data)
    assert (again.new, again.known, again.total) == (0, 60, 60)
    assert Entry.objects.count() == 60
    assert AuditEvent.objects.filter(verb="journal.sealed_file", actor_id=bearer.pk).count() == 2
    phone.device.refresh_from_db()
    assert (phone.device.contiguous, phone.device.highest) == (60, 60)


def test_bringing_a_file_says_nothing_of_what_the_device_last_told(program, worker):
    phone = make_device(worker.user, program)
    Device.objects.update(waiting=7, oldest_at=hours_ago(30), persisted=True, skew_seconds=9)
    receive_sealed_file(actor=worker.user, data=file_of((phone, [phone.create(typed(program))])))
    phone.device.refresh_from_db()
    assert (phone.device.waiting, phone.device.persisted, phone.device.skew_seconds) == (7, True, 9)
    assert phone.device.oldest_at is not None


def test_every_fate_is_counted_and_the_second_time_all_are_known(program, worker):
    phone = make_device(worker.user, program)
    entry = make_entry(program, worker, note="Ici.")
    Entry.objects.update(revision=2)
    operations = [
        phone.create(typed(program)),
        phone.create(typed(program, persons="mille")),
        phone.delete(entry.uid, 1),
    ]
    damaged = phone.as_json(phone.create(typed(program))) | {"body": "AAAA"}
    data = json.loads(file_of((phone, operations)))
    data["batches"][0]["ops"] += [damaged, {"op": "rien"}, "rien", None, 7]
    stranger = make_device(make_member(program).user, program)
    data["batches"].append({"device": str(uuid.uuid4()), "ops": [stranger.as_json(stranger.create(typed(program)))]})
    data["batches"] += [{"device": "rien", "ops": [{}]}, {}, None, "rien", {"ops": "rien"}]
    first = receive_sealed_file(actor=worker.user, data=json.dumps(data).encode())
    assert (first.applied, first.rejected, first.conflicts, first.damaged, first.strange) == (1, 1, 1, 6, 1)
    second = receive_sealed_file(actor=worker.user, data=json.dumps(data).encode())
    assert (second.new, second.known, second.damaged, second.strange) == (0, 3, 6, 1)


def test_a_correction_waits_for_the_entry_of_another_device_of_the_file(program, worker):
    coordinator = make_member(program, "coordinator").user
    phone, other = make_device(worker.user, program), make_device(coordinator, program)
    written = phone.create(typed(program))
    correction = other.update(written.entry, 1, typed(program, persons="5"))
    lost = other.update(uuid.uuid4(), 1, typed(program))
    done = receive_sealed_file(actor=worker.user, data=file_of((other, [correction, lost]), (phone, [written])))
    assert (done.applied, done.early) == (2, 1)
    assert Entry.objects.get().persons == 5


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{",
        b"[" * 100_000,
        b'{"format": "autre", "batches": []}',
        b'{"format": "maillage-sealed-1"}',
        b'{"format": "maillage-sealed-1", "batches": {}}',
        b'{"format": "maillage-sealed-1", "batches": [%s]}' % b",".join([b"{}"] * 201),
        b'{"format": "maillage-sealed-1", "batches": [{"ops": [%s]}]}' % b",".join([b"0"] * 20_001),
        b" " * (20 * 1024 * 1024 + 1),
    ],
    ids=["empty", "utf16", "list", "cut", "deep", "foreign", "bare", "object", "batches", "operations", "huge"],
)
def test_what_is_no_sealed_file_is_refused_with_a_sentence(worker, data):
    with pytest.raises(Refused, match="fichier"):
        receive_sealed_file(actor=worker.user, data=data)
    assert not SyncOperation.objects.exists()


def test_only_the_team_and_administrators_bring_files(program, worker):
    data = file_of((make_device(worker.user, program), []))
    for actor in (make_member(program, "partner").user, make_user()):
        with pytest.raises(NotAllowed):
            receive_sealed_file(actor=actor, data=data)
    assert receive_sealed_file(actor=make_user(is_administrator=True), data=data).total == 0


def test_the_page_says_what_became_of_the_file(program, sign_in, worker):
    client, phone = sign_in(worker.user), make_device(worker.user, program)
    data = file_of((phone, [phone.create(typed(program, note="Rencontre au parc."))]))
    assert "Fichier scellé" in page_of(client.get(FILE))
    assert "Choisissez un fichier." in page_of(client.post(FILE), 400)
    bad = SimpleUploadedFile("photo.json", b"\xff\xd8\xff\xe0")
    assert "ne se lit pas" in page_of(client.post(FILE, {"file": bad}), 400)
    page = page_of(client.post(FILE, {"file": SimpleUploadedFile("m.scelle.json", data)}))
    assert "1 envoi inscrit au journal" in page
    assert "Rencontre au parc." not in page
    assert "Rien n'a changé" in page_of(client.post(FILE, {"file": SimpleUploadedFile("m.scelle.json", data)}))
    empty = file_of((phone, []))
    assert "Ce fichier est vide" in page_of(client.post(FILE, {"file": SimpleUploadedFile("m.scelle.json", empty)}))
