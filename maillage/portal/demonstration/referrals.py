"""Referrals of a journal: their number, destinations and needs add up to the figures."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maillage.directory.models import Organization
from maillage.journal.services import ReferralDraft

from .allotment import Wheel, share_out
from .figures import Figures
from .partners import CSSS_OF_MRC
from .scenes import Scene

KINDS = Wheel({"information": 0.5, "accompanied": 0.21, "joint_call": 0.17, "transferred": 0.12})
KNOWN_ORGANIZATION = 0.62


@dataclass(frozen=True, slots=True)
class Resources:
    """Organizations to which people are referred: establishments by key, community resources by MRC and need."""

    partners: Mapping[str, Organization]
    community: Mapping[tuple[int, str], Organization]

    def pick(self, draw: random.Random, scene: Scene, family: str, need: str) -> int | None:
        """The organization of a referral, when the worker wrote it."""
        if draw.random() > KNOWN_ORGANIZATION:
            return None
        if family == "health":
            return self.partners[CSSS_OF_MRC[scene.mrc.code]].pk
        found = self.community.get((scene.mrc.pk, need))
        return found.pk if found else None


def persons_referred(
    draw: random.Random, share: float, persons: Mapping[int, int], scenes: Sequence[Scene]
) -> dict[int, int]:
    """How many persons each individual entry refers: their sum is exactly `share` of the persons met."""
    left = round(share * sum(persons.values()))
    places = list(persons)
    order = choose_order(draw, [0.35 if scenes[place].is_outreach else 0.0 for place in places])
    found: dict[int, int] = {}
    for position in order:
        if not left:
            break
        place = places[position]
        met = persons[place]
        referred = met if draw.random() < 0.72 else draw.randint(1, met)
        found[place] = min(referred, left)
        left -= found[place]
    return found


def choose_order(draw: random.Random, leaning: Sequence[float]) -> list[int]:
    """All places, at random, those with a high leaning sooner."""
    keys = {place: value + draw.gauss(0, 1) for place, value in enumerate(leaning)}
    return sorted(keys, key=keys.__getitem__, reverse=True)


def load(
    draw: random.Random,
    figures: Figures,
    referred: Mapping[int, int],
    scenes: Sequence[Scene],
    groups: Sequence[tuple[str, ...]],
    resources: Resources,
) -> dict[int, tuple[ReferralDraft, ...]]:
    """The referrals of each entry that refers somebody."""
    lines = [place for place in referred for _ in range(draw.choices((1, 2, 3), (0.78, 0.18, 0.04))[0])]
    families = share_out(draw, figures.destination, [_leaning(groups[place]) for place in lines])
    needs = _needs(draw, figures, lines, families, groups)
    found: dict[int, list[ReferralDraft]] = {}
    for place, destination, need in zip(lines, families, needs, strict=True):
        # The first referral of an entry concerns everybody referred; the next ones, some of them.
        known = found.setdefault(place, [])
        persons = referred[place] if not known else draw.randint(1, referred[place])
        known.append(
            ReferralDraft(
                destination=destination,
                need=need,
                kind=KINDS.turn(draw),
                persons=persons,
                organization_id=resources.pick(draw, scenes[place], destination, need),
            )
        )
    return {place: tuple(known) for place, known in found.items()}


def _leaning(groups: tuple[str, ...]) -> dict[str, float]:
    is_senior = "senior" in groups
    return {"health": 0.5 if is_senior else 0.0, "education": 0.8 if "youth" in groups else 0.0}


def _needs(
    draw: random.Random,
    figures: Figures,
    lines: Sequence[int],
    families: Sequence[str],
    groups: Sequence[tuple[str, ...]],
) -> list[str]:
    found: dict[int, str] = {}
    for family, shares in figures.needs.items():
        mine = [i for i, destination in enumerate(families) if _family(destination) == family]
        leanings = [_need_leaning(groups[lines[i]]) for i in mine]
        found.update(zip(mine, share_out(draw, shares, leanings), strict=True))
    return [found[i] for i in range(len(lines))]


def _family(destination: str) -> str:
    return destination if destination in ("health", "community") else ""


def _need_leaning(groups: tuple[str, ...]) -> dict[str, float]:
    if "senior" in groups:
        return {"senior_autonomy": 3.0, "home_support": 1.2, "transport": 0.6}
    if {"family", "youth"} & set(groups):
        return {"youth_services": 1.6, "parenting": 1.5, "senior_autonomy": -1.5}
    return {}
