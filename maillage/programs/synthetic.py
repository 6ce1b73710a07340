"""An invented programme to measure on: a region of ten MRC, 136 sites of which six are targeted, the shipped coding frame."""

from datetime import date

from maillage.core.actor import PRODUCT
from maillage.programs.enums import Role
from maillage.programs.models import Program, ProgramSite
from maillage.programs.services.frames import create_frame
from maillage.territories.enums import Level
from maillage.territories.models import Division, HousingSite

SLUG = "mesure"
MRCS, SITES = 10, 136
TENURES = ("omh",) * 17 + ("obnl", "obnl", "coop")


def make(start: date, end: date | None = None) -> Program:
    """The programme between these days, with its region and its sites, without a team."""
    region = Division.objects.create(level=Level.REGION, code="12", name="Région inventée")
    divisions = [
        Division.objects.create(level=Level.MRC, code=f"{10 + n}0", name=f"MRC inventée {n}", parent=region)
        for n in range(MRCS)
    ]
    program = Program.objects.create(
        slug=SLUG,
        name="Programme de mesure",
        start=start,
        end=end,
        territory=region,
        frame=create_frame(actor=PRODUCT, name="Cadre de mesure"),
    )
    sites = HousingSite.objects.bulk_create(
        HousingSite(
            reference=f"mesure-{n:03d}", name=f"Milieu {n}", tenure=TENURES[n % 20], mrc=divisions[n * 7 % MRCS]
        )
        for n in range(SITES)
    )
    ProgramSite.objects.bulk_create(
        ProgramSite(program=program, site=site, is_served=True, is_targeted=n < 6) for n, site in enumerate(sites)
    )
    return program


def role_of(n: int) -> Role:
    """The part of the `n`th person who writes in it: one in five does outreach."""
    return Role.OUTREACH if n % 5 == 4 else Role.WORKER
