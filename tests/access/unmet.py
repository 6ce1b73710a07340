"""Rows of « Besoins sans réponse »: its figures for all members, its evidence for the team, raising for the coordination."""

from collections.abc import Callable
from datetime import date
from typing import Any

from maillage.journal.models import RaisedNeed
from tests.factories import make_unmet

from .world import OURS, THEIRS, Side, World

Arguments = Callable[[World], dict[str, Any]]
Line = tuple[str, str, str, Arguments, str, Arguments]
MINE = "?programme=programme-canariours"


def _nothing(world: World) -> dict[str, Any]:
    return {}


def _raised(side: Side, canary: str) -> RaisedNeed:
    evidence = make_unmet(side.program, side.members["worker"], note=f"Une note {canary}")
    need = RaisedNeed.objects.create(
        program=side.program, start=date(2014, 1, 1), end=date(2014, 12, 31), statement=f"Besoin {canary}"
    )
    need.referrals.set(evidence)
    return need


def _both(world: World) -> dict[str, Any]:
    """Both programmes have referrals without answer and a raised need; nothing stands in the address."""
    _raised(world.ours, OURS), _raised(world.theirs, THEIRS)
    return {}


def _need(world: World) -> dict[str, Any]:
    return {"uid": _raised(world.ours, OURS).uid}


LINES: list[Line] = [
    ("journal:unmet", "GET", "L22222222", _both, "", _nothing),
    ("journal:unmet", "GET", "L42222222", _both, MINE, _nothing),
    ("journal:unmet", "POST", "LMMMMMMMM", _nothing, "", _nothing),
    ("journal:unmet_evidence", "GET", "L44442222", _both, MINE, _nothing),
    ("journal:unmet_evidence", "POST", "LMMMMMMMM", _nothing, "", _nothing),
    ("journal:raise_need", "GET", "L4444FF22", _both, MINE, _nothing),
    ("journal:raise_need", "POST", "L4444FFUU", _nothing, MINE, lambda world: {"statement": ""}),
    ("journal:raise_need", "POST", "L4444FFRR", _both, MINE, lambda world: {"statement": "Il manque une popote."}),
    ("journal:raised_needs", "GET", "L42222222", _both, MINE, _nothing),
    ("journal:raised_needs", "POST", "LMMMMMMMM", _nothing, "", _nothing),
    ("journal:raised_need", "GET", "L42222222", _need, "", _nothing),
    ("journal:raised_need", "POST", "L4FFFFFRR", _need, "", lambda world: {"state": "closed"}),
]
