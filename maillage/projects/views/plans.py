"""Plans: mine, a group's, a project's; opened, corrected, copied; a plan as a table, in columns, as a file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.concertation.models import Group
from maillage.concertation.queries import group_seen
from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.fields import carried_out
from maillage.core.tabular import csv_answer
from maillage.programs.enums import Role
from maillage.programs.models import Membership, Program
from maillage.projects.action_list import ActionList, columns_of_file, rows_of_file
from maillage.projects.forms.plans import CopyForm, PlanForm, next_period, next_title
from maillage.projects.models import Plan, Project
from maillage.projects.permissions import can_edit_plan
from maillage.projects.plan_page import board_page, table_page
from maillage.projects.plan_seen import OWNERS, plan_as_seen, plan_seen
from maillage.projects.queries import project_seen
from maillage.projects.services.plan_copies import copy_plan, open_actions
from maillage.projects.services.plans import edit_plan, open_plan, remove_plan

PER_PAGE = 25
OFFERED = 12  # programmes whose plan may be opened from the list


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """The plans that the person sees: those that run, or all."""
    found = Plan.objects.visible_to(request.user).select_related(*OWNERS)
    shown_all = request.GET.get("tous") == "1"
    if not shown_all:
        found = found.filter(end__gte=timezone.localdate())
    page = _page(request, found.order_by("-start", "-id"))
    coordinated = Membership.objects.current().filter(user=request.user.pk, role=Role.COORDINATOR).order_by()
    programs = Program.objects.filter(pk__in=coordinated.values("program")).order_by("name", "pk")[:OFFERED]
    context = {"page": page, "shows_all": shown_all, "programs": programs}
    return render(request, "projects/plans/plans.html", context)


@require_safe
def group_plans(request: HttpRequest, slug: str) -> HttpResponse:
    """The plans of a group."""
    seen = group_seen(request, slug)
    page = _page(request, Plan.objects.filter(group=seen.group).order_by("-start", "-id"))
    new = f"?groupe={seen.group.slug}" if seen.animates else ""
    return render(request, "projects/plans/of_group.html", {"seen": seen, "tab": "plans", "page": page, "new": new})


@require_safe
def project_plans(request: HttpRequest, slug: str) -> HttpResponse:
    """The plans of a project."""
    seen = project_seen(request, slug)
    page = _page(request, Plan.objects.filter(project=seen.project).order_by("-start", "-id"))
    new = f"?projet={seen.project.slug}" if seen.edits else ""
    return render(request, "projects/plans/of_project.html", {"seen": seen, "tab": "plans", "page": page, "new": new})


def _page(request: HttpRequest, found: QuerySet[Plan]) -> Any:
    return Paginator(found, PER_PAGE).get_page(request.GET.get("page"))


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: HttpRequest) -> HttpResponse:
    """Open a plan of the group, project or programme that the address names."""
    owner = _owner(request)
    seen = plan_as_seen(request.user, Plan(**owner))
    require(can_edit_plan(request.user, seen.plan))
    year = timezone.localdate().year
    initial = {"title": _("Plan d'action %d") % year, "start": f"{year}-01-01", "end": f"{year}-12-31"}
    form = PlanForm(request.POST or None, initial=initial)
    made: list[Plan] = []
    if form.is_valid() and carried_out(
        form,
        lambda: made.append(open_plan(actor=request.user, values=form.values(), confirmed=form.is_confirmed, **owner)),
    ):
        messages.success(request, _("Le plan est ouvert. Écrivez ce que vous voulez atteindre : ses objectifs."))
        return redirect("projects:objectives", made[0].uid)
    context = {"seen": seen, "form": form, "cancel": seen.plans_href}
    return render(request, "projects/plans/form.html", context, status=422 if form.errors else 200)


def _owner(request: HttpRequest) -> dict[str, Any]:
    """Whose plan it will be, as the person sees them. 404 when they do not."""
    asked, actor = request.GET, request.user
    if "groupe" in asked:
        return {"group": get_object_or_404(Group.objects.visible_to(actor), slug=asked["groupe"])}
    if "projet" in asked:
        projects = Project.objects.visible_to(actor).select_related("group", "program")
        return {"project": get_object_or_404(projects, slug=asked["projet"])}
    return {"program": get_object_or_404(Program.objects.visible_to(actor), slug=asked.get("programme", ""))}


@require_safe
def plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A plan as a table, its lines changed in place (`editer`)."""
    return table_page(request, plan_seen(request, uid))


@require_safe
def plan_board(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A plan in columns, one a state."""
    return board_page(request, plan_seen(request, uid))


@require_safe
def plan_file(request: HttpRequest, uid: UUID) -> StreamingHttpResponse:
    """The actions of a plan as a file, with the same filters."""
    seen = plan_seen(request, uid)
    rows = rows_of_file(ActionList(request.GET, seen.plan).found())
    return csv_answer(f"plan-{seen.plan.start:%Y}-actions", columns_of_file(), rows)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change the title, the period or the words of a plan."""
    seen = plan_seen(request, uid)
    require(can_edit_plan(request.user, seen.plan))
    initial = {name: getattr(seen.plan, name) for name in ("title", "start", "end", "words")}
    form = PlanForm(request.POST or None, initial=initial)
    if form.is_valid() and carried_out(
        form, lambda: edit_plan(actor=request.user, plan=seen.plan, values=form.values(), confirmed=form.is_confirmed)
    ):
        messages.success(request, _("Le plan est enregistré."))
        return redirect("projects:plan", uid)
    context = {"seen": seen, "form": form, "cancel": request.path.removesuffix("modifier/")}
    return render(request, "projects/plans/form.html", context, status=422 if form.errors else 200)


@require_POST
def plan_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back a plan opened by mistake."""
    seen = plan_seen(request, uid)
    try:
        remove_plan(actor=request.user, plan=seen.plan)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("projects:plan", uid)
    messages.success(request, _("Le plan est retiré."))
    return redirect(seen.plans_href)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_copy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open the plan that goes on with this one, with what is open in it."""
    seen = plan_seen(request, uid)
    require(can_edit_plan(request.user, seen.plan))
    offered = open_actions(plan=seen.plan)
    start, end = next_period(seen.plan)
    title = next_title(seen.plan, (seen.plan.start.year, seen.plan.end.year))
    initial = {"title": title, "start": start, "end": end, "actions": [action.pk for action in offered]}
    form = CopyForm(request.POST or None, initial=initial, offered=offered)
    made: list[Plan] = []
    if form.is_valid() and carried_out(
        form,
        lambda: made.append(
            copy_plan(actor=request.user, plan=seen.plan, confirmed=form.is_confirmed, **form.values())
        ),
    ):
        messages.success(request, _("Le plan suivant est ouvert : redonnez une date aux actions qui n'en ont plus."))
        return redirect("projects:plan", made[0].uid)
    context = {"seen": seen, "form": form, "cancel": request.path.removesuffix("copier/")}
    return render(request, "projects/plans/copy.html", context, status=422 if form.errors else 200)
