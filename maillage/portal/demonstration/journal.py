"""Journals that add up to their figures: entries are drawn, then written by the journal's own door."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from maillage.directory.models import TenantBody
from maillage.journal.enums import ContactInitiative, ContactRank, Nature
from maillage.journal.services import EntryDraft, ReferralDraft, log_entries
from maillage.territories.models import Division

from . import codes, notes, referrals
from .agreements import Agreement
from .allotment import choose, share_out
from .figures import Figures
from .offices import Housing
from .scenes import Scene, scenes

PERSONS = ((1, 2, 3, 4, 5, 6), (0.7, 0.17, 0.07, 0.035, 0.015, 0.01))
SHORT = ((10, 15, 20, 30, 45, 60, 75, 90, 120), (0.06, 0.13, 0.13, 0.26, 0.18, 0.14, 0.04, 0.04, 0.02))
LONG = ((45, 60, 90, 120, 150, 180, 240), (0.08, 0.18, 0.26, 0.24, 0.09, 0.1, 0.05))


@dataclass(frozen=True, slots=True)
class Region:
    """What the journals of the region share."""

    housing: Housing
    mrcs: Sequence[Division]
    associations: Mapping[int, TenantBody]
    resources: referrals.Resources


@dataclass(frozen=True, slots=True)
class Plan:
    """For each entry, by its place: the scene and what totals hang on."""

    scenes: list[Scene]
    individual: set[int]
    young: set[int]
    groups: list[tuple[str, ...]]
    persons: dict[int, int]
    referrals: dict[int, tuple[ReferralDraft, ...]]
    referred: dict[int, int]
    kinds: dict[int, str]


def load(actor: Any, region: Region, agreement: Agreement, figures: Figures, end: date) -> int:
    """Write the journal of an agreement, from its start to `end`; give how many entries."""
    plan = _plan(figures, region, agreement, end)
    draw = random.Random(figures.seed + 1)
    drafts = list(_drafts(draw, plan, region.associations))
    return len(log_entries(actor=actor, program=agreement.program, drafts=drafts))


def _plan(figures: Figures, region: Region, agreement: Agreement, end: date) -> Plan:
    draw = random.Random(figures.seed + 2)
    found = scenes(figures, region.housing, agreement.team, region.mrcs, agreement.program.start, end)
    individual = choose(draw, [_individual_leaning(scene) for scene in found], round(figures.individual * len(found)))
    young = choose(draw, [_young_leaning(scene) for scene in found], round(figures.youth_family * len(found)))
    groups = [codes.groups(draw, scene, place in young) for place, scene in enumerate(found)]
    persons = {place: draw.choices(*PERSONS)[0] for place in sorted(individual)}
    referred = referrals.persons_referred(draw, figures.referred, persons, found)
    collective = [place for place in range(len(found)) if place not in individual]
    leanings = [_kind_leaning(found[place], region.associations) for place in collective]
    kinds = dict(zip(collective, share_out(draw, figures.collective_kind, leanings), strict=True))
    lines = referrals.load(draw, figures, referred, found, groups, region.resources)
    return Plan(found, individual, young, groups, persons, lines, referred, kinds)


def _individual_leaning(scene: Scene) -> float:
    return (0.35 if scene.is_outreach else 0.0) - (0.5 if scene.tenure == "coop" else 0.0) - 0.3 * scene.time


def _young_leaning(scene: Scene) -> float:
    families = 1.5 if scene.has_families else -1.1
    return families + (1.3 if scene.is_outreach else 0.0) + (0.4 if scene.is_targeted else 0.0) + 0.4 * scene.time


def _kind_leaning(scene: Scene, associations: Mapping[int, TenantBody]) -> dict[str, float]:
    has_association = scene.site is not None and scene.site.pk in associations
    return {"tenant_association": 2.2 if has_association else -1.0 if scene.site else -4.0}


def _drafts(draw: random.Random, plan: Plan, associations: Mapping[int, TenantBody]) -> Iterator[EntryDraft]:
    for place, scene in enumerate(plan.scenes):
        if place in plan.individual:
            yield _individual(draw, plan, place, scene)
        else:
            yield _collective(draw, plan, place, scene, associations)


def _individual(draw: random.Random, plan: Plan, place: int, scene: Scene) -> EntryDraft:
    lines = plan.referrals.get(place, ())
    tells_contact = scene.is_outreach or draw.random() < 0.3
    has_success = draw.random() < (0.26 if scene.is_outreach else 0.08)
    return EntryDraft(
        worker_id=scene.worker.pk,
        date=scene.day,
        nature=Nature.INDIVIDUAL,
        site_id=scene.site.pk if scene.site else None,
        mrc_id=None if scene.site else scene.mrc.pk,
        persons=plan.persons[place],
        persons_referred=plan.referred.get(place, 0),
        referrals=lines,
        minutes=draw.choices(*SHORT)[0],
        terms=codes.terms(
            actions=codes.actions(draw, True, *(["referral"] if lines else [])),
            groups=plan.groups[place],
            themes=codes.themes(draw, place in plan.young),
            axes=codes.axes(draw, True, scene.is_outreach),
            successes=tuple(codes.SUCCESSES.several(draw, 1)) if has_success else (),
        ),
        contact_place=codes.place(draw, scene, True),
        contact_rank=_rank(draw, scene) if tells_contact else "",
        contact_initiative=_initiative(draw, scene) if tells_contact else "",
        note=notes.write(draw, scene, "", bool(lines)),
    )


def _rank(draw: random.Random, scene: Scene) -> str:
    """First contacts thin out as trust settles."""
    return ContactRank.FIRST if draw.random() < 0.46 - 0.26 * scene.time else ContactRank.RETURNING


def _initiative(draw: random.Random, scene: Scene) -> str:
    worker = 0.55 - 0.2 * scene.time if scene.is_outreach else 0.3
    odds = (worker, 0.85 - worker, 0.15)
    return draw.choices((ContactInitiative.WORKER, ContactInitiative.PERSON, ContactInitiative.PARTNER), odds)[0]


def _collective(
    draw: random.Random, plan: Plan, place: int, scene: Scene, associations: Mapping[int, TenantBody]
) -> EntryDraft:
    kind = plan.kinds[place]
    participants = max(2, min(90, round(draw.lognormvariate(2.15, 0.55))))
    returning = round(participants * draw.uniform(0.1, 0.7)) if draw.random() < 0.42 else 0
    body = associations.get(scene.site.pk) if scene.site and kind == "tenant_association" else None
    forced = ("committee_support",) if kind == "tenant_association" else ()
    return EntryDraft(
        worker_id=scene.worker.pk,
        date=scene.day,
        nature=Nature.COLLECTIVE,
        site_id=scene.site.pk if scene.site else None,
        mrc_id=None if scene.site else scene.mrc.pk,
        persons=participants,
        collective_kind=kind,
        participants=participants,
        participations=participants + returning,
        tenant_body_id=body.pk if body else None,
        minutes=draw.choices(*LONG)[0],
        terms=codes.terms(
            actions=codes.actions(draw, False, *forced),
            groups=plan.groups[place],
            themes=codes.themes(draw, place in plan.young),
            axes=codes.axes(draw, False, scene.is_outreach),
        ),
        contact_place=codes.place(draw, scene, False),
        note=notes.write(draw, scene, kind, refers=False),
    )
