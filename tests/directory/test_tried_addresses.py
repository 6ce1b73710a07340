"""Addresses are tried without ever speaking to the inside; those that do not answer are shown until they do."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from maillage.directory import web_tries
from maillage.directory.models import Service, SheetTrouble
from maillage.directory.services import try_addresses
from maillage.directory.web_tries import Outcome, Tried, is_public, try_email, try_website
from tests.factories import make_organization, make_service


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        code, more = {
            "/ici": (200, {}),
            "/loin": (302, {"Location": "/ici"}),
            "/boucle": (302, {"Location": "/boucle"}),
            "/dedans": (302, {"Location": "http://169.254.169.254/latest/"}),
            "/fichier": (302, {"Location": "file://ici/etc/passwd"}),
            "/garde": (403, {}),
            "/panne": (503, {}),
        }.get(self.path, (404, {}))
        self.send_response(code)
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A site on this machine that answers to `public.test`: the door of the network is the only thing replaced."""
    server = HTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    connect = socket.create_connection

    def to_here(address: tuple[str, int], *args: Any, **options: Any) -> socket.socket:
        assert address[0] == "93.184.216.34", f"it tried to reach {address[0]}"
        return connect(("127.0.0.1", server.server_port), *args, **options)

    monkeypatch.setattr(web_tries.socket, "create_connection", to_here)
    yield
    server.shutdown()
    server.server_close()


def lookup(host: str, port: Any, **options: Any) -> list[tuple[Any, ...]]:
    """Names of the test: `public.test` is outside, `dedans.test` inside, `double.test` both."""
    known = {
        "public.test": ["93.184.216.34"],
        "dedans.test": ["10.0.0.7"],
        "double.test": ["93.184.216.34", "127.0.0.1"],
        "169.254.169.254": ["169.254.169.254"],
        "127.0.0.1": ["127.0.0.1"],
    }
    if host == "plus-tard.test":
        raise socket.gaierror(socket.EAI_AGAIN, "later")
    if host not in known:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in known[host]]


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/ici", Outcome.ANSWERS),
        ("/loin", Outcome.ANSWERS),
        ("/garde", Outcome.ANSWERS),
        ("/panne", Outcome.BROKEN),
        ("/ailleurs", Outcome.BROKEN),
        ("/boucle", Outcome.BROKEN),
        ("/dedans", Outcome.NOT_TRIED),
        ("/fichier", Outcome.NOT_TRIED),
    ],
)
def test_a_page_is_asked_for(site: None, path: str, outcome: Outcome) -> None:
    assert try_website(f"http://public.test{path}", lookup).outcome is outcome


@pytest.mark.parametrize(
    "address",
    [
        "http://dedans.test/",
        "http://double.test/",
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://public.test:22/",
        "ftp://public.test/",
        "file://ici/etc/passwd",
        "gopher://public.test/",
    ],
)
def test_nothing_of_the_inside_is_ever_asked(site: None, address: str) -> None:
    assert try_website(address, lookup).outcome is Outcome.NOT_TRIED


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1",
     "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:0:1::1", "quoi"],
)  # fmt: skip
def test_inside_addresses(address: str) -> None:
    assert not is_public(address)


def test_outside_addresses() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")


def test_names_that_nobody_bears() -> None:
    assert try_website("https://parti.test/", lookup).outcome is Outcome.UNKNOWN_HOST
    assert try_website("http://[::1", lookup).outcome is Outcome.BROKEN
    assert try_website(f"http://{'a' * 70}.test/", socket.getaddrinfo).outcome is Outcome.BROKEN
    assert try_email("qui@parti.test", lookup).outcome is Outcome.UNKNOWN_HOST
    assert try_email("qui@public.test", lookup).outcome is Outcome.ANSWERS


def test_a_network_that_cannot_be_asked_decides_nothing() -> None:
    assert try_website("https://plus-tard.test/", lookup).outcome is Outcome.UNDECIDED
    assert try_email("qui@plus-tard.test", lookup).outcome is Outcome.UNDECIDED


def _say(**said: Outcome) -> Any:
    return lambda value: Tried(next((o for name, o in said.items() if name in value), Outcome.ANSWERS), "Essayé.")


@pytest.mark.django_db
def test_a_broken_address_is_shown_until_it_answers() -> None:
    organization = make_organization(website="https://panne.test/")
    service = make_service(organization, website="https://panne.test/", email="la@exemple.test")
    before = service.quality
    assert try_addresses(website=_say(panne=Outcome.BROKEN), email=_say()) == 2
    assert try_addresses(website=_say(panne=Outcome.BROKEN), email=_say()) == 2
    assert set(SheetTrouble.objects.values_list("kind", "times")) == {("website", 2)}
    assert Service.objects.get().quality == before - 10
    assert try_addresses(website=_say(), email=_say()) == 0
    assert Service.objects.get().quality == before


@pytest.mark.django_db
def test_without_network_nothing_is_written() -> None:
    make_service(website="https://un.test/", email="la@exemple.test")
    unknown = _say(un=Outcome.UNKNOWN_HOST, la=Outcome.UNDECIDED)
    assert try_addresses(website=unknown, email=unknown) == 0


@pytest.mark.django_db
def test_a_trouble_goes_with_its_address() -> None:
    service = make_service(website="https://panne.test/", email="la@exemple.test")
    try_addresses(website=_say(panne=Outcome.BROKEN), email=_say())
    Service.objects.filter(pk=service.pk).update(website="")
    assert try_addresses(website=_say(), email=_say()) == 0
