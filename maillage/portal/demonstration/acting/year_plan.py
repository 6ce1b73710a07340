"""The plan of the year of the first local team: objectives, actions with and without support, one of them late."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from maillage.concertation.models import Member
from maillage.projects.models import Action, Objective
from maillage.projects.services.action_supports import add_support, say_support
from maillage.projects.services.actions import add_action, edit_action
from maillage.projects.services.measures import add_measure
from maillage.projects.services.objectives import add_objective
from maillage.projects.services.plans import open_plan

from .ground import Ground, members_of

# Objective, actions: title, state, days from today it is due, means, indicator, target, measured, supported.
OBJECTIVES = (
    (
        "Se rencontrer près de chez soi",
        (
            ("Ouvrir l'école deux soirs par semaine", "done", -60, "Trois locataires à l'accueil", "soirées ouvertes", 40, 46, True),
            ("Faire connaître les soirées dans chaque bloc", "under_way", 20, "Affiches et porte-à-porte", "portes visitées", 120, 74, True),
        ),
    ),
    (
        "Bien manger à la fin du mois",
        (
            ("Mettre sur pied la cuisine collective", "under_way", 40, "Cuisine de l'école, remorque réfrigérée", "repas préparés", 300, 96, True),
            ("Trouver une remorque réfrigérée", "to_do", -9, "Demandes à la Moisson et aux fermes", "", None, None, False),
        ),
    ),
    (
        "Sortir sans peur le soir",
        (
            ("Éclairer le passage entre les deux blocs", "to_do", 90, "Soumission de l'office", "lampadaires", 4, None, True),
            ("Marche de repérage avec la municipalité", "to_do", 30, "", "", None, None, False),
        ),
    ),
)  # fmt: skip


def load(ground: Ground) -> None:
    """One plan, three objectives, six actions; one follows another."""
    actor, group, year = ground.coordinator, ground.team("carre-saint-maurice"), ground.today.year
    members = members_of(group)
    values = {
        "title": f"Plan d'action {year}", "start": date(year, 1, 1), "end": date(year, 12, 31),
        "words": "Ce que les locataires ont mis en premier.",
    }  # fmt: skip
    plan = open_plan(actor=actor, group=group, values=values)
    first: dict[str, Action] = {}
    for place, (title, actions) in enumerate(OBJECTIVES):
        objective = add_objective(actor=actor, plan=plan, values={"title": title, "is_priority": place == 1})
        for line in actions:
            turn = len(first)
            first[line[0]] = _action(ground, objective, line, members[turn : turn + 1 + turn % 2], members[-1])
    cooking = first["Mettre sur pied la cuisine collective"]
    follows = {"after": [first["Trouver une remorque réfrigérée"]]}
    edit_action(actor=actor, action=cooking, values=follows, revision=cooking.revision)


def _action(
    ground: Ground, objective: Objective, line: tuple[Any, ...], members: Sequence[Member], partner: Member
) -> Action:
    title, state, due, means, indicator, target, measured, supported = line
    actor, due_on = ground.coordinator, ground.today + timedelta(days=due)
    values = {
        "title": title, "state": state, "means": means, "indicator": indicator, "unit": indicator, "target": target,
        "starts_on": due_on - timedelta(days=90), "due_on": due_on, "members": members,
        "done_on": due_on if state == "done" else None,
    }  # fmt: skip
    action = add_action(actor=actor, objective=objective, values=values)
    if measured is not None:
        measure = {"on": ground.today - timedelta(days=5), "value": Decimal(measured)}
        add_measure(actor=actor, action=action, values=measure)
    if supported:
        promised = {
            "organization": partner.organization, "name": "" if partner.organization else "L'école du quartier",
            "kind": "time", "words": "Accompagnement", "promised_on": due_on - timedelta(days=120),
        }  # fmt: skip
        support = add_support(actor=actor, action=action, values=promised)
        if state == "done":
            say_support(actor=actor, support=support, state="held", on=due_on)
    return action
