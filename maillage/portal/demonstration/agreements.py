"""The two agreements of source 001, and an agreement under way in which a visitor can write today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from maillage.accounts.models import User
from maillage.directory.models import Organization
from maillage.programs.enums import PartnerPart, Role
from maillage.programs.models import Program
from maillage.programs.services import (
    add_partner,
    cover_sites,
    create_program,
    edit_program,
    open_next_edition,
    set_hours,
)
from maillage.territories.enums import Level, Tenure
from maillage.territories.models import Division

from . import team
from .offices import Housing
from .partners import JOINED, SIGNATORIES, Partner
from .region import REGION_CODE

FIRST = "entente-2008-2012"
SECOND = "entente-2013-2016"
CURRENT = "entente-en-cours"
START_OF_SECOND = date(2013, 1, 1)
DESCRIPTIONS = {
    FIRST: (
        "Démonstration. Soutien communautaire dans les HLM de la Chaudière-Appalaches, première édition. "
        "Le nombre d'offices, les heures par semaine et les partenaires sont ceux qui ont été publiés ; "
        "les personnes, les milieux et le journal sont inventés."
    ),
    SECOND: (
        "Démonstration. La deuxième édition s'ouvre aux OBNL et aux coopératives, ajoute le travail de proximité et "
        "double l'intensité dans six milieux ciblés. Les statistiques du portrait sont celles qui ont été publiées ; "
        "les personnes, les milieux et les interventions qui les donnent sont inventés."
    ),
    CURRENT: (
        "Démonstration. Une entente fictive, ouverte à partir de la deuxième, pour essayer le journal "
        "aujourd'hui même. Tout y est inventé, chiffres compris."
    ),
}


@dataclass(frozen=True, slots=True)
class World:
    """What the programmes of the region stand on."""

    actor: Any
    users: Mapping[str, User]
    divisions: Mapping[str, Division]
    housing: Housing
    partners: Mapping[str, Organization]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A programme and those who write its journal."""

    program: Program
    team: team.Team


def load_first(world: World) -> Agreement:
    """The agreement of 2008–2012: sites of offices only, no outreach worker."""
    start = date(2008, 1, 1)
    program = create_program(
        actor=world.actor,
        name="Première Entente (2008-2012)",
        slug=FIRST,
        start=start,
        end=date(2012, 12, 31),
        description=DESCRIPTIONS[FIRST],
        territory=world.divisions[f"{Level.REGION}:{REGION_CODE}"],
        coverage_tenures=[Tenure.OMH],
    )
    _sign(world, program, SIGNATORIES, PartnerPart.SIGNATORY, start)
    cover_sites(actor=world.actor, program=program, sites=world.housing.unserved, served=False)
    cover_sites(actor=world.actor, program=program, sites=world.housing.served, served=True, served_from=start)
    hours = {(world.divisions[f"{Level.MRC}:{code}"], Role.WORKER): value for code, value in team.HOURS.items()}
    set_hours(actor=world.actor, program=program, hours=hours)
    return Agreement(program, _people(world, program, start, with_outreach=False))


def load_second(world: World, first: Program) -> Agreement:
    """The agreement of 2013–2016: opened from the first, with new partners, tenures and chosen sites."""
    program = open_next_edition(
        actor=world.actor,
        program=first,
        name="Deuxième Entente (2013-2016)",
        slug=SECOND,
        start=START_OF_SECOND,
        end=date(2016, 12, 31),
    )
    edit_program(actor=world.actor, program=program, description=DESCRIPTIONS[SECOND])
    _sign(world, program, JOINED, PartnerPart.JOINED, START_OF_SECOND)
    cover_sites(
        actor=world.actor, program=program, sites=world.housing.others, served=True, served_from=START_OF_SECOND
    )
    cover_sites(actor=world.actor, program=program, sites=world.housing.targeted, targeted=True)
    return Agreement(program, _people(world, program, START_OF_SECOND))


def load_current(world: World, second: Program, today: date) -> Agreement:
    """An agreement under way since the first of January of last year, with no end: wholly invented."""
    start = date(today.year - 1, 1, 1)
    program = open_next_edition(
        actor=world.actor,
        program=second,
        name="Entente en cours (démonstration)",
        slug=CURRENT,
        start=start,
    )
    edit_program(actor=world.actor, program=program, description=DESCRIPTIONS[CURRENT])
    return Agreement(program, _people(world, program, start))


def _sign(world: World, program: Program, partners: Iterable[Partner], part: str, since: date) -> None:
    for partner in partners:
        add_partner(
            actor=world.actor,
            program=program,
            organization=world.partners[partner.key],
            part=part,
            since=since,
        )


def _people(world: World, program: Program, start: date, with_outreach: bool = True) -> team.Team:
    found = team.load(
        world.actor, program, world.users, world.divisions, world.partners, start, with_outreach=with_outreach
    )
    team.add_readers(world.actor, program, world.users, world.partners, start)
    return found
