"""The groups of the demonstration: a community of practice, local teams with their tenants, committees, regional meetings.

Everybody in them is invented.
"""

from collections.abc import Mapping
from datetime import date

from maillage.accounts.models import User
from maillage.directory.models import Organization
from maillage.programs.models import Program
from maillage.territories.models import Division

from . import community, ground, region


def load(
    users: Mapping[str, User],
    program: Program,
    divisions: Mapping[str, Division],
    partners: Mapping[str, Organization],
    today: date,
) -> None:
    """Open the groups of the agreement under way and of the two other programmes, and write their year."""
    community.load(users, today)
    found = ground.Region(users, program, divisions, [one for one in partners.values() if not one.closed_on], today)
    region.load(found)
