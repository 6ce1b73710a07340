"""Rows of what is published, which anybody reads, and of the coordination's own pages that lead there."""

from collections.abc import Callable
from typing import Any

from maillage.statistics.models import Release
from tests.factories import make_release
from tests.statistics.publications import two_portraits

from .world import World

Arguments = Callable[[World], dict[str, Any]]
# Name, letters, arguments, query: the order of the letters is that of `world.ROLES`.
PublicLine = tuple[str, str, Arguments, str]
EVERYBODY, NOBODY = "222222222", "444444444"


def release(world: World) -> Release:
    """Our published release, made at the first question."""
    found = Release.objects.filter(program=world.ours.program).first()
    return found or make_release(world.ours.program, two_portraits())


def _nothing(world: World) -> dict[str, Any]:
    release(world)
    return {}


def _of_program(world: World) -> dict[str, Any]:
    return {"slug": release(world).program.slug}


def _of_theirs(world: World) -> dict[str, Any]:
    return {"slug": world.theirs.program.slug}


def _number(world: World) -> dict[str, Any]:
    return {**_of_program(world), "number": 1}


def _version(world: World) -> dict[str, Any]:
    return {**_number(world), "version": 1}


def _no_version(world: World) -> dict[str, Any]:
    return {**_number(world), "version": 2}


def _file(format: str) -> Arguments:
    return lambda world: {**_version(world), "format": format}


def _withdrawn(world: World) -> dict[str, Any]:
    found = _file("csv")(world)
    Release.objects.update(state="withdrawn")
    return found


PUBLIC_LINES: list[PublicLine] = [
    ("statistics:publications", EVERYBODY, _nothing, ""),
    ("statistics:publications", EVERYBODY, _nothing, "?q=canariours&annee=2014"),
    ("statistics:publications_of", EVERYBODY, _of_program, ""),
    ("statistics:publications_of", NOBODY, _of_theirs, ""),
    ("statistics:publication", EVERYBODY, _number, ""),
    ("statistics:publication", EVERYBODY, _number, "?territoire=2402500"),
    ("statistics:publication_version", EVERYBODY, _version, ""),
    ("statistics:publication_version", NOBODY, _version, "?territoire=999"),
    ("statistics:publication_version", NOBODY, _no_version, ""),
    ("statistics:publication_attack", EVERYBODY, _version, ""),
    ("statistics:publication_attack", EVERYBODY, _version, "?tableau=tenure"),
    ("statistics:publication_attack", NOBODY, _version, "?tableau=rien"),
    ("statistics:publication_map", EVERYBODY, _version, ""),
    *(("reports:publication_file", EVERYBODY, _file(format), "") for format in ("csv", "xlsx", "pdf", "json", "zip")),
    ("reports:publication_file", NOBODY, _file("exe"), ""),
    ("reports:publication_file", "GGGGGGGGG", _withdrawn, ""),
    ("reports:publication_attack_file", EVERYBODY, _version, ""),
]


def _slug(world: World) -> dict[str, Any]:
    return {"slug": world.ours.program.slug}


def _draft(world: World) -> dict[str, Any]:
    return {**_slug(world), "uid": _made(world, "draft").uid}


def _published(world: World) -> dict[str, Any]:
    return {**_slug(world), "uid": _made(world, "published").uid}


def _made(world: World, state: str) -> Release:
    found = release(world)
    Release.objects.filter(pk=found.pk).update(state=state)
    return found


# Name, method, letters, arguments, what is sent.
Line = tuple[str, str, str, Arguments, dict[str, str]]
LINES: list[Line] = [
    ("statistics:release_new", "GET", "L4FFFFF22", _slug, {}),
    ("statistics:release_new", "POST", "L4FFFFF22", _slug, {}),
    ("statistics:releases", "GET", "L4FFFFF22", _slug, {}),
    ("statistics:release", "GET", "L44444422", _draft, {}),
    ("statistics:release", "GET", "L4FFFFF22", _published, {}),
    ("statistics:release", "POST", "L444444RR", _draft, {"do": "publish"}),
    ("statistics:release", "POST", "L4FFFFFRR", _published, {"do": "withdraw"}),
    ("statistics:protection", "GET", "L4FFFFF22", _slug, {}),
    ("statistics:protection", "POST", "L4FFFFF22", _slug, {"do": "thresholds"}),
]
