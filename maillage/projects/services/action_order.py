"""The order of actions under their objective: each has a rank, from 1."""

from typing import Any

from maillage.core.services import audit
from maillage.projects.action_list import rank_of
from maillage.projects.models import Action


def place_action(*, actor: Any, action: Action, rank: int | None, elsewhere: bool = False) -> bool:
    """Put an action, whose plan is held, at `rank` under its objective; past the end is the end. Whether it moved.

    Without rank it stays, or comes last when it comes from `elsewhere`: another objective.
    """
    if rank is None and not elsewhere:
        return False
    others = list(Action.objects.filter(objective=action.objective_id).exclude(pk=action.pk).order_by("position", "id"))
    was = len(others) + 1 if elsewhere else rank_of(action)
    place = min(max(rank or len(others) + 1, 1), len(others) + 1)
    if place == was and not elsewhere:
        return False
    rows = [*others[: place - 1], action, *others[place - 1 :]]
    moved = [row for position, row in enumerate(rows) if row.position != position]
    for position, row in enumerate(rows):
        row.position = position
    Action.objects.bulk_update(moved, ["position"])
    if place != was:
        audit(actor=actor, verb="projects.action_ordered", obj=action, changes={"rank": [was, place]})
    return place != was
