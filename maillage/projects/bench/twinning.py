"""`maillage bench jumelage`: what it takes to group the sites of a region, and what it spares beside a grouping made by hand.

Ten regions of 85 sites are invented: sites stand in towns, a few persons are interested in each, most can receive; an activity takes 8 to
15 persons who go at most 30 km. Each gives about twenty groups, so about twenty shared activities.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _

from maillage.core.benchmarks import Measure
from maillage.projects.twinning import Answer, Place, Question, greedy, in_straight_line, solve

ENTRIES = 85
REGIONS = 10
TOWNS = 40
BAR = 5.0  # seconds
SOUTH_WEST = (45.6, -71.6)
HIGH, WIDE = 1.0, 1.6  # degrees: about 110 by 125 km
LEAST, MOST, LIMIT = 8, 15, 30.0
INTERESTED = (1, 5)


@dataclass(frozen=True, slots=True)
class Region:
    """What one region came to."""

    clock: float
    work: float
    answer: Answer
    by_hand: Answer


def run(entries: int, say: Callable[[str], object]) -> list[Measure]:
    """All the rows."""
    found = []
    for number in range(REGIONS):
        say(_("Région %(number)d : %(sites)d milieux") % {"number": number + 1, "sites": entries})
        found.append(_region(region(number, entries)))
    served = [sum(one.served for one in answers) for answers in _both(found)]
    far = [
        sum(one.travel for one in answers) / 10 / people for answers, people in zip(_both(found), served, strict=True)
    ]
    return [
        Measure("un jumelage, médiane", median(one.clock for one in found), "s", "à ne pas dépasser", BAR),
        Measure("un jumelage, le plus long", max(one.clock for one in found), "s", "à ne pas dépasser", BAR),
        Measure("… en temps de processeur, le plus long", max(one.work for one in found), "s"),
        Measure("groupes, médiane", median(len(one.answer.groups) for one in found), ""),
        Measure(f"prouvés, sur {REGIONS}", sum(one.answer.proven for one in found), ""),
        Measure("personnes placées", served[0], "p", "de proche en proche", served[1]),
        Measure("trajet par personne placée", far[0], "km", "de proche en proche", far[1]),
    ]


def region(seed: int, sites: int) -> Question:
    """An invented region."""
    draw = random.Random(seed)  # noqa: S311
    towns = [(SOUTH_WEST[0] + draw.random() * HIGH, SOUTH_WEST[1] + draw.random() * WIDE) for _town in range(TOWNS)]
    points = {}
    for key in range(sites):
        town = draw.choice(towns)
        points[key] = (town[0] + draw.gauss(0, 0.01), town[1] + draw.gauss(0, 0.015))
    places = tuple(Place(key, draw.randint(*INTERESTED), draw.random() < 0.6) for key in points)
    return Question(places, LEAST, MOST, LIMIT, in_straight_line(points, LIMIT))


def _region(question: Question) -> Region:
    clock, work = time.perf_counter(), time.process_time()
    answer = solve(question, seconds=60.0)
    return Region(time.perf_counter() - clock, time.process_time() - work, answer, greedy(question))


def _both(found: list[Region]) -> tuple[list[Answer], list[Answer]]:
    return [one.answer for one in found], [one.by_hand for one in found]
