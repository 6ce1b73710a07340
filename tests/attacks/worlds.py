"""The programme that is attacked: six MRC of uneven size, eight people of four organizations, two years of work."""

from datetime import date
from typing import Any

from django.core.management import call_command

from maillage.programs.models import Program
from maillage.statistics.models import ProtectionPolicy
from tests.factories import make_division, make_entry, make_member, make_organization, make_program, make_site

START, END = date(2014, 1, 1), date(2015, 12, 31)
SITES = (9, 5, 3, 2, 1, 1)  # of each MRC


def make_world(entries: int = 1_200, *, seed: int = 11, consent: bool = True, **fields: Any) -> Program:
    """The programme with its entries. `consent`: those who work there agreed that their activity be published."""
    region = make_division("region")
    mrcs = [make_division("mrc", parent=region) for _ in SITES]
    program = make_program(start=START, end=END, territory=region, **fields)
    for mrc, count in zip(mrcs, SITES, strict=True):
        for rank in range(count):
            make_site(program, mrc=mrc, tenure=("omh", "coop", "obnl")[rank % 3])
    organizations = [make_organization() for _ in range(4)]
    for rank in range(8):
        make_member(program, ("worker", "outreach")[rank % 2], organization=organizations[rank % 4])
    if consent:
        ProtectionPolicy.objects.create(program=program, consent="Accord de l'équipe.", consent_on=START)
    if entries:
        call_command("synth", "journal", program=program.slug, entries=entries, seed=seed, verbosity=0)
    return program


def one_person(program: Program, **fields: Any) -> None:
    """One entry about somebody whom the attacker looks for."""
    make_entry(program, program.memberships.filter(role="worker").order_by("pk").first(), **fields)
