"""A plan goes on in another: what is open is copied, each action knowing the one that it goes on with."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.concertation.models import Member
from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.projects.enums import ActionState, SupportState
from maillage.projects.models import Action, ActionSupport, Objective, Plan
from maillage.projects.permissions import can_edit_plan
from maillage.projects.plan_words import refuse_in_plan

from .plans import OPENED, held_plan, refuse_ended

# What an action keeps of the one that it goes on with.
KEPT = ("title", "details", "organization", "who", "means", "indicator", "unit", "target", "way")
PROMISE = ("organization", "name", "kind", "words", "amount", "promised_on")
OPEN = (ActionState.TO_DO, ActionState.UNDER_WAY)


@transaction.atomic
def copy_plan(
    *,
    actor: Any,
    plan: Plan,
    title: str,
    start: date,
    end: date,
    actions: Iterable[Action],
    confirmed: bool | None = False,
) -> Plan:
    """A new plan of the same owner for another period, with these `actions` of `plan` and their objectives.

    A day stands when it falls in the new period; people who left their group stay behind; supports that are still promised
    come along, those already held or not are of the past. An action not open begins anew.
    Raises `NotAllowed`, `Refused` (an action of another plan, an owner that ended), `ValidationError` (period, title).
    """
    require(can_edit_plan(actor, plan))
    source = held_plan(pk=plan.pk)
    refuse_ended(plan=source)
    if source.copies.filter(title=title, start=start, end=end).exists():
        raise Refused(_("Le plan « %s » a déjà été ouvert à la suite de celui-ci.") % title)
    chosen = list(
        Action.objects.filter(pk__in=[action.pk for action in actions])
        .select_related("objective")
        .prefetch_related("members", "partners", "after", "supports")
        .order_by("objective__position", "objective_id", "position", "id")
    )
    if any(action.objective.plan_id != source.pk for action in chosen):
        raise Refused(_("Une des actions choisies est d'un autre plan."))
    owner = {name: getattr(source, name) for name in ("group", "project", "program")}
    copy = Plan(**owner, title=title, start=start, end=end, copied_from=source)
    refuse_in_plan(plan=source, obj=source, values={"title": title}, texts=("title",), confirmed=confirmed)
    copy.full_clean()
    copy.save()
    made = {action.pk: _copied(action, objective, copy) for action, objective in _with_objectives(chosen, copy)}
    _tie(chosen, made)
    audit(actor=actor, verb=OPENED, obj=copy, changes={"title": [None, title]})
    audit(actor=actor, verb="projects.plan_copied", obj=source, changes={"actions": [0, len(made)]})
    return copy


def open_actions(*, plan: Plan) -> Any:
    """The actions of `plan` that are to be done or under way, in its order: what a copy proposes to take."""
    found = Action.objects.filter(objective__plan=plan, state__in=OPEN).select_related("objective")
    return found.order_by("objective__position", "objective_id", "position", "id")


def _with_objectives(chosen: list[Action], copy: Plan) -> list[tuple[Action, Objective]]:
    objectives: dict[int, Objective] = {}
    for action in chosen:
        old = action.objective
        if old.pk not in objectives:
            objectives[old.pk] = Objective.objects.create(plan=copy, position=len(objectives), title=old.title)
    return [(action, objectives[action.objective_id]) for action in chosen]


def _copied(action: Action, objective: Objective, copy: Plan) -> Action:
    due = action.due_on if action.due_on and copy.start <= action.due_on <= copy.end else None
    begins = action.starts_on if due and action.starts_on and action.starts_on <= due else None
    return Action.objects.create(
        objective=objective,
        position=action.position,
        state=action.state if action.state in OPEN else ActionState.TO_DO,
        due_on=due,
        starts_on=begins,
        carried_from=action,
        **{name: getattr(action, name) for name in KEPT},
    )


def _tie(chosen: list[Action], made: dict[int, Action]) -> None:
    current = set(
        Member.objects.current()
        .filter(actions__in=[action.pk for action in chosen])
        .order_by()
        .values_list("pk", flat=True)
    )
    for action in chosen:
        copied = made[action.pk]
        copied.members.set([member for member in action.members.all() if member.pk in current])
        copied.partners.set(action.partners.all())
        copied.after.set([made[other.pk] for other in action.after.all() if other.pk in made])
        ActionSupport.objects.bulk_create(
            ActionSupport(action=copied, **{name: getattr(support, name) for name in PROMISE})
            for support in action.supports.all()
            if support.state == SupportState.PROMISED
        )
