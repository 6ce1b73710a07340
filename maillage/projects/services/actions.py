"""Actions of a plan: written, changed by two people without loss, said done, moved between objectives, taken back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.models import Member
from maillage.core.errors import Refused, require
from maillage.core.services import audit, write
from maillage.projects.doers import can_mark_action, members_of_plan
from maillage.projects.enums import ActionState
from maillage.projects.models import Action, Objective, Plan
from maillage.projects.permissions import can_edit_plan
from maillage.projects.plan_order import circle
from maillage.projects.plan_words import refuse_in_plan

from .action_order import place_action
from .plans import held_plan

ADDED, EDITED = "projects.action_added", "projects.action_edited"
MOST = 500
# Fields that hold several rows, written after the action itself.
MANY = ("members", "partners", "after")
# What is written of an action and screened; who does it is named on purpose.
TOLD = ("title", "details", "means", "indicator", "unit", "outcome")
CLOSED = (ActionState.DONE, ActionState.DROPPED)


class ActionMoved(Refused):
    """Somebody changed the action meanwhile; `action` is how it stands now."""

    def __init__(self, action: Action) -> None:
        super().__init__(_("Cette action a changé entre-temps : voici ce qui est inscrit, et ce que vous avez écrit."))
        self.action = action


@transaction.atomic
def add_action(
    *, actor: Any, objective: Objective, values: Mapping[str, Any], confirmed: bool | None = False
) -> Action:
    """Write an action in `objective`, at the end or at its `rank` (from 1).

    `values` holds fields of `Action`, lists `members`, `partners`, `after`, and `rank`. `confirmed`: its words name nobody met.
    Raises `NotAllowed`, `Refused` (a member of another group, an action of another plan, a circle, too many), `ValidationError`.
    """
    require(can_edit_plan(actor, objective.plan))
    plan = held_plan(pk=objective.plan_id)
    if Action.objects.filter(objective__plan=plan).count() >= MOST:
        raise Refused(_("Ce plan a déjà %d actions : ouvrez-en un autre pour la suite.") % MOST)
    last = objective.actions.aggregate(last=Max("position"))["last"]
    action = Action(objective=objective, position=0 if last is None else last + 1)
    return _written(actor, plan, action, dict(values), confirmed)


@transaction.atomic
def edit_action(
    *, actor: Any, action: Action, values: Mapping[str, Any], revision: int, confirmed: bool | None = False
) -> Action:
    """Change an action that the person saw at `revision`. Raises as `add_action`, and `ActionMoved` when it changed meanwhile."""
    require(can_edit_plan(actor, action.objective.plan))
    plan = held_plan(pk=action.objective.plan_id)
    held = _held(action)
    if held.revision != revision:
        raise ActionMoved(held)
    return _written(actor, plan, held, dict(values), confirmed)


@transaction.atomic
def mark_action(
    *, actor: Any, action: Action, state: str, seen: str = "", outcome: str = "", on: date | None = None
) -> Action:
    """Say where an action stands. `seen` is the state that the person had in sight; saying the same twice is saying it once.

    `on` is the day when it was done, today by default. Raises `NotAllowed`, `ActionMoved`, `Refused` (no such state, too long, a
    day to come).
    """
    require(can_mark_action(actor, action))
    if state not in ActionState.values:
        raise Refused(_("Dites si cette action est à faire, en cours, faite ou laissée de côté."))
    if len(outcome) > 1000:
        raise Refused(_("Ce qui en est ressorti compte plus de 1 000 caractères : raccourcissez-le."))
    plan = held_plan(pk=action.objective.plan_id)
    held = _held(action)
    refuse_in_plan(plan=plan, obj=held, values={"outcome": outcome}, texts=("outcome",), confirmed=None)
    if held.state == state and (not outcome or held.outcome == outcome):
        return held
    if seen and held.state != seen:
        raise ActionMoved(held)
    changes = {"state": [held.state, state]}
    held.state, held.outcome = state, outcome or held.outcome
    held.done_on = _done_on(state, on)
    held.revision += 1
    held.save(update_fields=["state", "outcome", "done_on", "revision"])
    audit(actor=actor, verb="projects.action_marked", obj=held, changes=changes)
    return held


@transaction.atomic
def remove_action(*, actor: Any, action: Action) -> None:
    """Take back an action written by mistake. Raises `NotAllowed`, or `Refused` once something was said of it."""
    require(can_edit_plan(actor, action.objective.plan))
    held_plan(pk=action.objective.plan_id)
    held = _held(action)
    said = held.state != ActionState.TO_DO or held.measures.exists() or held.review_lines.exists()
    if said:
        raise Refused(_("Cette action a déjà sa suite : laissez-la de côté plutôt que de la retirer."))
    audit(actor=actor, verb="projects.action_removed", obj=held)
    held.delete()


def _held(action: Action) -> Action:
    """The action as it is now; its plan is held."""
    found = Action.objects.select_related("objective__plan").filter(pk=action.pk).first()
    if found is None:
        raise Refused(_("Cette action a été retirée entre-temps."))
    return found


def _written(actor: Any, plan: Plan, action: Action, values: dict[str, Any], confirmed: bool | None) -> Action:
    many = {name: list(values.pop(name)) for name in MANY if name in values}
    _refuse_strangers(plan, action, values, many)
    named = [values.get("organization"), *many.get("partners", ())]
    refuse_in_plan(plan=plan, obj=action, values=values, texts=TOLD, named=named, confirmed=confirmed)
    refuse_in_plan(plan=plan, obj=action, values=values, texts=("who",), confirmed=True)
    before = {name: _keys(getattr(action, name).all()) if action.pk else [] for name in many}
    moved = [name for name in many if before[name] != _keys(many[name])]
    if action.pk and (values.get("due_on", action.due_on) != action.due_on or "members" in moved):
        values["reminded_at"] = None  # another day or other people: they hear of it anew
    state, said = values.get("state", action.state), values.pop("done_on", None)
    if state != action.state or said:
        values["done_on"] = _done_on(state, said)
    rank, elsewhere = values.pop("rank", None), values.get("objective", action.objective) != action.objective
    written = write(actor=actor, obj=action, values=values, new=ADDED, changed=EDITED)
    placed = place_action(actor=actor, action=action, rank=rank, elsewhere=elsewhere)
    for name in moved:
        getattr(action, name).set(many[name])
    if moved and before != {name: [] for name in many}:
        changes = {name: [len(before[name]), len(many[name])] for name in moved}
        audit(actor=actor, verb="projects.action_given", obj=action, changes=changes)
    if moved or placed or written.changes:
        action.revision += 1
        action.save(update_fields=["revision"])
    return action


def _done_on(state: str, on: date | None) -> date | None:
    """The day when an action in this state was done: today by default, nothing while it is not."""
    if state != ActionState.DONE:
        return None
    if on is not None and on > timezone.localdate():
        raise Refused(_("Une action ne se dit pas faite un jour à venir : vérifiez la date."))
    return on or timezone.localdate()


def _refuse_strangers(plan: Plan, action: Action, values: Mapping[str, Any], many: Mapping[str, list[Any]]) -> None:
    objective = values.get("objective", action.objective)
    if objective.plan_id != plan.pk:
        raise Refused(_("Cet objectif est d'un autre plan."))
    if new := _new_members(action, many.get("members", [])):
        known = set(members_of_plan(plan).values_list("pk", flat=True))
        if not new <= known:
            raise Refused(_("Une personne choisie n'est pas membre du groupe de ce plan."))
    if earlier := many.get("after", []):
        _refuse_circle(plan, action, earlier)


def _new_members(action: Action, members: Iterable[Member]) -> set[int]:
    """Those who were not there before: who has left since may stay written."""
    kept = set(_keys(action.members.all())) if action.pk else set()
    return {member.pk for member in members} - kept


def _refuse_circle(plan: Plan, action: Action, earlier: list[Action]) -> None:
    titles = dict(Action.objects.filter(objective__plan=plan).order_by().values_list("pk", "title"))
    if any(other.pk not in titles for other in earlier):
        raise Refused(_("Une action vient après une action du même plan seulement."))
    if action.pk is None:
        return
    after: dict[int, list[int]] = {}
    links = Action.after.through.objects.filter(from_action__objective__plan=plan).exclude(from_action=action)
    for here, there in links.order_by("id").values_list("from_action", "to_action"):
        after.setdefault(here, []).append(there)
    after[action.pk] = [other.pk for other in earlier]
    if way := circle(after, action.pk):
        said = " → ".join(f"« {titles[pk][:60]} »" for pk in way)
        raise Refused(
            _("Ces actions s'attendraient l'une l'autre en rond : %s. Retirez l'un des « vient après ».") % said
        )


def _keys(rows: Iterable[Any]) -> list[int]:
    return sorted(row.pk for row in rows)
