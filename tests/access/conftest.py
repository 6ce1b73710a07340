"""The world of the matrix, made once: every test has it as new, and what a test writes is taken back."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.factories.counter import following, restart

from .world import World, build_world


@pytest.fixture(scope="module")
def built(django_db_setup: Any, django_db_blocker: Any) -> Iterator[tuple[World, int]]:
    """The world for all tests of a module, rolled back at their end, and the number that follows those of its names."""
    with django_db_blocker.unblock(), transaction.atomic():
        restart()
        yield build_world(), following()
        transaction.set_rollback(True)


@pytest.fixture
def world(built: tuple[World, int], db: None) -> World:
    """The world, in objects and clients of the test's own."""
    made, first = built
    restart(first)
    ours, theirs = deepcopy((made.ours, made.theirs))
    return World(ours, theirs, {role: same(client) for role, client in made.clients.items()})


def same(client: Client) -> Client:
    """A client with the cookies of another."""
    new = Client()
    new.cookies = deepcopy(client.cookies)
    return new
