"""Which sources of funding suit a project, and why: pure comparison of words and of territories, no database.

A source suits when it serves the project's territory (or says none) and one of its themes is among the project's words (or it
says none). The reason is always shown: it is a person who decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from maillage.core.text import stems

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """A territory by its key and name, with the keys of all that contain it."""

    key: int
    name: str
    within: frozenset[int] = frozenset()

    def meets(self, other: "Place") -> bool:
        """Whether one contains the other, or they are the same."""
        return self.key == other.key or self.key in other.within or other.key in self.within


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a project is about (stems of its words) and where."""

    stems: frozenset[str]
    places: tuple[Place, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str], places: Iterable[Place] = ()) -> "Wanted":
        """From the words of a project."""
        return cls(frozenset(stems(" ".join(texts)).split()), tuple(places))


@dataclass(frozen=True, slots=True)
class Match:
    """Why a source suits: its themes that the project says, its territories that meet the project's; empty where it says none."""

    themes: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """Sorts the surest first: more themes, then a territory that is named."""
        return (-len(self.themes), -bool(self.places))


def match(wanted: Wanted, themes: Iterable[str], places: Sequence[Place]) -> Match | None:
    """Why a source with these `themes` and `places` suits, or None."""
    said = [theme for theme in themes if theme.strip()]
    common = tuple(theme for theme in said if _says(wanted.stems, theme))
    if said and not common:
        return None
    near = tuple(place.name for place in places if any(place.meets(own) for own in wanted.places))
    if places and wanted.places and not near:
        return None
    return Match(common, near)


def _says(words: frozenset[str], theme: str) -> bool:
    asked = _asked(theme)
    return bool(asked) and asked <= words


@lru_cache(maxsize=4096)
def _asked(theme: str) -> frozenset[str]:
    """The stems of a theme: the same few are compared with every project."""
    return frozenset(stems(theme).split())
