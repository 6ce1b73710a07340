"""Chromium in front of the product as it is served: hashed static files, strict policy, nothing stubbed."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import make_member, make_program, make_site

from . import phones
from .sizes import DESK
from .troubles import Troubles

expect.set_options(timeout=10_000)  # as the other waits: a page on a busy machine
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the thread of the tests
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium of the machine, without what needs a display, a network or a sandbox of its own."""
    path = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    given = {"executable_path": path} if Path(path).exists() else {}
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return {**browser_type_launch_args, **given, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desk by default; motion reduced, or colours would be read in the middle of a change."""
    return {**browser_context_args, "viewport": DESK, "locale": "fr-CA", "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def gathered_static(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Static files hashed and gathered as in production (without the compression)."""
    storage = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=str(root), STORAGES={"default": files, "staticfiles": storage}):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A database in a file: the browser asks for several things at once, and one connection cannot serve them all."""
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, gathered_static: None) -> Iterator[LiveServer]:
    """The product on `localhost` (passkeys ask for that name), its static files served by WhiteNoise."""
    with override_settings(MIDDLEWARE=["tests.browser.field.stage.Stage", *settings.MIDDLEWARE]):
        server = LiveServer("localhost", start=False)
        server.thread.static_handler = lambda application: application
        server.start()
        yield server
        server.stop()


@pytest.fixture
def troubles() -> Troubles:
    """What the browser complained of; `troubles.allow("…")` says what a test expects."""
    return Troubles()


@pytest.fixture
def page(context: BrowserContext, live_server: LiveServer, troubles: Troubles) -> Iterator[Page]:
    """A page whose addresses may start with `/`; any error of a script or of the policy fails the test."""
    context.set_default_timeout(10_000)
    page = context.new_page()
    troubles.listen(page)
    yield page
    assert not troubles.found, troubles.found


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Where the product listens."""
    return live_server.url


@pytest.fixture
def enter(context: BrowserContext, live_server: LiveServer) -> Any:
    """`enter(user)` opens that person's session in the browser without the sign-in page."""

    def open_session(user: Any) -> None:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    return open_session


@pytest.fixture
def worker() -> Any:
    """The membership of an outreach worker, in a programme with a housing cooperative."""
    program = make_program()
    make_site(program, name="Coopérative des Érables", tenure="coop")
    return make_member(program, "outreach")


@pytest.fixture
def phone(page: Page, context: BrowserContext, enter: Any, worker: Any, troubles: Troubles) -> Page:
    """The form on a phone, the worker signed in, the device known."""
    troubles.allow(phones.OF_THE_NETWORK)
    enter(worker.user)
    phones.open_form(context, page)
    return page
