"""What the groups of the region stand on: its programme, its territories, and invented persons to seat."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from maillage.accounts.models import User
from maillage.directory.models import Organization
from maillage.portal.demonstration import names
from maillage.programs.models import Program
from maillage.territories.enums import Level
from maillage.territories.models import Division

from .past import Seat


@dataclass(frozen=True, slots=True)
class Region:
    """What the groups stand on."""

    users: Mapping[str, User]
    program: Program
    divisions: Mapping[str, Division]
    partners: Sequence[Organization]
    today: date

    @property
    def coordinator(self) -> User:
        """Who coordinates the agreement."""
        return self.users["coordination"]

    def mrc(self, name: str) -> Division:
        """The MRC of that name."""
        return next(one for key, one in self.divisions.items() if key.startswith(f"{Level.MRC}:") and one.name == name)


def seats(number: int, seed: int, organizations: Sequence[Organization], capacity: str = "") -> list[Seat]:
    """As many invented persons, for these organizations in turn; for none, in their own voice."""
    drawn = names.people(number, seed)
    start = date(2022, 9, 1)
    if not organizations:
        return [Seat(name, None, capacity, start=start) for name in drawn]
    return [
        Seat(name, organizations[place % len(organizations)], capacity, start=start) for place, name in enumerate(drawn)
    ]


def around(region: Region, mrc: Division, number: int) -> list[Organization]:
    """Organizations that work in this MRC, then those of the whole region."""
    there = list(Organization.objects.filter(division=mrc).active().order_by("id")[: number * 2])
    rest = [one for one in region.partners if one not in there]
    return random.Random(mrc.pk).sample(there, min(len(there), number - 2)) + rest[: max(2, number - len(there))]


def known(user: User) -> dict[str, str]:
    """An account, as whoever seats its person says it."""
    return {"name": user.full_name, "email": user.email}


def point_of(mrc: Division) -> tuple[float, float] | None:
    """Somewhere in the MRC: where its largest municipality is."""
    place = Division.objects.filter(parent=mrc, latitude__isnull=False).order_by("-population", "id").first()
    return (place.latitude, place.longitude) if place else None
