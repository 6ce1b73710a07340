"""Each HTTP status of the protocol: its JSON, and nothing lost by it."""

import json
import socket
from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client

from maillage.api.admission import BAD_BATCHES, STRANGERS, doorkeeper
from maillage.api.listening import notice_gone
from maillage.core.models import Epoch
from maillage.journal.models import Device, Entry, SyncOperation
from tests.factories import make_member

from .client import Answer, Phone
from .conftest import phone_of, transport, without_session

pytestmark = pytest.mark.django_db


def _told(answer: Answer, status: int, error: str) -> dict[str, Any]:
    assert (answer.status, answer.json and answer.json["error"]) == (status, error), answer.body
    assert answer.json["sentence"].endswith((".", "?"))
    return answer.json


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"{",
        b"\xff\xfe{}",
        b'{"device": "\xe9"}',
        b"[]",
        b"null",
        b'"texte"',
        b"12",
        b"NaN",
        b"[" * 10_000 + b"]" * 10_000,
        b'{"ops":' * 10_000 + b"1" + b"}" * 10_000,
        b"{}",
        b'{"device": "b7f1a1de-3f63-4c0d-9a70-6f0d8f4f2b11", "ops": []}',
        b'{"device": 7, "epoch": "x", "ops": []}',
        b'{"device": "B7F1A1DE-3F63-4C0D-9A70-6F0D8F4F2B11", "epoch": "x", "ops": []}',
        b'{"device": "b7f1a1de-3f63-4c0d-9a70-6f0d8f4f2b11", "epoch": "x", "ops": {}}',
        b'{"device": "b7f1a1de-3f63-4c0d-9a70-6f0d8f4f2b11", "epoch": "x\\u0000", "ops": []}',
        b'{"device": "b7f1a1de-3f63-4c0d-9a70-6f0d8f4f2b11", "epoch": "\\ud800", "ops": []}',
        b'{"device": "b7f1a1de-3f63-4c0d-9a70-6f0d8f4f2b11", "epoch": 9e999, "ops": []}',
        b'{"device": "b7f1a1de-3f63-4c0d-9a70-6f0d8f4f2b11", "epoch": ' + b"9" * 5000 + b', "ops": []}',
    ],
    ids=range(20),
)
@pytest.mark.parametrize("door", ["ops", "mailbox", "devices"])
def test_400_for_what_cannot_be_read(phone: Phone, create: Any, door: str, body: bytes) -> None:
    create(phone)
    _told(phone.post(door, body), 400, "unreadable")
    assert len(phone.outbox) == 1


def test_401_without_session_and_the_mailbox_takes_it(phone: Phone, create: Any) -> None:
    operation = create(phone)
    without_session(phone)
    for door in ("devices", "ops"):
        _told(phone.post(door, {}), 401, "signed_out")
    answer = phone.push()
    assert (answer.status, list(phone.outbox)) == (401, [operation["op"]])
    assert phone.push("mailbox").status == 200
    assert phone.outbox == {}


def test_401_for_an_account_that_was_disabled(phone: Phone, create: Any, worker: Any) -> None:
    create(phone)
    worker.user.is_active = False
    worker.user.save()
    assert phone.push().status == 401
    assert phone.push("mailbox").json["results"][0]["status"] == "held"


def test_403_without_the_token(phone: Phone, create: Any) -> None:
    create(phone)
    phone.token = lambda: "rien"
    for door in ("devices", "ops"):
        _told(phone.post(door, phone.envelope([])), 403, "csrf")
    assert len(phone.outbox) == 1


def test_404_enrols_again_with_the_same_key(worker: Any, create: Any) -> None:
    phone = phone_of(worker.user)
    create(phone)
    Device.objects.all().delete()
    _told(phone.post("ops", phone.envelope([])), 404, "unknown_device")
    assert phone.push().status == 200
    assert (phone.outbox, Entry.objects.count()) == ({}, 1)


def test_404_for_the_device_of_somebody_else(phone: Phone, create: Any, program: Any) -> None:
    thief = phone_of(make_member(program, "worker").user)
    operation = create(phone)
    answer = thief.post("ops", {**thief.envelope([operation]), "device": phone.device})
    _told(answer, 404, "unknown_device")
    assert Entry.objects.count() == 0


