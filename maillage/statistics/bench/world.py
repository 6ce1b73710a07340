"""An invented programme to measure on: a region of ten MRC, 136 sites, twenty workers, the shipped coding frame."""

from datetime import date

from django.db import transaction

from maillage.core.actor import PRODUCT
from maillage.programs.enums import Role
from maillage.programs.models import Membership, Program, ProgramSite, SupportHours
from maillage.programs.services.frames import create_frame
from maillage.territories.enums import Level
from maillage.territories.models import Division, HousingSite

SLUG = "mesure"
TENURES = ("omh",) * 17 + ("obnl", "obnl", "coop")


@transaction.atomic
def make() -> Program:
    """The programme, without entries."""
    region = Division.objects.create(level=Level.REGION, code="12", name="Région inventée")
    divisions = [
        Division.objects.create(level=Level.MRC, code=f"{10 + n}0", name=f"MRC inventée {n}", parent=region)
        for n in range(10)
    ]
    program = Program.objects.create(
        slug=SLUG,
        name="Programme de mesure",
        start=date(2013, 1, 1),
        end=date(2016, 12, 31),
        territory=region,
        frame=create_frame(actor=PRODUCT, name="Cadre de mesure"),
    )
    for n in range(136):
        site = HousingSite.objects.create(
            reference=f"mesure-{n:03d}", name=f"Milieu {n}", tenure=TENURES[n % 20], mrc=divisions[n * 7 % 10]
        )
        ProgramSite.objects.create(program=program, site=site, is_served=True, is_targeted=n < 6)
    for n in range(20):
        role = Role.OUTREACH if n % 5 == 4 else Role.WORKER
        Membership.objects.create(program=program, label=f"Intervenant·e {n}", role=role)
    for division in divisions:
        SupportHours.objects.create(program=program, division=division, role=Role.WORKER, hours_per_week=16)
    return program
