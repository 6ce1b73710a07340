"""What plans hold: objectives, actions, supports, measures."""

from typing import Any

from maillage.projects.models import Action, ActionSupport, Measure, Objective, Plan

from .counter import following


def make_objective(plan: Plan, **fields: Any) -> Objective:
    """An objective of `plan`, after the others."""
    return Objective.objects.create(
        plan=plan, **{"title": f"Objectif {following()}", "position": plan.objectives.count(), **fields}
    )


def make_action(objective: Objective, members: Any = (), **fields: Any) -> Action:
    """An action under `objective`, done by `members`."""
    values = {"title": f"Action {following()}", "position": objective.actions.count(), **fields}
    action = Action.objects.create(objective=objective, **values)
    action.members.set(members)
    return action


def make_support(action: Action, **fields: Any) -> ActionSupport:
    """A named support of `action`."""
    return ActionSupport.objects.create(action=action, **{"name": "La Ville", **fields})


def make_measure(action: Action, on: str = "2026-05-01", value: str = "3", **fields: Any) -> Measure:
    """What the indicator of `action` was on a day."""
    return Measure.objects.create(action=action, on=on, value=value, **fields)
