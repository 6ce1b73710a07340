"""Twinnings and vigilance schemes, with invented sites."""

from datetime import date
from typing import Any

from maillage.programs.models import Program
from maillage.projects.models import Twinning, TwinningSite, VigilanceScheme
from maillage.territories.models import HousingSite

from .counter import following
from .programs import make_program
from .regions import make_site


def make_twinning(program: Program | None = None, **fields: Any) -> Twinning:
    """A course of a programme for 4 to 8 participants, at most 20 km away."""
    values = {"title": f"Cours inventé {following()}", "least": 4, "most": 8, "most_travel": 20.0, **fields}
    return Twinning.objects.create(program=program or make_program(), **values)


def make_placed_site(program: Program, east_km: float = 0.0, **fields: Any) -> HousingSite:
    """A site of `program`, this many kilometres east of Saint-Anselme."""
    return make_site(program, latitude=46.62, longitude=-70.97 + east_km / 76.4, **fields)


def make_twinning_site(twinning: Twinning, interested: int = 3, east_km: float = 0.0, **fields: Any) -> TwinningSite:
    """A site of the twinning's programme with people interested there."""
    site = fields.pop("site", None) or make_placed_site(twinning.program, east_km)
    return TwinningSite.objects.create(twinning=twinning, site=site, interested=interested, **fields)


def make_scheme(program: Program | None = None, **fields: Any) -> VigilanceScheme:
    """A scheme of a programme, on one of its sites, since 2024."""
    program = program or make_program()
    if "site" not in fields:
        fields["site"] = make_site(program, units=20)
    return VigilanceScheme.objects.create(program=program, **{"since": date(2024, 1, 15), **fields})
