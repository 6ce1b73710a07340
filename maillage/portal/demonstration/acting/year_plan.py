"""The plan of the year of the first local team: objectives, actions with and without support, one of them late."""

from datetime import date, timedelta
from decimal import Decimal

from maillage.projects.models import Action, ActionSupport, Measure, Objective, Plan

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
    group = ground.team("carre-saint-maurice")
    members = members_of(group)
    year = ground.today.year
    plan = Plan.objects.create(
        group=group,
        title=f"Plan d'action {year}",
        start=date(year, 1, 1),
        end=date(year, 12, 31),
        words="Ce que les locataires ont mis en premier.",
    )
    made = []
    for place, (title, actions) in enumerate(OBJECTIVES, 1):
        objective = Objective.objects.create(plan=plan, position=place, title=title, is_priority=place == 2)
        for turn, line in enumerate(actions, 1):
            made.append(_action(ground, objective, turn, line))
    for place, action in enumerate(made):
        action.members.set(members[place : place + 1 + place % 2])
    made[2].after.add(made[3])


def _action(ground: Ground, objective: Objective, place: int, line: tuple) -> Action:  # type: ignore[type-arg]
    title, state, due, means, indicator, target, measured, supported = line
    due_on = ground.today + timedelta(days=due)
    action = Action.objects.create(
        objective=objective, position=place, title=title, state=state, means=means, indicator=indicator,
        target=target, starts_on=due_on - timedelta(days=90), due_on=due_on, done_on=due_on if state == "done" else None,
    )  # fmt: skip
    if measured is not None:
        Measure.objects.create(action=action, on=ground.today - timedelta(days=5), value=Decimal(measured))
    if supported:
        ActionSupport.objects.create(
            action=action, organization=members_of(objective.plan.group)[-1].organization, name="" if members_of(objective.plan.group)[-1].organization else "L'école du quartier",
            kind="time", words="Accompagnement", state="held" if state == "done" else "promised", promised_on=due_on - timedelta(days=120),
        )  # fmt: skip
    return action
