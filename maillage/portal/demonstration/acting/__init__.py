"""What the demonstration does about needs: the nine supported projects, plans, money, twinning and vigilance, Shawinigan, Centre-Sud.

Published figures are those of the sources; persons, dates and the rest are invented.
"""

from collections.abc import Mapping
from datetime import date

from maillage.accounts.models import User
from maillage.programs.models import Program

from . import born, elsewhere, measure, process, supported, together, year_plan
from .ground import Ground


def load(users: Mapping[str, User], second: Program, current: Program, today: date) -> None:
    """Write projects and what goes with them, after the groups that carry them."""
    ground = Ground(users, second, current, today)
    applications = measure.open_measure(ground)
    supported.load(ground, applications)
    measure.open_current_call(ground)
    process.load(ground)
    born.load(ground)
    elsewhere.load(ground)
    year_plan.load(ground)
    together.load(ground)
