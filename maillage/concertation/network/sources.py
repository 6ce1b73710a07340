"""Where deeds come from: each kind is read by a source; an app of a higher floor registers its own in `AppConfig.ready`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .deeds import Deed, Period
from .scope import Scope

Read = Callable[[Scope, Sequence[Period]], Sequence[list[Deed]]]


@dataclass(frozen=True, slots=True)
class TieSource:
    """Deeds of one kind. `read(scope, periods)` gives those of each period, in as few queries for one as for several.

    `place` orders the kinds on pages and in files: those of a higher floor stand after those of this one.
    """

    kind: str
    label: Any
    read: Read
    place: int = 0


_sources: dict[str, TieSource] = {}


def register(*sources: TieSource) -> None:
    """Let these sources count in the web; the same kind again replaces the former."""
    for source in sources:
        _sources[source.kind] = source


def known() -> list[TieSource]:
    """The sources by their place, then in the order in which they were registered."""
    return sorted(_sources.values(), key=lambda source: source.place)


def deeds_of(scope: Scope, periods: Sequence[Period], kind: str = "") -> list[list[Deed]]:
    """All that was done together in each period, or only deeds of `kind`."""
    found: list[list[Deed]] = [[] for _ in periods]
    for source in known():
        if kind in ("", source.kind):
            for gathered, deeds in zip(found, source.read(scope, periods), strict=True):
                gathered += deeds
    return found
