"""What portraits are measured on: four years of an invented programme, twenty workers, their hours."""

from datetime import date

from django.db import transaction

from maillage.programs import synthetic
from maillage.programs.enums import Role
from maillage.programs.models import Membership, Program, SupportHours
from maillage.programs.synthetic import SLUG, role_of
from maillage.territories.models import Division

__all__ = ["SLUG", "make"]
WORKERS = 20


@transaction.atomic
def make() -> Program:
    """The programme, without entries."""
    program = synthetic.make(date(2013, 1, 1), date(2016, 12, 31))
    for n in range(WORKERS):
        Membership.objects.create(program=program, label=f"Intervenant·e {n}", role=role_of(n))
    for division in Division.objects.filter(parent=program.territory).order_by("id"):
        SupportHours.objects.create(program=program, division=division, role=Role.WORKER, hours_per_week=16)
    return program
