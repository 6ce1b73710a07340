"""A plan as somebody sees it: whose it is, what they may do there; an action with its plan."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from maillage.concertation.enums import ANIMATING
from maillage.concertation.models import Group, Member
from maillage.programs.enums import Role
from maillage.programs.models import Membership, Program

from .models import Action, ActionSupport, Plan, Project
from .permissions import can_edit_plan
from .queries import standing_of, with_standing

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
    plan = get_object_or_404(Plan.objects.select_related(*OWNERS, "copied_from"), uid=uid)
    return _told(plan, _edits(request.user, plan))


def plan_as_seen(actor: Any, plan: Plan) -> PlanSeen:
    """`plan`, already fetched through `visible_to`, with what `actor` may do there."""
    return _told(plan, bool(can_edit_plan(actor, plan)))


def _edits(actor: Any, plan: Plan) -> bool:
    """What `can_edit_plan` says, in the one read that tells whether the owner of the plan is seen. 404 when it is not."""
    found: Any
    if plan.group_id is not None:
        seats = Member.objects.current().filter(group=OuterRef("pk"), person__user_id=actor.pk).order_by("id")
        seen = (
            Group.objects.visible_to(actor).filter(pk=plan.group_id).annotate(seat=Subquery(seats.values("role")[:1]))
        )
        found = get_object_or_404(seen.only("pk"))
        return bool(actor.is_administrator or found.seat in ANIMATING)
    if plan.project_id is not None:
        projects = Project.objects.visible_to(actor).filter(pk=plan.project_id)
        return standing_of(get_object_or_404(with_standing(projects, actor).only("pk")), actor)[0]
    places = Membership.objects.current().filter(program=OuterRef("pk"), user=actor, role=Role.COORDINATOR)
    programs = Program.objects.visible_to(actor).filter(pk=plan.program_id or 0).annotate(coordinates=Exists(places))
    found = get_object_or_404(programs.only("pk"))
    return bool(actor.is_administrator or found.coordinates)


def _told(plan: Plan, edits: bool) -> PlanSeen:
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
    found = Action.objects.select_related(*beside, *owners).prefetch_related(WITH_DOERS)
    action = get_object_or_404(with_support(found), uid=uid)
    plan = action.objective.plan
    return _told(plan, _edits(request.user, plan)), action


def with_support(actions: QuerySet[Action]) -> QuerySet[Any]:
    """Each action with `supported`: whether somebody named supports it. One without is shown as such everywhere."""
    return actions.annotate(supported=Exists(ActionSupport.objects.filter(action=OuterRef("pk")).order_by()))
