"""Rows of démarches and of the communities that enter them: read by the programme's members, kept by its coordination."""

from typing import Any

from maillage.projects.models import EngagedCommunity, Project
from tests.factories.counter import following
from tests.factories.projects_reviews import make_community

from .concertation import Line, nothing
from .world import World


def _made(world: World) -> EngagedCommunity:
    """A community of our démarche with our project; the other side has one too."""
    community = make_community(world.ours.program, name=f"Quartier {world.ours.canary} {following()}")
    community.projects.set([world.ours.project])
    make_community(world.theirs.program, name=f"Quartier {world.theirs.canary} {following()}")
    return community


def _process(world: World) -> dict[str, Any]:
    """Our démarche, nothing of it public."""
    _made(world)
    return {"slug": world.ours.program.slug}


def _public(world: World) -> dict[str, Any]:
    """Our démarche, its project with a public sheet."""
    Project.objects.filter(pk=world.ours.project.pk).update(is_public=True)
    return _process(world)


def _community(world: World) -> dict[str, Any]:
    """A community of our démarche, with a project."""
    community = _made(world)
    return {"slug": world.ours.program.slug, "pk": community.pk}


def _unnamed(world: World) -> dict[str, Any]:
    """What is sent without the name of the community."""
    return {"name": "", "year": "2013"}


LINES: list[Line] = [
    ("projects:processes", "GET", "L22222222", nothing, "", nothing),
    ("projects:process", "GET", "442222222", _process, "", nothing),
    ("projects:process", "GET", "222222222", _public, "", nothing, True),
    ("projects:community_new", "GET", "L4FFFFF22", _process, "", nothing),
    ("projects:community_new", "POST", "L4FFFFFUU", _process, "", _unnamed),
    ("projects:community", "GET", "L4FFFFF22", _community, "", nothing),
    ("projects:community", "POST", "L4FFFFFUU", _community, "", _unnamed),
    ("projects:community_remove", "POST", "L4FFFFFRR", _community, "", nothing),
]
