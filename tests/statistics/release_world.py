"""A small programme with enough entries for a release: two MRC, eight workers of as many organizations."""

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

from maillage.programs.models import Program
from maillage.statistics.models import ProtectionPolicy
from tests.factories import make_entry, make_member, make_organization, make_program, make_site

AXES, THEMES, GROUPS = ("SOM", "DCL", "DSS", "RPD"), ("food", "grief", "violence"), ("youth", "family", "senior")


def make_world(
    entries: int = 150, seed: int = 1, *, consent: bool = False, years: Sequence[int] = (2013, 2014), **fields: Any
) -> Program:
    """A programme of 2013 to 2015 whose entries, of `years`, are drawn with `seed`."""
    program = make_program(**{"end": date(2015, 12, 31), **fields})
    draw = random.Random(seed)
    sites = [
        make_site(program, mrc=mrc, tenure=tenure)
        for mrc in program.territory.children.order_by("code")
        for tenure in ("omh", "coop")
    ]
    workers = [make_member(program, organization=make_organization()) for _ in range(8)]
    for _ in range(entries):
        make_entry(program, draw.choice(workers), site=draw.choice(sites), **_fields(draw, years))
    if consent:
        ProtectionPolicy.objects.create(
            program=program, consent="Accord de toute l'équipe.", consent_on=date(2013, 1, 1)
        )
    return program


def _fields(draw: random.Random, years: Sequence[int]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "date": date(draw.choice(years), draw.randint(1, 12), draw.randint(1, 28)),
        "persons": draw.randint(1, 4),
        "axes": draw.sample(AXES, draw.randint(0, 3)),
        "themes": draw.sample(THEMES, draw.randint(0, 2)),
        "groups": draw.sample(GROUPS, draw.randint(0, 2)),
        "contact_place": draw.choice(["dwelling", "park", None]),
    }
    if draw.random() < 0.4:
        destination, need = draw.choice(["health", "community", "other", "municipal"]), draw.choice(["food", "budget"])
        fields |= {"referrals": [{"destination": destination, "need": need}], "persons_referred": 1}
    if draw.random() < 0.3:
        kind = draw.choice(["group_project", "other"])
        fields |= {"nature": "collective", "collective_kind": kind, "participations": draw.randint(0, 20)}
    return fields
