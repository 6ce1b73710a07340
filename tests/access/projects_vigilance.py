"""Rows of vigilance: the team of the programme (worker, outreach, coordinator) and administrators; nobody else knows of it."""

from typing import Any

from maillage.projects.models import VigilanceAlert, VigilanceCount, VigilanceScheme
from tests.factories.projects_twinning import make_scheme

from .concertation import Line, nothing
from .world import World

OURS = "?programme=programme-canariours"


def _scheme_of(world: World) -> VigilanceScheme:
    return make_scheme(world.ours.program, rules=f"Ronde {world.ours.canary}")


def _scheme(world: World) -> dict[str, Any]:
    """A scheme of our programme."""
    return {"uid": _scheme_of(world).uid}


def _listed(world: World) -> dict[str, Any]:
    """No argument; both sides have a scheme on their site."""
    for side in (world.ours, world.theirs):
        make_scheme(side.program, site=side.site)
    return {}


def _alert(world: World) -> dict[str, Any]:
    """An alert of our scheme."""
    alert = VigilanceAlert.objects.create(
        scheme=_scheme_of(world), on="2025-02-01", outcome="help", words=f"Chute {world.ours.canary}"
    )
    return {"uid": alert.uid}


def _count(world: World) -> dict[str, Any]:
    """A count of our scheme."""
    count = VigilanceCount.objects.create(scheme=_scheme_of(world), on="2025-02-01", sentinels=2, units=9)
    return {"uid": count.scheme.uid, "pk": count.pk}


def _typed(world: World) -> dict[str, Any]:
    """A form with a field that does not read."""
    return {"title": "", "name": "", "on": "hier"}


LINES: list[Line] = [
    ("projects:schemes", "GET", "L22222222", _listed, "", nothing),
    ("projects:schemes", "POST", "LMMMMMMMM", nothing, "", nothing),
    ("projects:scheme_new", "GET", "L2FFF2222", nothing, OURS, nothing),
    ("projects:scheme_new", "POST", "LUFFFUUUU", nothing, OURS, _typed),
    ("projects:scheme", "GET", "L44442222", _scheme, "", nothing),
    ("projects:scheme_edit", "GET", "L44442222", _scheme, "", nothing),
    ("projects:scheme_edit", "POST", "L4444UUUU", _scheme, "", _typed),
    ("projects:scheme_end", "POST", "L4444RRRR", _scheme, "", nothing),
    ("projects:scheme_count", "GET", "LMMMMMMMM", _scheme, "", nothing),
    ("projects:scheme_count", "POST", "L4444UUUU", _scheme, "", _typed),
    ("projects:scheme_count_remove", "POST", "L4444R444", _count, "", nothing),
    ("projects:alert_new", "GET", "L44442222", _scheme, "", nothing),
    ("projects:alert_new", "POST", "L4444UUUU", _scheme, "", _typed),
    ("projects:alert", "GET", "L44442222", _alert, "", nothing),
    ("projects:alert", "POST", "L4444UUUU", _alert, "", _typed),
    ("projects:alert_remove", "POST", "L4444R444", _alert, "", nothing),
]
