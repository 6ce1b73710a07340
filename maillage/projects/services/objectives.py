"""Objectives of a plan: what it wants to reach, in the order that people give."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit, write
from maillage.projects.models import Objective, Plan
from maillage.projects.permissions import can_edit_plan
from maillage.projects.plan_words import refuse_in_plan

from .plans import held_plan

ADDED, EDITED = "projects.objective_added", "projects.objective_edited"
MOST = 100


@transaction.atomic
def add_objective(*, actor: Any, plan: Plan, values: Mapping[str, Any], confirmed: bool | None = False) -> Objective:
    """Write an objective (title, is_priority) after the others. `confirmed`: its words name nobody met.

    Raises `NotAllowed`, `Refused` past `MOST`, `ValidationError`.
    """
    require(can_edit_plan(actor, plan))
    held = held_plan(pk=plan.pk)
    if held.objectives.count() >= MOST:
        raise Refused(_("Ce plan a déjà %d objectifs : regroupez-en, ou ouvrez un autre plan.") % MOST)
    last = held.objectives.aggregate(last=Max("position"))["last"]
    objective = Objective(plan=held, position=0 if last is None else last + 1)
    refuse_in_plan(plan=held, obj=objective, values=values, texts=("title",), confirmed=confirmed)
    return write(actor=actor, obj=objective, values=values, new=ADDED, changed=EDITED).obj


@transaction.atomic
def edit_objective(
    *, actor: Any, objective: Objective, values: Mapping[str, Any], confirmed: bool | None = False
) -> Objective:
    """Say an objective better, or that it is a target of the year. Raises `NotAllowed`, `ValidationError`."""
    require(can_edit_plan(actor, objective.plan))
    held = _held(objective)
    refuse_in_plan(plan=held.plan, obj=held, values=values, texts=("title",), confirmed=confirmed)
    return write(actor=actor, obj=held, values=values, new=ADDED, changed=EDITED).obj


@transaction.atomic
def move_objective(*, actor: Any, objective: Objective, up: bool) -> None:
    """Put an objective before the one above it, or after the one below. At the edge nothing moves. Raises `NotAllowed`."""
    require(can_edit_plan(actor, objective.plan))
    rows = list(held_plan(pk=objective.plan_id).objectives.order_by("position", "id"))
    place = next((rank for rank, row in enumerate(rows) if row.pk == objective.pk), None)
    other = None if place is None else place + (-1 if up else 1)
    if place is None or other is None or not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for rank, row in enumerate(rows):
        row.position = rank
    Objective.objects.bulk_update(rows, ["position"])
    audit(actor=actor, verb="projects.objective_moved", obj=objective, changes={"position": [place, other]})


@transaction.atomic
def remove_objective(*, actor: Any, objective: Objective) -> None:
    """Take back an objective without action. Raises `NotAllowed`, `Refused` when it has some."""
    require(can_edit_plan(actor, objective.plan))
    held = _held(objective)
    if held.actions.exists():
        raise Refused(_("Cet objectif a des actions : déplacez-les ou retirez-les d'abord."))
    audit(actor=actor, verb="projects.objective_removed", obj=held)
    held.delete()


def _held(objective: Objective) -> Objective:
    held_plan(pk=objective.plan_id)
    found = Objective.objects.select_related("plan").filter(pk=objective.pk).first()
    if found is None:
        raise Refused(_("Cet objectif a été retiré entre-temps."))
    return found
