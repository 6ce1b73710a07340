"""What the rows of concertation share: one file a subject holds them."""

from collections.abc import Callable
from typing import Any

from .world import World

Arguments = Callable[[World], dict[str, Any]]
# Name, method, letters, what is in the address, its query, what is sent, and True when anybody may read it (it names us).
Line = tuple[Any, ...]


def nothing(world: World) -> dict[str, Any]:
    """No argument."""
    return {}


def our_group(world: World) -> dict[str, Any]:
    """Our group's address."""
    return {"slug": world.ours.group.slug}


def our_meeting(world: World) -> dict[str, Any]:
    """Our meeting's address."""
    return {"uid": world.ours.meeting.uid}
