"""What the journal's synchronisation is measured on: an invented programme of two years, twenty workers, 300 organizations."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.models import Organization
from maillage.journal.models import Device
from maillage.journal.sync.pen import Pen
from maillage.journal.sync.sealing import sealing_key
from maillage.programs import synthetic
from maillage.programs.enums import Role
from maillage.programs.models import Membership, Program
from maillage.programs.synthetic import SLUG, role_of

__all__ = ["SLUG", "enrol", "make", "team"]
WORKERS, ORGANIZATIONS = 20, 300


@transaction.atomic
def make() -> Program:
    """The programme, without entries."""
    program = synthetic.make(timezone.localdate() - timedelta(days=730))
    Organization.objects.bulk_create(Organization(name=f"Organisme inventé {n}") for n in range(ORGANIZATIONS))
    team = User.objects.bulk_create(
        User(email=f"personne{n}@exemple.invalid", full_name=f"Personne {n}") for n in range(WORKERS)
    )
    Membership.objects.bulk_create(
        Membership(
            program=program,
            user=user,
            label=user.full_name,
            role=Role.COORDINATOR if n == 0 else role_of(n),
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
