"""Load the whole demonstration in one transaction: a killed first start leaves an empty home."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.accounts.models import User
from maillage.core.actor import PRODUCT
from maillage.core.errors import Refused
from maillage.core.models import AuditEvent
from maillage.core.services import audit
from maillage.directory.models import Organization
from maillage.programs.models import Program
from maillage.territories.enums import Level
from maillage.territories.models import Division, HousingSite

from . import (
    accounts,
    acting,
    agreements,
    concerting,
    directory,
    extracts,
    field,
    figures,
    journal,
    lives,
    offices,
    others,
    partners,
    publications,
    region,
    tenants,
    upkeep,
)
from .referrals import Resources

LOADED = "demonstration.loaded"
Say = Callable[[Any], None]


class Home(StrEnum):
    """What an installation holds."""

    EMPTY = "empty"
    DEMONSTRATION = "demonstration"
    REAL = "real"


def what_home() -> Home:
    """Whether this installation is empty, holds the demonstration, or holds real data."""
    if AuditEvent.objects.filter(verb=LOADED).exists():
        return Home.DEMONSTRATION
    held = (User, Program, Organization, Division, HousingSite)
    return Home.REAL if any(model.objects.exists() for model in held) else Home.EMPTY


def ensure(say: Say, today: date | None = None) -> bool:
    """Load the demonstration in an empty home, keep one that is there; say whether it was loaded now.

    Raises `Refused` where there are real data.
    """
    home = what_home()
    if home is Home.REAL:
        raise Refused(
            _(
                "Ce dossier contient déjà des données : la démonstration ne s'y mêle pas. "
                "Choisissez un dossier vide avec MAILLAGE_HOME, ou servez celui-ci avec « maillage serve »."
            )
        )
    if home is Home.DEMONSTRATION:
        return False
    with transaction.atomic():
        _load(say, today or timezone.localdate())
    return True


def _load(say: Say, today: date) -> None:
    say(_("Territoires…"))
    divisions = region.load(PRODUCT)
    say(_("Milieux d'habitation…"))
    housing = offices.load(PRODUCT, divisions)
    associations = tenants.load(PRODUCT, housing)
    say(_("Organisations et programmes…"))
    users = accounts.load(PRODUCT)
    world = agreements.World(PRODUCT, users, divisions, housing, partners.load(PRODUCT))
    first = agreements.load_first(world)
    second = agreements.load_second(world, first.program)
    current = agreements.load_current(world, second.program, today)
    others.load_community(PRODUCT, users)
    others.load_process(PRODUCT, users)
    say(_("Journaux…"))
    mrcs = [division for key, division in divisions.items() if key.startswith(f"{Level.MRC}:")]
    resources = Resources(world.partners, partners.load_resources(PRODUCT, mrcs))
    services = directory.load(PRODUCT, world.partners, resources.community, today)
    held = journal.Region(housing, mrcs, associations, resources)
    journal.load(PRODUCT, held, first, figures.FIRST, date(2012, 12, 31))
    journal.load(PRODUCT, held, second, figures.SECOND, date(2016, 12, 31))
    journal.load(PRODUCT, held, current, figures.CURRENT, today - timedelta(days=1))
    lives.load(current.program, services, today)
    upkeep.load(users, current.program, services, today)
    field.load(users, current.program, today)
    extracts.load(users, second.program, today)
    say(_("Groupes et rencontres…"))
    concerting.load(users, current.program, divisions, world.partners, today)
    say(_("Projets…"))
    acting.load(users, second.program, current.program, today)
    say(_("Publications…"))
    publications.load(second.program)
    audit(actor=PRODUCT, verb=LOADED, obj=second.program)
