"""From a twinning's sites to what is proposed: the question put to the solver, and its answer as it is kept."""

from collections.abc import Sequence
from math import inf
from typing import Any

from .enums import TravelUnit
from .models import Road, Twinning, TwinningSite
from .twinning import Grouping, Place, Question, by_roads, greedy, in_straight_line, left_out, solve
from .twinning.question import STEP, Travel
from .twinning.reasons import told_number


def proposal_of(twinning: Twinning, lines: Sequence[TwinningSite], seconds: float) -> dict[str, Any]:
    """The best groupings of these sites, those made by hand beside, and who is left out with the reason; as JSON.

    Travel is in tenths of the unit, of all the persons of a site together except where `each` says otherwise.
    """
    question, unknown, every = question_of(twinning, lines)
    answer, by_hand = solve(question, seconds), greedy(question)
    out = left_out(question, answer, unknown)
    return {
        "unit": unit_of(twinning),
        "roads": twinning.matrix.name if twinning.matrix else "",
        "asked": question.asked,
        "sites": len(lines),
        "served": answer.served,
        "travel": answer.travel,
        "proven": answer.proven,
        "most_served": answer.most_served,
        "least_travel": answer.least_travel,
        "hand": {"served": by_hand.served, "travel": by_hand.travel, "groups": len(by_hand.groups)},
        "groups": [_group(question, group) for group in answer.groups],
        "left": [
            [key, question.by_key[key].interested, str(reason), told_number(question, key, reason, every)]
            for key, reason in out.items()
        ],
    }


def unit_of(twinning: Twinning) -> str:
    """In what a twinning measures travel: the unit of its table of roads, kilometres without one."""
    return str(twinning.matrix.unit if twinning.matrix else TravelUnit.KM)


def question_of(twinning: Twinning, lines: Sequence[TwinningSite]) -> tuple[Question, set[int], Travel]:
    """What is asked of the solver, the sites of which nobody knows where they are, and every way known, however long."""
    keys = [line.site_id for line in lines]
    if twinning.matrix_id:
        rows = Road.objects.filter(matrix=twinning.matrix_id, start__in=keys, end__in=keys).order_by("id")
        roads = {(start, end): travel for start, end, travel in rows.values_list("start_id", "end_id", "travel")}
        known = {key for pair in roads for key in pair}
        every = by_roads(roads, inf)
    else:
        points = {
            line.site_id: (line.site.latitude, line.site.longitude)
            for line in lines
            if line.site.latitude is not None and line.site.longitude is not None
        }
        known = set(points)
        every = in_straight_line(points, inf)
    travel = {pair: far for pair, far in every.items() if far <= twinning.most_travel}
    places = tuple(Place(line.site_id, line.interested, line.can_host) for line in lines)
    return Question(places, twinning.least, twinning.most, twinning.most_travel, travel), set(keys) - known, every


def _group(question: Question, group: Grouping) -> dict[str, Any]:
    people = question.by_key
    each = [
        [key, people[key].interested, round(question.travel[key, group.host] * STEP) if key != group.host else 0]
        for key in group.places
    ]
    return {
        "host": group.host,
        "people": group.people,
        "travel": group.travel,
        "other": _other_host(question, group),
        "sites": each,
    }


def _other_host(question: Question, group: Grouping) -> list[int] | None:
    """Who else could receive them all, and what they would travel: shows why the host is the one proposed."""
    others = [
        [sum(question.reach[key][place] for place in group.places), key]
        for key in group.places
        if key != group.host and all(place in question.reach.get(key, {}) for place in group.places)
    ]
    return min(others)[::-1] if others else None
