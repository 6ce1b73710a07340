"""The service worker in Chromium: the journal opens without network, and nobody's page is kept."""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished
from playwright.sync_api import BrowserContext, Page, expect

from maillage.journal import shell
from maillage.journal.views import writing
from tests.factories import make_entry, make_member, make_program, make_site

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "/journal/nouvelle/"
CACHES = "caches.keys().then((names) => names.filter((name) => name.startsWith('maillage-shell-')))"


@pytest.fixture(autouse=True)
def read_anew() -> Any:
    shell._script_once.cache_clear()
    yield
    shell._script_once.cache_clear()


@pytest.fixture
def worker(page: Page, enter: Any, troubles: Any) -> Any:
    """A signed-in worker whose browser kept the shell."""
    troubles.allow("/api/sync/v1/")  # the exchange of operations has its own tests
    program = make_program()
    make_site(program, name="Coopérative des Érables")
    member = make_member(program, "outreach")
    enter(member.user)
    page.goto("/")
    in_charge(page)
    return member


def in_charge(page: Page) -> None:
    """Wait until a service worker serves this page."""
    page.evaluate(
        """async () => {
          await navigator.serviceWorker.ready;
          if (!navigator.serviceWorker.controller)
            await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, {once: true}));
        }"""
    )


def until(page: Page, expression: str, holds: Callable[[Any], bool], seconds: float = 15) -> Any:
    """The value of `expression` once `holds` is true of it."""
    deadline = time.monotonic() + seconds
    while True:
        value = page.evaluate(expression)
        if holds(value):
            return value
        assert time.monotonic() < deadline, f"{expression}: {value}"
        page.wait_for_timeout(50)


def cached(page: Page) -> list[str]:
    """Addresses that any cache holds."""
    found = page.evaluate(
        """async () => {
          const all = [];
          for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname);
          return all;
        }"""
    )
    return sorted(set(found))


