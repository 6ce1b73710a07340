"""The address of a project or of a group is never one that a page of its room has."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import get_resolver

from maillage.concertation import addresses as of_groups
from maillage.projects import addresses as of_projects


def routes(resolver: Any = None, before: str = "") -> Iterator[str]:
    """Every address of the product, as it is declared."""
    for entry in (resolver or get_resolver()).url_patterns:
        whole = before + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from routes(entry, whole)
        else:
            yield whole


@pytest.mark.parametrize(("room", "reserved"), [("projets", of_projects.RESERVED), ("groupes", of_groups.RESERVED)])
def test_the_first_words_of_pages_are_kept_for_them(room: str, reserved: frozenset[str]) -> None:
    words = {route.split("/")[1].split(".")[0] for route in routes() if route.startswith(f"{room}/")}
    taken = {word for word in words if word and "<" not in word}
    assert len(taken) > 5
    assert taken <= reserved, f"not reserved: {sorted(taken - reserved)}"


@pytest.mark.django_db
def test_a_project_named_as_a_page_has_another_address() -> None:
    assert of_projects.address_of("Retombées") == "retombees-2"
