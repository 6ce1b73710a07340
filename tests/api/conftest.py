"""A programme with its worker, and phones of a client that knows the product by its protocol only."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.factories import make_member
from tests.factories.people import PASSWORD

from .client import Phone, uuid7


def transport(client: Client) -> Any:
    """Carry what a phone sends to the product, through its real address table and middleware."""

    def send(method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if method == "GET":
            answer = client.get(path, headers=headers)
        else:
            kind = headers.pop("Content-Type", "application/octet-stream")
            answer = client.post(path, data=body, content_type=kind, headers=headers)
        return answer.status_code, dict(answer.headers), answer.content

    return send


def signed_in(user: Any) -> Client:
    """A browser in which `user` signed in as the page of the protocol says, with the token asked for at each step."""
    client = Client(enforce_csrf_checks=True)
    client.get("/compte/connexion/")
    token = client.cookies["csrftoken"].value
    form = {"login": user.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert client.post("/compte/connexion/", form).status_code == 302
    return client


def already_in(user: Any) -> Client:
    """The same, the door left out: most tests are not about it."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.cookies["csrftoken"] = "a" * 32
    return client


def phone_of(user: Any, enrol: bool = True, door: Callable[[Any], Client] = already_in) -> Phone:
    """A phone in the hands of `user`, known to the server unless `enrol` says otherwise."""
    client = door(user)
    phone = Phone(transport(client), lambda: client.cookies["csrftoken"].value)
    if enrol:
        answer = phone.enrol()
        assert answer.status == 200, answer.body
    return phone


def without_session(phone: Phone) -> Phone:
    """The same phone once the session is gone: no cookie, no token."""
    phone.send, phone.token = transport(Client(enforce_csrf_checks=True)), lambda: ""
    return phone


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Each test begins with no failure remembered of any address."""
    cache.clear()


@pytest.fixture
def worker(program: Any) -> Any:
    return make_member(program, "worker")


@pytest.fixture
def phone(worker: Any) -> Phone:
    return phone_of(worker.user)


@pytest.fixture
def fields(program: Any) -> Callable[..., dict[str, Any]]:
    """`fields(note="…")` gives the content of a good entry, some fields changed."""
    site = str(program.program_sites.order_by("id").first().site.uid)

    def make(**changes: Any) -> dict[str, Any]:
        said = {"date": timezone.localdate().isoformat(), "nature": "individual", "persons": "2", "site": site}
        return {"fields": {**said, "minutes": "30", "action": ["welcome"], **changes}, "acknowledged": False}

    return make


@pytest.fixture
def create(program: Any, fields: Any) -> Callable[..., dict[str, Any]]:
    """`create(phone, note="…")` keeps a new entry in the outbox of a phone."""

    def make(phone: Phone, **changes: Any) -> dict[str, Any]:
        options = {name: changes.pop(name) for name in ("open", "made", "schema") if name in changes}
        entry = changes.pop("entry", uuid7())
        return phone.write("create", entry, program.slug, fields(**changes), **options)

    return make
