"""Programmes of funders, all invented, and what projects asked of them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from maillage.accounts.models import User
from maillage.projects.models import FundingRequest, FundingSource, Project
from maillage.projects.services.funding import save_request, save_source

from .ground import Ground

# Programme, funder, kind, what it supports, conditions, themes, least, most, closes in so many days, checked so many days ago.
SOURCES = (
    ("Fonds des milieux vivants", "Fondation du Grand Pin (inventée)", "foundation", "Jardins, ruelles, lieux où l'on se rencontre.", "Un organisme à but non lucratif porte le projet ; des citoyens décident.", ("jardin", "lieu de rencontre", "voisinage"), 1_000, 15_000, 46, 20),
    ("Premiers essais", "Fondation de la Lanterne (inventée)", "foundation", "Expérimenter une réponse nouvelle à l'exclusion, pendant un an.", "Essai décrit et évalué ; partage de ce qui a été appris.", ("itinérance", "exclusion", "animaux", "expérimentation"), 5_000, 40_000, 24, 12),
    ("Alimentation de proximité", "Ministère inventé", "public", "Cuisines collectives, épiceries solidaires, jardins.", "Le quart du coût vient d'ailleurs.", ("cuisine", "alimentation", "jardin"), 2_000, 25_000, 75, 200),
    ("Se déplacer partout", "MRC inventée", "municipal", "Transport collectif et adapté en milieu rural.", "Réservé au territoire de la MRC.", ("transport", "aînés"), 500, 8_000, -12, 30),
    ("Coup de pouce aux jeunes", "Caisse inventée des Érables", "cooperative", "Projets menés par des jeunes de 12 à 25 ans.", "Des jeunes signent la demande.", ("jeunes", "participation"), 250, 3_000, 110, 90),
    ("Vivre ensemble", "Centraide inventé", "centraide", "Cohabitation, entraide entre voisins, accueil.", "Un an, renouvelable une fois.", ("cohabitation", "entraide", "voisinage"), 3_000, 20_000, 60, 40),
)  # fmt: skip


def load(ground: Ground) -> None:
    """The list, and the requests of two projects."""
    actor, made = ground.coordinator, {}
    for name, funder, kind, supports, conditions, themes, least, most, closes, checked in SOURCES:
        values = {
            "name": name, "funder": funder, "kind": kind, "supports": supports, "conditions": conditions,
            "themes": list(themes), "least": Decimal(least), "most": Decimal(most),
            "closes_on": ground.today + timedelta(days=closes), "checked_on": ground.today - timedelta(days=checked),
            "is_yearly": True,
        }  # fmt: skip
        reserved = [ground.mrc("Les Etchemins")] if name == "Se déplacer partout" else []
        made[name] = save_source(actor=actor, source=FundingSource(), values=values, territories=reserved)
    shelter = Project.objects.get(name="Halte-garderie animale")
    first = made["Premiers essais"]
    _ask(actor, shelter, source=first, state="to_make", asked=Decimal(32_000), due_on=first.closes_on)
    _ask(
        actor, shelter, source=made["Vivre ensemble"], state="refused", asked=Decimal(18_000),
        asked_on=ground.today - timedelta(days=120), answered_on=ground.today - timedelta(days=55),
        reason="Le programme ne finance pas le démarrage d'un service.",
    )  # fmt: skip
    _ask(
        actor, Project.objects.get(name="Jardin collectif à Dosquet"), source=made["Fonds des milieux vivants"], state="granted",
        asked=Decimal(1_690), asked_on=date(2014, 2, 3), granted=Decimal(1_690), answered_on=date(2014, 3, 3),
    )  # fmt: skip


def _ask(actor: User, project: Project, **values: Any) -> None:
    save_request(actor=actor, request=FundingRequest(project=project), values=values)
