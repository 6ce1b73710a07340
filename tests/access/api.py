"""Rows of the API. `S` is a session that is asked for (401), never a way to the sign-in page."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from .world import World

Arguments = Callable[[World], dict[str, Any]]
# Name, method, letters, arguments, what is sent as JSON: the order of the letters is that of `world.ROLES`.
ApiLine = tuple[str, str, str, Arguments, Arguments]


def _nothing(world: World) -> dict[str, Any]:
    return {}


def _elsewhere(world: World) -> dict[str, Any]:
    return {"rest": "sync/v1/exports"}


def _version(number: str) -> Arguments:
    return lambda world: {"version": number, "rest": "ops"}


def _batch(world: World) -> dict[str, Any]:
    """Operations of a device that nobody here enrolled."""
    return {"device": str(uuid4()), "epoch": "", "ops": []}


API_LINES: list[ApiLine] = [
    ("api:openapi-json", "GET", "222222222", _nothing, _nothing),
    ("api:api-root", "GET", "222222222", _nothing, _nothing),
    ("api:nothing", "GET", "444444444", _elsewhere, _nothing),
    ("api:nothing", "POST", "444444444", _elsewhere, _nothing),
    ("api:other-version", "GET", "VVVVVVVVV", _version("2"), _nothing),
    ("api:other-version", "POST", "VVVVVVVVV", _version("2"), _nothing),
    ("api:other-version", "GET", "444444444", lambda world: {"version": "1", "rest": "exports"}, _nothing),
    ("api:sync-entries", "GET", "S22222222", _nothing, _nothing),
    ("api:sync-form", "GET", "S22222222", _nothing, _nothing),
    ("api:sync-devices", "POST", "SBBBBBBBB", _nothing, _nothing),
    ("api:sync-devices", "GET", "MMMMMMMMM", _nothing, _nothing),
    ("api:sync-ops", "POST", "SBBBBBBBB", _nothing, _nothing),
    ("api:sync-ops", "POST", "S44444444", _nothing, _batch),
    ("api:sync-mailbox", "POST", "444444444", _nothing, _batch),
    ("api:sync-entries", "POST", "MMMMMMMMM", _nothing, _nothing),
]
