"""From a question to services in order. The method is in `docs/explanation/algorithms/directory-search.md`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from . import words
from .packed import EPOCH, KEPT, OFFERED, PAUSED
from .reading import Bools, Floats, Postings, Shelves
from .understanding import Token

FRESH_DAYS = 365.0
FRESH, GOOD, PAUSE = 0.10, 0.10, 0.75
NEAR_KM = 15.0
FAR = 0.35  # what remains of a service that is far away, beside the same one next door
UNKNOWN_KM = 25.0  # where a service without place stands for the ranking
COMPLETE = 0.3  # what remains of a service that bears hardly anything of the question
ENOUGH = 10
SURE = 0.9
MOST_RARE = np.float32(2.5)
LEVELS = (0.999, 0.85, 0.7, 0.5, 0.34)  # of what the best bears of the question
NAMED = 0.4
RERANKED = 60  # services that are compared by their names too


@dataclass(slots=True)
class Ranked:
    """Places of the services in order, how many there are, and kilometres by place."""

    places: NDArray[np.int64]
    total: int
    distances: Floats | None = None
    meant: list[Token] = field(default_factory=list)


def candidates(shelves: Shelves, with_inactive: bool) -> Bools:
    """The services that may be proposed; with those no longer offered when asked, never those merged in another."""
    return (shelves.flags & (KEPT if with_inactive else OFFERED)).astype(np.bool_)


def score(found: Sequence[Token], posted: Postings, kept: Bools) -> tuple[Floats, Bools]:
    """The score of each service for the words, and which services bear enough of them."""
    shelves = posted.shelves
    present = max(int((shelves.flags & OFFERED).astype(np.bool_).sum()), 1)
    total, borne = np.zeros(shelves.size, np.float32), np.zeros(shelves.size, np.float32)
    asked = np.float32(0)
    for token in found:
        weights = posted.weigh({f"w:{stem}": sure for stem, sure in token.stems.items()})
        exact = {f"w:{stem}" for stem, sure in token.stems.items() if sure >= SURE}
        bearing = posted.any_of(exact) if exact else weights > 0
        services = int(bearing.sum())
        rarity = np.float32(np.log(1 + max(present - services + 0.5, 0.5) / (services + 0.5)))
        total += rarity * weights
        part = min(rarity, MOST_RARE)  # two rare words count alike: which of them is the rarest says little
        borne += part * (weights > 0)
        asked += part
    borne /= max(asked, np.float32(1e-6))
    total *= np.float32(COMPLETE) + np.float32(1 - COMPLETE) * borne
    return total, _enough(borne, kept)


def _enough(borne: Floats, kept: Bools) -> Bools:
    """Services that bear as much of the question as any does; less, down to half of that, while there are not ten."""
    most = float(borne[kept].max(initial=0))
    if most <= 0:
        return np.zeros(len(borne), np.bool_)
    for part in LEVELS:
        enough = borne >= np.float32(most * part)
        if int((kept & enough).sum()) >= ENOUGH:
            break
    return enough


def named(places: Sequence[int], value: Floats, found: Sequence[Token], names: dict[int, str]) -> list[int]:
    """These places by falling value, once those of which the name itself holds the words asked have gained on others."""
    worth = {}
    for place in places:
        stems = {words.stem(word) for word in words.words(names.get(place, ""))}
        held = sum(max((sure for stem, sure in token.stems.items() if stem in stems), default=0.0) for token in found)
        worth[place] = float(value[place]) * (1 + NAMED * held / len(found))
    return sorted(places, key=lambda place: -worth[place])


def prior(shelves: Shelves, today: date) -> Floats:
    """What a service is worth whatever is asked: fresh sheets and complete ones a little more, those paused less."""
    age = np.maximum(today.toordinal() - EPOCH - shelves.checked.astype(np.float32), 0)
    fresh = np.where(shelves.checked > 0, np.exp2(-age / np.float32(FRESH_DAYS)), 0)
    worth = 1 + np.float32(FRESH) * fresh + np.float32(GOOD) * shelves.quality.astype(np.float32) / 100
    return np.where(shelves.flags & PAUSED, worth * np.float32(PAUSE), worth).astype(np.float32)


def nearness(distances: Floats) -> Floats:
    """From 1 next door down to `FAR`."""
    km = np.where(np.isfinite(distances), distances, np.float32(UNKNOWN_KM))
    return (np.float32(FAR) + np.float32(1 - FAR) * np.exp2(-km / np.float32(NEAR_KM))).astype(np.float32)


def first(places: NDArray[np.int64], value: Floats, end: int, names: Callable[[], NDArray[np.bytes_]]) -> list[int]:
    """The first `end` places by falling `value`; those of one value by name, then in the order they were written."""
    if end < len(places):
        bar = np.partition(value[places], len(places) - end)[len(places) - end]
        places = places[value[places] >= bar]
    tied = len(places) > end or len(np.unique(value[places])) < len(places)
    keys = (places, names()[places], -value[places]) if tied else (places, -value[places])
    ordered: list[int] = places[np.lexsort(keys)][:end].tolist()
    return ordered
