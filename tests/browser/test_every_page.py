"""Every page of the access matrix, as the coordinator and as nobody: no rule broken, nothing wider than a phone."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.access.matrix import ROWS
from tests.access.world import ROLES, build_world

from .looks import axe, fits

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
PARTS = 4  # of the pages of one role: processes share them


def pages_of(role: str, world: Any) -> Iterator[str]:
    """Addresses that answer a page to `role`, each once; what a row needs is made when its turn comes."""
    place, told = ROLES.index(role), set()
    for row in ROWS:
        if row.method == "GET" and row.letters[place] == "2":
            address = reverse(row.name, kwargs=row.arguments(world)) + row.query
            if address not in told:
                told.add(address)
                yield address


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("role", ["anonymous", "coordinator"])
def test_every_page_keeps_every_rule(role: str, part: int, page: Page, enter: Any) -> None:
    world = build_world()
    if role != "anonymous":
        enter(world.ours.members[role].user)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    broken = []
    for address in islice(pages_of(role, world), part, None, PARTS):
        answer = page.request.get(address)
        assert answer.status == 200, address
        if not answer.headers.get("content-type", "").startswith("text/html") or "<main" not in answer.text():
            continue  # a file, or a fragment of a page
        page.goto(address)
        for rule in (axe, fits):
            try:
                rule(page)
            except AssertionError as error:
                broken.append(str(error).split("\nassert")[0])
    assert not broken, "\n".join(broken)
