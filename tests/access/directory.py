"""Rows of the services of the directory: read by anybody, kept by those who keep it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from maillage.directory.models import Service

from .world import World

Arguments = Callable[[World], dict[str, Any]]
# Name, method, letters, arguments, query, what is sent: the order of the letters is that of `world.ROLES`.
Line = tuple[str, str, str, Arguments, str, Arguments]


def nothing(world: World) -> dict[str, Any]:
    return {}


def a_service(world: World, **values: Any) -> Service:
    """A service of our organization, the same for every role. Services are public: it bears no canary."""
    values = {"name": "Dépannage alimentaire", **values}
    return Service.objects.get_or_create(
        organization=world.ours.organization, name=values.pop("name"), defaults=values
    )[0]


def _service(world: World) -> dict[str, Any]:
    return {"uid": a_service(world).uid}


def _offering(world: World) -> dict[str, Any]:
    """Our organization, which offers a service."""
    return {"uid": a_service(world).organization.uid}


def _no_longer(world: World) -> dict[str, Any]:
    return {"uid": a_service(world, name="Ancien service", status="inactive").uid}


def _short(world: World) -> dict[str, Any]:
    return {"code": a_service(world).short_code}


DIRECTORY_LINES: list[Line] = [
    ("directory:service", "GET", "222222222", _service, "", nothing),
    ("directory:service", "GET", "422222222", _no_longer, "", nothing),
    ("directory:service", "POST", "MMMMMMMMM", _service, "", nothing),
    ("directory:service_print", "GET", "222222222", _service, "", nothing),
    ("directory:service_print", "GET", "422222222", _no_longer, "", nothing),
    ("directory:service_print", "POST", "MMMMMMMMM", _service, "", nothing),
    ("short:service", "GET", "RRRRRRRRR", _short, "", nothing),
    ("short:service", "GET", "444444444", lambda world: {"code": "aaaaaaa"}, "", nothing),
    ("short:service", "POST", "MMMMMMMMM", _short, "", nothing),
    ("directory:organization", "GET", "222222222", _offering, "", nothing),
    ("directory:search", "GET", "222222222", nothing, "", nothing),
    ("directory:search", "GET", "222222222", nothing, "?q=alimentaire&lieu=habitations&inactifs=1", nothing),
    ("directory:search", "POST", "MMMMMMMMM", nothing, "", nothing),
    ("directory:places", "GET", "222222222", nothing, "?lieu=habitations", nothing),
    ("directory:places", "POST", "MMMMMMMMM", nothing, "", nothing),
    ("directory:points", "GET", "222222222", nothing, "?tous=1", nothing),
    ("directory:points", "POST", "MMMMMMMMM", nothing, "", nothing),
    ("directory:limits", "GET", "222222222", nothing, "", nothing),
    ("directory:limits", "POST", "MMMMMMMMM", nothing, "", nothing),
    ("directory:saved_searches", "GET", "L22222222", nothing, "?q=alimentaire", nothing),
    ("directory:saved_searches", "POST", "LRRRRRRRR", nothing, "?q=alimentaire", lambda world: {"name": "Aliments"}),
    ("directory:saved_searches", "POST", "LUUUUUUUU", nothing, "?q=alimentaire", nothing),
    ("directory:forget_search", "POST", "LRRRRRRRR", lambda world: {"uid": uuid4()}, "", nothing),
    ("directory:forget_search", "GET", "LMMMMMMMM", lambda world: {"uid": uuid4()}, "", nothing),
]
