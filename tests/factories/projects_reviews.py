"""Plans with what reviews read of them: objectives, actions, supports, measures."""

from typing import Any

from maillage.projects.models import Action, ActionSupport, EngagedCommunity, Objective, Plan, Review

from .counter import following
from .projects import make_plan


def planned(plan: Plan, **fields: Any) -> Action:
    """An action of `plan`, under its last objective (a new one when it has none)."""
    objective = fields.pop("objective", None) or plan.objectives.order_by("-id").first()
    objective = objective or Objective.objects.create(plan=plan, title=f"Objectif inventé {following()}")
    values = {"title": f"Action inventée {following()}", "objective": objective, **fields}
    return Action.objects.create(**values)


def supported(action: Action, **fields: Any) -> ActionSupport:
    """A named support of `action`."""
    return ActionSupport.objects.create(**{"action": action, "name": f"Appui inventé {following()}", **fields})


def make_review(plan: Plan | None = None, **fields: Any) -> Review:
    """A review of `plan` (a new one by default) for 2026."""
    values = {"plan": plan or make_plan(), "year": 2026, "held_on": "2026-12-10", **fields}
    return Review.objects.create(**values)


def make_community(program: Any, **fields: Any) -> EngagedCommunity:
    """A local community that entered the démarche."""
    values = {"program": program, "name": f"Communauté inventée {following()}", "year": 2013, **fields}
    return EngagedCommunity.objects.create(**values)
