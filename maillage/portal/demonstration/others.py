"""The community of practice of Centre-Sud (source 000) and the démarche of Shawinigan (source 004)."""

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

from maillage.accounts.models import User
from maillage.directory.enums import OrganizationKind
from maillage.directory.services import save_organization
from maillage.programs.enums import PartnerPart, ProgramKind, Role
from maillage.programs.models import Program
from maillage.programs.services import add_member, add_partner, create_program

from . import names

COMMUNITY = "cdp-centre-sud"
PROCESS = "shawinigan"
ORGANIZATIONS = 80
MEMBERS = 200
SEED = 200

WORDS = ("Maison", "Carrefour", "Atelier", "Relais", "Ressourcerie", "Halte", "Cuisine collective", "Coup de pouce")
ENDS = [
    "du Phare",
    "de la Lanterne",
    "des Quatre-Vents",
    "du Pont-Neuf",
    "de l'Érable-Rouge",
    "du Matin-Clair",
    "des Voisines",
    "de la Passerelle",
    "du Coin-du-Feu",
    "de l'Étoile-Filante",
]
INSTANCES = (
    ("csss", "CSSS de l'Énergie", OrganizationKind.HEALTH, PartnerPart.HOST),
    ("ville", "Ville de Shawinigan", OrganizationKind.MUNICIPAL, PartnerPart.SIGNATORY),
    ("cld", "CLD Shawinigan", OrganizationKind.MUNICIPAL, PartnerPart.SIGNATORY),
    ("cdc", "CDC Centre-Mauricie", OrganizationKind.CONCERTATION, PartnerPart.SIGNATORY),
    ("quartiers", "Revitalisation Quartiers", OrganizationKind.COMMUNITY, PartnerPart.SIGNATORY),
    ("forme", "Shawi en forme", OrganizationKind.CONCERTATION, PartnerPart.SIGNATORY),
    ("sana", "SANA", OrganizationKind.COMMUNITY, PartnerPart.SIGNATORY),
)


def load_community(actor: Any, users: Mapping[str, User]) -> Program:
    """80 organizations and 200 members, all invented but the host."""
    start = date(2018, 3, 1)
    program = create_program(
        actor=actor,
        name="Communauté de pratique Centre-Sud",
        slug=COMMUNITY,
        kind=ProgramKind.COMMUNITY_OF_PRACTICE,
        start=start,
        description=(
            "Démonstration. Quelque 200 personnes de 80 organisations partagent leurs façons de faire contre "
            "l'exclusion. Les organisations, sauf celle qui coordonne, et les personnes sont inventées."
        ),
        coverage_tenures=[],
    )
    found = [
        save_organization(
            actor=actor, name="CDC Centre-Sud", external_id="demo-cdp-hote", kind=OrganizationKind.CONCERTATION
        ).obj
    ]
    every = [f"{word} {end} (organisme inventé)" for end in ENDS for word in WORDS]
    for number, name in enumerate(every[: ORGANIZATIONS - 1], start=1):
        kind = OrganizationKind.HEALTH if number % 11 == 0 else OrganizationKind.COMMUNITY
        found.append(save_organization(actor=actor, name=name, external_id=f"demo-cdp-{number}", kind=kind).obj)
    for place, organization in enumerate(found):
        part = PartnerPart.OTHER if place else PartnerPart.HOST
        add_partner(actor=actor, program=program, organization=organization, part=part, since=start)
    draw = random.Random(SEED)
    coordinator = users["coordination"]
    labels = [name for name in names.people(MEMBERS + 1, SEED) if name != coordinator.full_name][: MEMBERS - 1]
    for place, label in enumerate(labels):
        organization = found[place] if place < ORGANIZATIONS else draw.choice(found)
        joined = date(draw.randint(2018, 2022), draw.randint(3, 12), 1)
        add_member(actor=actor, program=program, label=label, role=Role.WORKER, organization=organization, start=joined)
    _coordinate(actor, program, coordinator, start)
    return program


def load_process(actor: Any, users: Mapping[str, User]) -> Program:
    """Seven partner instances; its cycles and communities come with their own modules."""
    start = date(2013, 1, 1)
    program = create_program(
        actor=actor,
        name="Ma communauté clé en main – Shawinigan",
        slug=PROCESS,
        kind=ProgramKind.PROCESS,
        start=start,
        description=(
            "Démonstration. Sept instances partenaires soutiennent les communautés locales qui entrent dans la "
            "démarche, font le bilan chaque année et choisissent les cibles de la suivante."
        ),
        coverage_tenures=[],
    )
    for key, name, kind, part in INSTANCES:
        organization = save_organization(actor=actor, name=name, external_id=f"demo-shawinigan-{key}", kind=kind).obj
        add_partner(actor=actor, program=program, organization=organization, part=part, since=start)
    _coordinate(actor, program, users["coordination"], start)
    return program


def _coordinate(actor: Any, program: Program, user: User, start: date) -> None:
    add_member(actor=actor, program=program, label=user.full_name, role=Role.COORDINATOR, user=user, start=start)
