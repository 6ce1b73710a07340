"""Rows of extracts for research: whoever does research sees their own, the coordination and the administration all."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from maillage.statistics.extraction import Request, shelf
from maillage.statistics.models import Extract
from maillage.statistics.services import extracts
from tests.factories import make_member

from .world import OURS, THEIRS, Side, World

Arguments = Callable[[World], dict[str, Any]]
# Name, method, letters, arguments, what is sent: the order of the letters is that of `world.ROLES`.
ExtractLine = tuple[str, str, str, Arguments, Arguments]


def asked(side: Side, researcher: Any = None) -> Extract:
    """A request of this side's researcher."""
    request = Request(
        purpose=f"Étudier {side.canary}",
        agreement="CER-1",
        fields=("period", "mrc", "theme"),
        start=date(2014, 1, 1),
        end=date(2014, 12, 31),
        expires_on=timezone.localdate() + timedelta(days=90),
    )
    researcher = researcher or side.members["researcher"].user
    return extracts.ask(actor=researcher, program=side.program, asked=request)


def made(side: Side) -> Extract:
    """An extract whose package waits."""
    extract, content = asked(side), f"{side.canary}".encode()
    shelf.put(extract.uid, content)
    Extract.objects.filter(pk=extract.pk).update(state="made", digest=shelf.digest(content), outcome=OUTCOME)
    return extract


OUTCOME = {
    "entries": 20,
    "left_out": 0,
    "withheld": 0,
    "rows": 20,
    "smallest": 11,
    "k": 11,
    "diversity": 2,
    "levels": {"period": "year", "mrc": "withheld"},
    "kept": {"period": 0.4, "mrc": 0.0},
    "beside": [],
}


def _program(world: World) -> dict[str, Any]:
    asked(world.theirs)
    return {"slug": world.ours.program.slug}


def _ours(make: Callable[[Side], Extract]) -> Arguments:
    return lambda world: {"slug": world.ours.program.slug, "uid": make(world.ours).uid}


def _of_a_colleague(world: World) -> dict[str, Any]:
    colleague = make_member(world.ours.program, "researcher", label="Collègue").user
    return {"slug": world.ours.program.slug, "uid": asked(world.ours, colleague).uid}


def _theirs_under_our_address(world: World) -> dict[str, Any]:
    return {"slug": world.ours.program.slug, "uid": made(world.theirs).uid}


def _nothing(world: World) -> dict[str, Any]:
    return {}


def _reason(world: World) -> dict[str, Any]:
    return {"raison": "Le projet a pris fin."}


EXTRACT_LINES: list[ExtractLine] = [
    ("statistics:extracts", "GET", "L44424422", _program, _nothing),
    ("statistics:extract_new", "GET", "L444244FF", _program, _nothing),
    ("statistics:extract_new", "POST", "L444U44FF", _program, _nothing),
    ("statistics:extract", "GET", "L44424422", _ours(asked), _nothing),
    ("statistics:extract", "GET", "L44424422", _ours(made), _nothing),
    ("statistics:extract", "GET", "L44444422", _of_a_colleague, _nothing),
    ("statistics:extract", "GET", "L44444444", _theirs_under_our_address, _nothing),
    ("statistics:extract_preview", "GET", "L444F4422", _ours(asked), _nothing),
    ("statistics:extract_preview", "GET", "L444F44RR", _ours(made), _nothing),
    ("statistics:extract_preview", "POST", "L444F44RR", _ours(asked), _nothing),
    ("statistics:extract_preview", "POST", "L44444444", _theirs_under_our_address, _nothing),
    ("statistics:extract_decide", "GET", "LMMMMMMMM", _ours(asked), _nothing),
    ("statistics:extract_decide", "POST", "L444F44RR", _ours(asked), _reason),
    ("statistics:extract_decide", "POST", "L44444444", _theirs_under_our_address, _reason),
    ("statistics:extract_take", "GET", "LMMMMMMMM", _ours(made), _nothing),
    ("statistics:extract_take", "POST", "L44424422", _ours(made), _nothing),
    ("statistics:extract_take", "POST", "L444R44RR", _ours(asked), _nothing),
    ("statistics:extract_take", "POST", "L44444422", lambda world: _taken_by_a_colleague(world), _nothing),
    ("statistics:extract_take", "POST", "L44444444", _theirs_under_our_address, _nothing),
]


def _taken_by_a_colleague(world: World) -> dict[str, Any]:
    found = _of_a_colleague(world)
    content = OURS.encode()
    shelf.put(found["uid"], content)
    Extract.objects.filter(uid=found["uid"]).update(state="made", digest=shelf.digest(content))
    assert THEIRS != OURS
    return found
