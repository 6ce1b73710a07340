"""An invented programme to measure on: a region of ten MRC, 136 sites, twenty workers, 300 organizations, the shipped
coding frame."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.core.actor import PRODUCT
from maillage.directory.models import Organization
from maillage.journal.models import Device
from maillage.journal.sync.pen import Pen
from maillage.journal.sync.sealing import sealing_key
from maillage.programs.enums import Role
from maillage.programs.models import Membership, Program, ProgramSite
from maillage.programs.services.frames import create_frame
from maillage.territories.enums import Level
from maillage.territories.models import Division, HousingSite

SLUG = "mesure"
WORKERS, SITES, ORGANIZATIONS = 20, 136, 300
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
        start=timezone.localdate() - timedelta(days=730),
        territory=region,
        frame=create_frame(actor=PRODUCT, name="Cadre de mesure"),
    )
    sites = HousingSite.objects.bulk_create(
        HousingSite(reference=f"mesure-{n:03d}", name=f"Milieu {n}", tenure=TENURES[n % 20], mrc=divisions[n * 7 % 10])
        for n in range(SITES)
    )
    ProgramSite.objects.bulk_create(
        ProgramSite(program=program, site=site, is_served=True, is_targeted=n < 6) for n, site in enumerate(sites)
    )
    Organization.objects.bulk_create(Organization(name=f"Organisme inventé {n}") for n in range(ORGANIZATIONS))
    team = User.objects.bulk_create(
        User(email=f"personne{n}@exemple.invalid", full_name=f"Personne {n}") for n in range(WORKERS)
    )
    Membership.objects.bulk_create(
        Membership(
            program=program,
            user=user,
            label=user.full_name,
            role=Role.COORDINATOR if n == 0 else Role.OUTREACH if n % 5 == 4 else Role.WORKER,
        )
        for n, user in enumerate(team)
    )
    return program


def team() -> list[User]:
    """Those who write in the programme."""
    return list(User.objects.filter(memberships__program__slug=SLUG).order_by("id"))


def enrol(person: User, *, sealed: bool, pen: Pen | None = None, device: UUID | None = None) -> Pen:
    """A device of `person`, known to the journal; with the key of `pen` when one is given."""
    made = pen or Pen(recipient=sealing_key() if sealed else None)
    Device.objects.create(uid=device or made.device, user=person, public_key=made.public_key, label="Mesure")
    return made
