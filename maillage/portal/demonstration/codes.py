"""Weights of the codes that an invented entry bears: actions, groups, themes, axes, places, successes."""

import random

from maillage.programs.enums import VocabularyKind as V

from .allotment import Wheel
from .scenes import Scene

INDIVIDUAL_ACTIONS = Wheel(
    {"psychosocial": 0.3, "accompaniment": 0.2, "welcome": 0.15, "conflict": 0.14, "crisis": 0.06, "lease": 0.05}
)
COLLECTIVE_ACTIONS = Wheel({"community_organizing": 0.68, "committee_support": 0.14, "welcome": 0.1, "conflict": 0.08})
OTHER_GROUPS = {"senior": 0.5, "single": 0.24, "disability": 0.09, "newcomer": 0.07, "other": 0.1}
YOUNG_GROUPS = Wheel({("youth",): 0.3, ("family",): 0.45, ("youth", "family"): 0.17, ("youth_family",): 0.08})
MANY_THEMES = {
    "neighbours": 0.12,
    "isolation": 0.12,
    "mental_health": 0.1,
    "food": 0.09,
    "leisure": 0.09,
    "budget": 0.07,
    "participation": 0.07,
    "housing": 0.06,
    "health": 0.06,
    "rights": 0.05,
    "transport": 0.03,
    "safety": 0.04,
    "grief": 0.02,
    "substance": 0.03,
    "violence": 0.015,
    "intercultural": 0.02,
    "intergenerational": 0.035,
}
YOUNG_THEMES = Wheel({**MANY_THEMES, "parenting": 0.17, "school": 0.14, "leisure": 0.16, "employment": 0.06})
OTHER_THEMES = Wheel({**MANY_THEMES, "isolation": 0.2, "health": 0.15, "grief": 0.05, "intergenerational": 0.05})
INDIVIDUAL_AXES = {"DSS": 0.56, "DCL": 0.22, "SOM": 0.16, "RPD": 0.19}
COLLECTIVE_AXES = {"DCL": 0.63, "SOM": 0.41, "DSS": 0.31, "RPD": 0.13}
AT_HOME = Wheel(
    {
        "dwelling": 0.33,
        "phone": 0.17,
        "common_room": 0.15,
        "entrance": 0.12,
        "office": 0.11,
        "outdoors": 0.09,
        "online": 0.03,
    }
)
OUTREACH_AT_HOME = Wheel(
    {"entrance": 0.24, "outdoors": 0.22, "dwelling": 0.2, "common_room": 0.2, "park": 0.08, "phone": 0.06}
)
ELSEWHERE = Wheel(
    {"youth_centre": 0.24, "park": 0.2, "food_bank": 0.2, "school": 0.17, "organization": 0.14, "other": 0.05}
)
TOGETHER = Wheel(
    {"common_room": 0.62, "outdoors": 0.11, "organization": 0.1, "school": 0.06, "park": 0.06, "online": 0.02}
)
SUCCESSES = Wheel(
    {
        "asked_help": 0.2,
        "reached_service": 0.18,
        "first_activity": 0.17,
        "mutual_help": 0.14,
        "conflict_eased": 0.1,
        "congratulated": 0.08,
        "joined_group": 0.08,
        "school_results": 0.05,
    }
)
COUNTS = (1, 1, 1, 2, 2, 3)


def groups(draw: random.Random, scene: Scene, is_young: bool) -> tuple[str, ...]:
    """Groups reached: some youth or family code when `is_young`, never otherwise, and others with it at times."""
    seniors = 0.15 if scene.has_families else 0.4
    weights = {**OTHER_GROUPS, "senior": OTHER_GROUPS["senior"] + seniors}
    if not is_young:
        return tuple(Wheel(weights).several(draw, draw.choice((1, 1, 1, 2))))
    young = YOUNG_GROUPS.turn(draw)
    return (*young, *Wheel(weights).several(draw, 1)) if draw.random() < 0.22 else young


def themes(draw: random.Random, is_young: bool) -> tuple[str, ...]:
    """One to three themes."""
    return tuple((YOUNG_THEMES if is_young else OTHER_THEMES).several(draw, draw.choice(COUNTS)))


def axes(draw: random.Random, is_individual: bool, is_outreach: bool) -> tuple[str, ...]:
    """One axis or more: an action often crosses several."""
    odds = INDIVIDUAL_AXES if is_individual else COLLECTIVE_AXES
    found = [code for code, odd in odds.items() if draw.random() < odd + (0.06 if is_outreach else 0.0)]
    return tuple(found) or (draw.choices(list(odds), list(odds.values()))[0],)


def place(draw: random.Random, scene: Scene, is_individual: bool) -> str:
    """Where people met."""
    if scene.site is None:
        return ELSEWHERE.turn(draw)
    if not is_individual:
        return TOGETHER.turn(draw)
    return (OUTREACH_AT_HOME if scene.is_outreach else AT_HOME).turn(draw)


def actions(draw: random.Random, is_individual: bool, *forced: str) -> tuple[str, ...]:
    """One or two actions of the frame, and those that the rest of the entry implies."""
    wheel = INDIVIDUAL_ACTIONS if is_individual else COLLECTIVE_ACTIONS
    several = wheel.several(draw, draw.choice((1, 1, 2)))
    return tuple(dict.fromkeys([*forced, *several]))[:3]


def terms(**codes: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Codes by vocabulary, as a draft takes them, empty ones left out."""
    kinds = {"actions": V.ACTION, "groups": V.GROUP, "themes": V.THEME, "axes": V.AXIS, "successes": V.SUCCESS}
    return {str(kinds[name].value): found for name, found in codes.items() if found}
