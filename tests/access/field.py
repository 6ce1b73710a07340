"""Rows of the journal in the field: what works without network, the devices, and what is settled afterwards."""

from collections.abc import Callable
from typing import Any

from maillage.journal.services import draft_of
from tests.factories import make_phone, make_sent, make_sibling

from .world import OURS, THEIRS, World

Arguments = Callable[[World], dict[str, Any]]
# Name, method, letters, arguments, query, what is sent: the order of the letters is that of `world.ROLES`.
Line = tuple[str, str, str, Arguments, str, Arguments]


def _nothing(world: World) -> dict[str, Any]:
    return {}


def _sent(world: World) -> dict[str, Any]:
    """What a rule refused to our worker's phone."""
    return {"uid": make_sent(world.ours.members["worker"], {"fields": {"note": f"Une note {OURS}"}}).uid}


def _sibling(world: World) -> dict[str, Any]:
    """What our worker's phone would have their entry say."""
    entry = world.ours.entry
    return {"uid": make_sibling(entry, draft_of(entry).with_(note=f"Autre note {OURS}", persons=3)).uid}


def _phone(world: World) -> dict[str, Any]:
    """A device of our worker."""
    return {"uid": make_phone(world.ours.members["worker"].user, label=f"Téléphone {OURS}").uid}


def _phone_listed(world: World) -> dict[str, Any]:
    """The same device, somewhere in the list; one of the others is there too."""
    make_phone(world.theirs.members["worker"].user, label=f"Téléphone {THEIRS}")
    _phone(world)
    return {}


LINES: list[Line] = [
    ("journal:offline", "GET", "222222222", _nothing, "", _nothing),
    ("journal:offline", "POST", "MMMMMMMMM", _nothing, "", _nothing),
    ("journal:service_worker", "GET", "222222222", _nothing, "", _nothing),
    ("journal:service_worker", "POST", "MMMMMMMMM", _nothing, "", _nothing),
    ("journal:manifest", "GET", "222222222", _nothing, "", _nothing),
    ("journal:manifest", "POST", "MMMMMMMMM", _nothing, "", _nothing),
    ("journal:field", "GET", "L22222222", _nothing, "", _nothing),
    ("journal:field", "POST", "LMMMMMMMM", _nothing, "", _nothing),
    ("journal:field_form", "GET", "L2444222F", _nothing, "", _nothing),
    ("journal:field_form", "GET", "L4444222F", _nothing, "?programme=programme-canariours", _nothing),
    ("journal:field_form", "POST", "LMMMMMMMM", _nothing, "", _nothing),
    ("journal:field_directory", "GET", "L2444222F", _nothing, "", _nothing),
    ("journal:field_directory", "GET", "L4444222F", _nothing, "?programme=programme-canariours", _nothing),
    ("journal:field_directory", "POST", "LMMMMMMMM", _nothing, "", _nothing),
    ("journal:to_settle", "GET", "L24442224", _nothing, "", _nothing),
    ("journal:to_settle", "POST", "LR444RRR4", _nothing, "", _nothing),
    ("journal:operation", "GET", "L44442424", _sent, "", _nothing),
    ("journal:operation", "POST", "L4444B4B4", _sent, "", lambda world: {"do": "discard", "reason": ""}),
    ("journal:reconcile", "GET", "L44442424", _sibling, "", _nothing),
    ("journal:reconcile", "POST", "L4444C4C4", _sibling, "", _nothing),
    ("journal:devices", "GET", "L24442222", _phone_listed, "", _nothing),
    ("journal:devices", "POST", "LMMMMMMMM", _nothing, "", _nothing),
    ("journal:revoke_device", "GET", "L44442422", _phone, "", _nothing),
    ("journal:revoke_device", "POST", "L4444R4RR", _phone, "", _nothing),
    ("journal:sealed_file", "GET", "L24442222", _nothing, "", _nothing),
    ("journal:sealed_file", "POST", "LB444BBBB", _nothing, "", _nothing),
]
