"""Phones of the field journal: each test has a profile of its own on disk, in front of the product as it is served."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.sizes import PHONE
from tests.browser.troubles import Troubles
from tests.factories import make_member, make_program, make_site

from .phone import Phone
from .stage import Staging, staging

expect.set_options(timeout=20_000)  # a phone that is slowed on purpose, on a machine that does other things


@pytest.fixture(autouse=True)
def stage(live_server: LiveServer) -> Iterator[Staging]:
    """Faults between the browser and the product; none before the test asks."""
    staging.clear()
    yield staging
    staging.clear()


@pytest.fixture
def new_phone(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    live_server: LiveServer,
    tmp_path: Path,
    troubles: Troubles,
) -> Iterator[Callable[..., Phone]]:
    """`new_phone()` gives a phone with an empty profile; any error of a script fails the test."""
    made: list[Phone] = []

    def launch(folder: Path) -> BrowserContext:
        options = {**browser_type_launch_args, **browser_context_args, "viewport": PHONE, "base_url": live_server.url}
        return browser_type.launch_persistent_context(folder, **options)

    def make() -> Phone:
        phone = Phone(launch, tmp_path / f"profile-{len(made)}", live_server.url, troubles)
        made.append(phone)
        return phone

    yield make
    for phone in made:
        phone.switch_off()
    assert not troubles.found, troubles.found


@pytest.fixture
def phone(new_phone: Callable[..., Phone]) -> Phone:
    """A phone."""
    return new_phone()


@pytest.fixture
def worker() -> Any:
    """An outreach worker of a programme with one served site."""
    program = make_program()
    make_site(program, name="Coopérative des Érables", tenure="coop")
    return make_member(program, "outreach")
