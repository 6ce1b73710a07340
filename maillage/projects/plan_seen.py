"""A plan as somebody sees it: whose it is, what they may do there; an action with its plan."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from maillage.concertation.models import Member

from .models import Action, ActionSupport, Plan
from .permissions import can_edit_plan

OWNERS = ("group", "project__group", "project__program", "program")
WITH_DOERS = Prefetch("members", Member.objects.select_related("person").order_by("person__name", "id"))


@dataclass(frozen=True, slots=True)
class PlanSeen:
    """A plan with its owner's page and the page of the owner's plans; `edits` when the person may change it."""

    plan: Plan
    edits: bool
    owner: Any
    owner_href: str
    plans_href: str


def plan_seen(request: HttpRequest, uid: UUID) -> PlanSeen:
    """The plan of this address as the person sees it. 404 when they do not."""
    visible = Plan.objects.visible_to(request.user).select_related(*OWNERS, "copied_from")
    return plan_as_seen(request.user, get_object_or_404(visible, uid=uid))


def plan_as_seen(actor: Any, plan: Plan) -> PlanSeen:
    """`plan`, already fetched through `visible_to`, with what `actor` may do there."""
    edits = bool(can_edit_plan(actor, plan))
    if plan.group is not None:
        href, plans = reverse("concertation:group", args=[plan.group.slug]), "projects:group_plans"
        return PlanSeen(plan, edits, plan.group, href, reverse(plans, args=[plan.group.slug]))
    if plan.project is not None:
        href, plans = reverse("projects:project", args=[plan.project.slug]), "projects:project_plans"
        return PlanSeen(plan, edits, plan.project, href, reverse(plans, args=[plan.project.slug]))
    assert plan.program is not None
    href = reverse("programs:program", args=[plan.program.slug])
    return PlanSeen(plan, edits, plan.program, href, reverse("projects:plans"))


def action_seen(request: HttpRequest, uid: UUID) -> tuple[PlanSeen, Action]:
    """The action of this address, with its plan as the person sees it. 404 when they do not."""
    beside = ("objective__plan__copied_from", "organization", "carried_from__objective__plan")
    owners = [f"objective__plan__{owner}" for owner in OWNERS]
    visible = Action.objects.visible_to(request.user).select_related(*beside, *owners).prefetch_related(WITH_DOERS)
    action = get_object_or_404(with_support(visible), uid=uid)
    return plan_as_seen(request.user, action.objective.plan), action


def with_support(actions: QuerySet[Action]) -> QuerySet[Action]:
    """Each action with `supported`: whether somebody named supports it. One without is shown as such everywhere."""
    return actions.annotate(supported=Exists(ActionSupport.objects.filter(action=OuterRef("pk")).order_by()))