def changed_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As after an installation of the next version: the script of the worker says something else."""
    script = Path(shell.finders.find(shell.SCRIPT)).read_text()
    (tmp_path / "sw.js").write_text(f"{script}\n// next")
    found = shell.finders.find
    next_one = lambda name: str(tmp_path / "sw.js") if name == shell.SCRIPT else found(name)  # noqa: E731
    monkeypatch.setattr(shell.finders, "find", next_one)
    shell._script_once.cache_clear()


def test_the_form_opens_without_network(page: Page, context: BrowserContext, worker: Any, troubles: Any) -> None:
    troubles.allow("ERR_INTERNET_DISCONNECTED")
    context.set_offline(True)
    page.goto(NEW)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Inscrire une intervention")
    expect(page.locator("#offline-shell")).to_be_attached()
    page.goto("/journal/")
    expect(page.locator("#offline-shell")).to_be_attached()


def test_the_form_opens_when_the_network_drags(page: Page, worker: Any, monkeypatch: Any) -> None:
    page.goto(NEW)
    expect(page.locator("#entry-form")).to_be_visible()
    usual, release, answered = writing.writer_of, threading.Event(), threading.Event()

    def dragging(request: Any) -> Any:
        release.wait(20)
        return usual(request)

    monkeypatch.setattr(writing, "writer_of", dragging)
    begun = time.monotonic()
    page.goto(NEW)
    expect(page.locator("#offline-shell")).to_be_attached()
    assert time.monotonic() - begun > 2.4  # the server had its chance; it still holds its answer back
    on_end = lambda **sent: answered.set()  # noqa: E731 (the answer that came too late is waited for)
    request_finished.connect(on_end)
    release.set()
    assert answered.wait(10)
    request_finished.disconnect(on_end)


def test_no_page_of_anybody_is_kept(page: Page, worker: Any) -> None:
    entry = make_entry(worker.program, worker, note="CANARI-NOTE")
    for address in ("/", NEW, "/journal/", f"/journal/{entry.uid}/", "/journal/terrain/", "/compte/"):
        page.goto(address)
    kept = cached(page)
    allowed = {"/journal/hors-ligne/", "/sw-whole", "/sw-before"}
    assert "/journal/hors-ligne/" in kept
    assert all(address in allowed or address.startswith("/static/") for address in kept), kept
    text = page.evaluate("caches.match('/journal/hors-ligne/').then((found) => found.text())")
    assert "CANARI-NOTE" not in text
    assert worker.user.email not in text
    assert "data-person" not in text
    assert "Coopérative des Érables" not in text


def test_a_broken_file_does_not_stop_the_rest(
    page: Page, context: BrowserContext, enter: Any, monkeypatch: Any, troubles: Any
) -> None:
    troubles.allow("404|ERR_INTERNET_DISCONNECTED")
    usual = shell.assets
    path = next(iter(usual().values()))
    monkeypatch.setattr(shell, "assets", lambda: {**usual(), "/static/build/gone.0123456789ab.js": path})
    enter(make_member(make_program(), "outreach").user)
    page.goto("/")
    in_charge(page)
    context.set_offline(True)
    page.goto(NEW)
    expect(page.locator("#offline-shell")).to_be_attached()


def test_an_update_takes_over_and_keeps_what_an_open_page_needs(
    page: Page, context: BrowserContext, worker: Any, troubles: Any, monkeypatch: Any, tmp_path: Path
) -> None:
    [before] = until(page, CACHES, lambda names: len(names) == 1)
    other = context.new_page()
    troubles.listen(other)
    other.goto("/")
    changed_version(monkeypatch, tmp_path)
    page.goto("/journal/")
    names = until(page, CACHES, lambda names: len(names) == 2)
    [after] = set(names) - {before}
    for _ in range(2):  # the other page is from before: what it needs stays
        page.goto("/journal/")
        assert set(page.evaluate(CACHES)) == {before, after}
    other.close()
    page.goto("/journal/")
    page.goto("/")
    assert until(page, CACHES, lambda names: len(names) == 1) == [after]
    context.set_offline(True)
    troubles.allow("ERR_INTERNET_DISCONNECTED")
    page.goto(NEW)
    expect(page.locator("#offline-shell")).to_be_attached()


def test_an_update_that_cannot_be_had_leaves_the_older_one(
    page: Page, context: BrowserContext, worker: Any, troubles: Any, monkeypatch: Any, tmp_path: Path
) -> None:
    troubles.allow("404|ERR_INTERNET_DISCONNECTED")
    [before] = until(page, CACHES, lambda names: len(names) == 1)
    usual = shell.assets
    path = next(iter(usual().values()))
    monkeypatch.setattr(shell, "assets", lambda: {**usual(), "/static/build/gone.0123456789ab.js": path})
    changed_version(monkeypatch, tmp_path)
    page.goto("/journal/")
    until(page, "navigator.serviceWorker.getRegistration().then((found) => Boolean(found.waiting))", bool)
    page.goto("/")
    assert before in page.evaluate(CACHES)
    context.set_offline(True)
    page.goto(NEW)
    expect(page.locator("#offline-shell")).to_be_attached()


def test_the_version_in_charge_never_takes_the_copy_of_the_next_one(page: Page, worker: Any) -> None:
    [ours] = until(page, CACHES, lambda names: len(names) == 1)
    page.evaluate("caches.open('maillage-shell-next').then((one) => one.put('/sw-before', new Response('[]')))")
    for _opened in range(3):
        page.goto("/")
        time.sleep(0.2)
    assert page.evaluate(CACHES) == [ours, "maillage-shell-next"]


def test_a_visitor_gets_no_worker(page: Page) -> None:
    page.goto("/")
    page.wait_for_load_state("load")
    assert page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found === undefined)")


def test_the_manifest_can_be_installed(page: Page, worker: Any) -> None:
    session = page.context.new_cdp_session(page)
    said = session.send("Page.getAppManifest")
    assert said["errors"] == []
    assert json.loads(said["data"])["short_name"] == "Maillage"
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
        [],
        [{"errorId": "in-incognito", "errorArguments": []}],
    )