def test_409_for_a_device_that_is_taken(phone: Phone, program: Any) -> None:
    other = phone_of(make_member(program, "worker").user, enrol=False)
    other.device = phone.device
    _told(other.enrol(), 409, "device_taken")
    again = Phone(phone.send, phone.token)
    again.device = phone.device
    _told(again.enrol(), 409, "device_taken")
    assert phone.enrol().status == 200


def test_409_after_a_restore_and_what_was_acknowledged_comes_back(phone: Phone, create: Any) -> None:
    operation = create(phone)
    phone.push()
    Entry.objects.all().delete()
    SyncOperation.objects.all().delete()
    Epoch.objects.create()
    answer = phone.post("ops", phone.envelope([operation]))
    assert _told(answer, 409, "epoch")["epoch"] == str(Epoch.objects.latest("id").token)
    assert Entry.objects.count() == 0
    phone.outbox, phone.kept = {}, dict(phone.kept)
    create(phone)
    assert phone.push().status == 200
    assert (Entry.objects.count(), phone.outbox) == (2, {})


@pytest.mark.parametrize("label", [7, "x" * 121, "a\0b", "\ud83d", "deux\nlignes", ["liste"]])
def test_400_for_a_label_that_is_no_text(phone: Phone, label: Any) -> None:
    _told(phone.post("devices", {"device": phone.device, "public_key": "AA", "label": label}), 400, "unreadable")


@pytest.mark.parametrize("key", ["", 7, None, "A" * 87, "BA" + "A" * 85, "é" * 87, "A" * 5000, "BB=="])
def test_400_for_a_key_that_is_no_point_of_the_curve(phone: Phone, key: Any) -> None:
    fresh = Phone(phone.send, phone.token)
    _told(fresh.post("devices", {"device": fresh.device, "public_key": key}), 400, "unreadable")
    assert Device.objects.count() == 1


def test_411_without_length_and_415_for_another_form(phone: Phone) -> None:
    client = Client()
    answer = client.generic("POST", "/api/sync/v1/mailbox", b"", content_type="application/json", CONTENT_LENGTH="")
    assert (answer.status_code, answer.json()["error"]) == (411, "length")
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ""):
        answer = client.generic("POST", "/api/sync/v1/mailbox", b"{}", content_type=kind)
        assert (answer.status_code, answer.json()["error"]) == (415, "not_json"), kind
    zipped = client.generic(
        "POST", "/api/sync/v1/mailbox", b"{}", content_type="application/json", HTTP_CONTENT_ENCODING="gzip"
    )
    assert zipped.status_code == 415


def test_413_before_a_byte_is_read(phone: Phone) -> None:
    class Untouched:
        def read(self, *size: int) -> bytes:
            raise AssertionError("the body was read")

        readline = read

        def close(self) -> None:
            return

    length = str(16 * 262_144 + 1)  # less than that is swallowed, so that the refusal reaches whoever is still writing
    answer = Client().generic(
        "POST",
        "/api/sync/v1/mailbox",
        b"",
        content_type="application/json",
        CONTENT_LENGTH=length,
        **{"wsgi.input": Untouched()},
    )
    assert (answer.status_code, answer.json()["error"], answer.json()["bytes"]) == (413, "too_large", 262_144)


def test_413_for_more_than_fifty_operations(phone: Phone, create: Any) -> None:
    operations = [create(phone) for _ in range(51)]
    answer = phone.post("ops", phone.envelope(operations))
    assert _told(answer, 413, "too_many")["operations"] == 50
    assert phone.push().status == 200
    assert (Entry.objects.count(), phone.outbox) == (51, {})


@pytest.mark.parametrize("path", ["v2/ops", "v2", "v10/mailbox", "v0/entries", "v2/ops/"])
def test_426_for_another_version(phone: Phone, path: str) -> None:
    for method in ("GET", "POST"):
        answer = Answer(*phone.send(method, f"/api/sync/{path}", b"{}", {"Content-Type": "application/json"}))
        assert _told(answer, 426, "upgrade")["protocols"] == ["v1"]


def test_426_for_another_protocol_in_a_batch(phone: Phone) -> None:
    _told(phone.post("ops", {**phone.envelope([]), "protocol": "maillage/2"}), 426, "upgrade")
    assert phone.post("ops", {**phone.envelope([]), "protocol": "maillage/1"}).status == 200


