"""Rows of what keeps the directory true: written by its keepers and by each organization's own editors."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from maillage.directory.links import link_of
from maillage.directory.models import Person, Service, ServicePair

from .directory import a_service, nothing
from .world import World

Arguments = Callable[[World], dict[str, Any]]
# Name, method, letters, arguments, query, what is sent: the order of the letters is that of `world.ROLES`.
Line = tuple[str, str, str, Arguments, str, Arguments]


def _service(world: World) -> dict[str, Any]:
    return {"uid": a_service(world).uid}


def _pair(world: World) -> dict[str, Any]:
    low, high = sorted((a_service(world), a_service(world, name="Dépannages alimentaires")), key=lambda one: one.pk)
    return {"pk": ServicePair.objects.get_or_create(low=low, high=high, defaults={"likeness": 90})[0].pk}


def _person(world: World) -> dict[str, Any]:
    return {"uid": Person.objects.get_or_create(name="Camille Inventé")[0].uid}


def _guessed(world: World) -> dict[str, Any]:
    return {"signed": "un-lien-au-hasard"}


def _asked(world: World) -> dict[str, Any]:
    service = a_service(world)
    Service.objects.filter(pk=service.pk).update(asked_at=timezone.now())
    service.refresh_from_db()
    return {"signed": link_of(service, service.asked_at)}


UPKEEP_LINES: list[Line] = [
    ("directory:service_new", "GET", "L2FFFFF22", nothing, "", nothing),
    ("directory:service_new", "POST", "LUFFFFFUU", nothing, "", nothing),
    ("directory:service_edit", "GET", "L2FFFFF22", _service, "", nothing),
    ("directory:service_edit", "POST", "LUFFFFFUU", _service, "", nothing),
    ("directory:service_history", "GET", "L2FFFFF22", _service, "", nothing),
    ("directory:service_confirm", "GET", "LMMMMMMMM", _service, "", nothing),
    ("directory:service_confirm", "POST", "LRFFFFFRR", _service, "", nothing),
    ("directory:still_exact", "GET", "444444444", _guessed, "", nothing),
    ("directory:still_exact", "POST", "444444444", _guessed, "", nothing),
    ("directory:still_exact", "GET", "222222222", _asked, "", nothing),
    ("directory:still_exact", "POST", "2GGGGGGGG", _asked, "", lambda world: {"do": "exact"}),
    ("directory:to_check", "GET", "L2FFFFF22", nothing, "", nothing),
    ("directory:pairs", "GET", "L2FFFFF22", nothing, "", nothing),
    ("directory:pairs", "POST", "LRFFFFFRR", nothing, "", nothing),
    ("directory:pair", "GET", "LMMMMMMMM", _pair, "", nothing),
    ("directory:pair", "POST", "LRFFFFFRR", _pair, "", lambda world: {"do": "distinct"}),
    ("directory:service_part", "GET", "LMMMMMMMM", _service, "", nothing),
    ("directory:service_part", "POST", "LRFFFFFRR", _service, "", nothing),
    ("directory:people", "GET", "L2FFFFF22", nothing, "", nothing),
    ("directory:person_new", "GET", "L2FFFFF22", nothing, "", nothing),
    ("directory:person_new", "POST", "LUFFFFFUU", nothing, "", nothing),
    ("directory:person", "GET", "L2FFFFF22", _person, "", nothing),
    ("directory:person", "POST", "LUFFFFFUU", _person, "", nothing),
]
