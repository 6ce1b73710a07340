"""How the HSDS API is entered: by every origin, with what it knows to read, and not without measure."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.api.hsds import answers
from maillage.directory.models import Service
from tests.factories import make_service, make_user

from .conftest import API, Reader

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "asked", "about"),
    [
        ("services", {"page": "0"}, "de 1 à"),
        ("services", {"page": "-1"}, "de 1 à"),
        ("services", {"page": "1.5"}, "entier"),
        ("services", {"page": "9" * 40}, "entier"),
        ("services", {"page": "²"}, "entier"),
        ("services", {"per_page": "101"}, "au plus 100"),
        ("services", {"per_page": "51", "full": "true"}, "au plus 50"),
        ("organizations", {"per_page": "11", "full_service": "true"}, "au plus 10"),
        ("services", {"per_page": "10001", "minimal": "true"}, "de 1 à 10000"),
        ("services", {"format": "xml"}, "json, ndjson"),
        ("services", {"taxonomy_term_id": "food"}, "UUID"),
        ("services", {"organization_id": "1' OR '1'='1"}, "UUID"),
        ("services", {"modified_after": "hier"}, "une date et une heure"),
        ("services", {"modified_after": "0001-01-01T00:00:00+14:00"}, "une date et une heure"),
        ("services", {"full": "oui"}, "true ou false"),
        ("services", {"full": "true", "minimal": "true"}, "ne vont pas ensemble"),
        ("services", {"search": "a" * 201}, "au plus 200 caractères"),
        ("services", {"postcode": "G6V 1A1"}, "ne le connaît pas"),
        ("services", {"<script>": "1"}, "ne le connaît pas"),
        ("service_at_locations", {"postcode": "G6V 1A1", "proximity": "0"}, "de 1 à"),
        ("service_at_locations", {"proximity": "10"}, "postcode"),
        ("taxonomies", {"full": "true"}, "ne le connaît pas"),
        ("", {"page": "1"}, "ne le connaît pas"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(
    address: str, asked: dict[str, str], about: str, refused: Reader
) -> None:
    status, said = refused(address, **asked)
    assert status == 400
    assert said["error"] == "parameter"
    assert said["parameter"] in asked
    assert about in said["sentence"].replace("\N{NO-BREAK SPACE}", " ")


def test_empty_parameters_ask_nothing(directory: SimpleNamespace, read: Reader) -> None:
    empty = dict.fromkeys(("search", "page", "per_page", "format", "taxonomy_id", "modified_after", "full"), "")
    assert read("services", **empty) == read("services")


def test_a_post_asks_the_same(directory: SimpleNamespace, read: Reader) -> None:
    client = Client(enforce_csrf_checks=True)
    wanted = read("services", per_page=1, page=2)
    asked = {"per_page": 1, "page": 2}
    for answer in (
        client.post(f"{API}services?per_page=1&page=2"),
        client.post(f"{API}services", asked),
        client.post(f"{API}services", asked, content_type="application/json"),
        client.post(f"{API}services?per_page=1", {"page": 2, "full": False}, content_type="application/json"),
    ):
        assert answer.status_code == 200, answer.content
        assert answer.json() == wanted


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ("[", 400, "unreadable"),
        ("[]", 400, "unreadable"),
        ("[" * 5000, 400, "unreadable"),
        ('{"page": [1]}', 400, "unreadable"),
        ('{"search": "\\u0000"}', 400, "parameter"),
        (json.dumps({"search": "a" * 20_000}), 413, "too_large"),
    ],
)
def test_a_body_that_cannot_be_read(body: str, status: int, error: str) -> None:
    answer = Client().post(f"{API}services", body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_other_methods(directory: SimpleNamespace) -> None:
    client = Client()
    for method in ("put", "patch", "delete"):
        answer = getattr(client, method)(f"{API}services/{directory.food.uid}")
        assert (answer.status_code, answer.json()["error"]) == (405, "method")
        assert answer.headers["Allow"] == "GET, HEAD, POST, OPTIONS"
    head = client.head(f"{API}services")
    assert (head.status_code, head.content) == (200, b"")
    head = client.head(f"{API}services", {"format": "ndjson"})
    assert (head.status_code, head.headers["Content-Type"]) == (200, "application/x-ndjson")


def test_every_origin_may_read(directory: SimpleNamespace) -> None:
    client = Client(headers={"origin": "https://ailleurs.exemple.test"})
    asked = client.options(f"{API}services", headers={"access-control-request-method": "GET"})
    assert asked.status_code == 204
    assert "GET" in asked.headers["Access-Control-Allow-Methods"]
    for address in ("", "services", "services/1", "services?page=0", "openapi.json"):
        answer = client.get(API + address)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not answer.cookies


def test_what_the_reader_has_is_not_sent_again(directory: SimpleNamespace) -> None:
    client, address = Client(), f"{API}services/{directory.food.uid}"
    first = client.get(address)
    assert "max-age=60" in first.headers["Cache-Control"]
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    Service.objects.filter(pk=directory.food.pk).update(name="Autre nom")
    changed = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_a_session_changes_nothing(directory: SimpleNamespace) -> None:
    signed = Client()
    signed.force_login(make_user(language="en"), backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in ("services", "services?full=true", "services?page=0", f"services/{directory.gone.uid}"):
        assert signed.get(API + address).content == Client().get(API + address).content


def test_too_much_of_one_address(directory: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_A_MINUTE", 12)
    monkeypatch.setattr(answers.time, "time", lambda: 1_000_000_000.0)
    client = Client()
    answered = [client.get(f"{API}services", {"full": "true"}).status_code for _ in range(3)]
    assert answered == [200, 200, 429], "a page in full counts five"
    answer = client.get(f"{API}services")
    assert answer.status_code == 200
    answer = client.get(f"{API}services", {"full": "true"})
    assert answer.json()["error"] == "busy"
    assert int(answer.headers["Retry-After"]) >= 1
    other = client.get(f"{API}services", REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 200
    monkeypatch.setattr(answers.time, "time", lambda: 1_000_000_060.0)
    assert client.get(f"{API}services", {"full": "true"}).status_code == 200


def test_one_stream_at_a_time(directory: SimpleNamespace) -> None:
    def stream() -> Any:
        return Client().get(f"{API}services", {"format": "ndjson"})

    first = stream()
    assert next(iter(first.streaming_content))
    assert stream().status_code == 429
    first._iterator.close()  # the reader left; `close` itself would close the test's connection
    second = stream()
    assert second.status_code == 200
    assert len(list(second.streaming_content)) == 3
    assert stream().status_code == 200


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("services", 2),
        ("services?minimal=true", 2),
        ("services?full=true", 24),
        ("organizations", 2),
        ("organizations?full=true", 12),
        ("organizations?full_service=true", 24),
        ("service_at_locations", 2),
        ("service_at_locations?full=true", 24),
        ("taxonomies", 2),
        ("taxonomy_terms", 2),
    ],
)
def test_the_same_few_queries_for_any_number(address: str, most: int, directory: SimpleNamespace) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(API + address).status_code == 200
        return len(queries)

    few = counted()
    for _ in range(15):
        make_service(directory.organization)
        make_service()
    many = counted()
    assert many == few <= most


def test_the_page_and_the_profile_are_for_people(client: Client) -> None:
    home = client.get(reverse("api:api-root")).content.decode()
    assert reverse("api:hsds-profile") in home
    assert reverse("api:hsds-openapi") in home
    assert "qc_fee" in client.get(reverse("api:hsds-profile")).content.decode()