@pytest.mark.parametrize("path", ["exports", "ops/", "ops/7", "", "entries/../ops"])
def test_404_in_json_where_nothing_is(phone: Phone, path: str) -> None:
    _told(phone.post(path, b"{}"), 404, "not_found")


def test_405_in_json(phone: Phone) -> None:
    answer = Answer(*phone.send("GET", "/api/sync/v1/ops", None, {}))
    _told(answer, 405, "method")
    assert answer.headers["allow"] == "POST"


def test_429_at_once_when_no_place_is_free_and_pages_still_answer(phone: Phone, create: Any) -> None:
    create(phone)
    waits = set()
    with doorkeeper.place(), doorkeeper.place():
        for door in ("ops", "mailbox", "devices") * 8:
            answer = phone.post(door, phone.envelope([]))
            _told(answer, 429, "busy")
            waits.add(int(answer.headers["retry-after"]))
        assert Client().get("/readyz").status_code == 200
        assert Client().get("/api/openapi.json").status_code == 200
    assert len(waits) > 1  # drawn at random: they do not all come back together
    assert all(1 <= wait <= 120 for wait in waits)
    assert phone.push().status == 200


def test_a_place_is_given_back_whatever_happens(phone: Phone) -> None:
    for _ in range(6):
        assert phone.post("ops", b"{").status == 400
        phone.send("GET", "/api/sync/v1/nulle-part", None, {})
    assert phone.post("ops", phone.envelope([])).status == 200


def test_429_for_a_mailbox_that_brings_what_nobody_signed(phone: Phone, create: Any, settings: Any) -> None:
    without_session(phone)
    forged = {**create(phone), "signature": "A" * 86}
    phone.outbox = {}
    for _ in range(BAD_BATCHES):
        answer = phone.post("mailbox", phone.envelope([forged]))
        assert answer.json["results"][0]["status"] == "rejected"
    answer = phone.post("mailbox", phone.envelope([forged]))
    _told(answer, 429, "suspicious")
    assert int(answer.headers["retry-after"]) > 30
    assert (Entry.objects.count(), SyncOperation.objects.count()) == (0, 0)
    neighbour = Phone(phone.send)
    assert neighbour.post("mailbox", neighbour.envelope([])).status == 404


def test_429_for_an_address_that_tries_devices_and_known_ones_still_enter(phone: Phone, create: Any) -> None:
    send = transport(Client())
    for _ in range(STRANGERS):
        stranger = Phone(send)
        assert stranger.post("mailbox", stranger.envelope([])).status == 404
    stranger = Phone(send)
    _told(stranger.post("mailbox", stranger.envelope([])), 429, "suspicious")
    create(phone)
    assert without_session(phone).push("mailbox").json["results"][0]["status"] == "applied"


def test_a_phone_that_lost_its_network_half_way_does_not_hold_a_place_for_ever(db: None) -> None:
    notice_gone.cache_clear()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        Client().get("/api/openapi.json")
        with socket.create_connection(listening.getsockname()) as phone:
            accepted, _address = listening.accept()
            with accepted:
                assert accepted.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
                waits = accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE)
                asks = accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL)
                times = accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT)
                phone.sendall(b"encore ouvert")
                assert accepted.recv(20) == b"encore ouvert"
        assert waits + asks * times <= 30
    notice_gone.cache_clear()


@pytest.mark.parametrize("door", ["ops", "mailbox"])
def test_503_in_json_when_the_storage_fails(phone: Phone, create: Any, door: str) -> None:
    create(phone)
    with mock.patch("django.db.transaction.Atomic.__enter__", side_effect=OperationalError("database is locked")):
        answer = phone.push(door)
    _told(answer, 503, "storage")
    assert int(answer.headers["retry-after"]) >= 1
    assert len(phone.outbox) == 1
    assert phone.push(door).status == 200


def test_the_page_of_the_api_and_its_document_are_public(client: Client) -> None:
    page = client.get("/api/")
    assert (page.status_code, "openapi.json" in page.content.decode()) == (200, True)
    assert json.loads(client.get("/api/openapi.json").content)["openapi"].startswith("3.1")
