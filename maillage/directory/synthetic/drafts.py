"""Invented services drawn at random: the same seed gives the same directory."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from maillage.directory.enums import Fee

from .names import FOR, MANNERS, ORGANIZATIONS
from .phrases import PHRASES

UNSAID = 0.2  # of the sheets do not bear the term of what they offer
LANGUAGES = (("fr",), ("fr", "en"), ("fr", "es"), ("fr", "ar"), ("fr", "en", "es"))
ACCESS = ("wheelchair", "step_free", "lift", "reserved_parking", "public_transport")
MODES = ("in_person", "phone", "walk_in", "appointment", "home", "online")
WEEKS = (("MO,TU,WE,TH,FR", 9, 17), ("MO,TU,WE,TH", 8, 16), ("TU,TH", 13, 20), ("WE", 9, 12), ("SA,SU", 10, 15))


@dataclass(frozen=True, slots=True)
class Place:
    """Where invented services stand: a municipality, its name and its point."""

    division: int
    name: str
    mrc: int | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An invented service. `needs` is what it is for; `said` the needs of which its sheet bears the term."""

    name: str
    organization: str
    place: Place
    description: str = ""
    process: str = ""
    needs: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    clienteles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    fee: str = ""
    area: int | None = None
    days: str = ""
    opens: int = 0
    closes: int = 0
    checked_on: date | None = None
    quality: int = 0


def drafts(places: Sequence[Place], number: int, seed: int, today: date) -> Iterator[Draft]:
    """`number` services in these places."""
    draw = random.Random(seed)
    weights = [1 / (rank + 4) ** 0.5 for rank in range(len(places))]
    spread = draw.sample(list(places), len(places))
    for place in draw.choices(spread, weights, k=number):
        yield _draft(draw, place, today)


def _draft(draw: random.Random, place: Place, today: date) -> Draft:
    need = draw.choice(list(PHRASES))
    names, sentences = PHRASES[need]
    clientele = draw.choice([*FOR, "everyone", "low_income"])
    name = draw.choice(names)
    if draw.random() < 0.5:
        name = f"{name} de {place.name}"
    said = draw.sample(sentences, min(len(sentences), draw.choice((1, 2, 2))))
    days, opens, closes = draw.choice(WEEKS) if draw.random() < 0.8 else ("", 0, 0)
    point = (place.latitude, place.longitude)
    near = [value + draw.uniform(-0.02, 0.02) if value is not None else None for value in point]
    return Draft(
        name=name,
        organization=draw.choice(ORGANIZATIONS).format(place=place.name),
        place=Place(place.division, place.name, place.mrc, near[0], near[1]),
        description=" ".join([*said, FOR[clientele]]),
        process=draw.choice(MANNERS),
        needs=(need,),
        said=() if draw.random() < UNSAID else (need,),
        clienteles=(clientele,),
        languages=draw.choice(LANGUAGES) if draw.random() < 0.7 else (),
        access=tuple(draw.sample(ACCESS, draw.choice((0, 1, 2)))),
        modes=tuple(draw.sample(MODES, draw.choice((1, 2)))),
        fee=draw.choices(["", Fee.FREE, Fee.SLIDING, Fee.PAID], [3, 4, 2, 1])[0],
        area=draw.choice((place.mrc, place.division, None)),
        days=days,
        opens=opens,
        closes=closes,
        checked_on=today - timedelta(days=int(draw.expovariate(1 / 200))) if draw.random() < 0.8 else None,
        quality=draw.randint(30, 100),
    )
