"""Actions of plans: one action, written whole or in place, moved from state to state; mine across plans."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.fields import carried_out
from maillage.core.text import as_uid
from maillage.projects.action_list import ranked
from maillage.projects.action_page import action_page, form_page, initial_of, standing
from maillage.projects.doers import can_mark_action
from maillage.projects.enums import OPEN_ACTION, ActionState
from maillage.projects.forms.actions import ActionForm, ActionLineForm
from maillage.projects.models import Action, Objective, Plan
from maillage.projects.permissions import can_edit_plan
from maillage.projects.plan_lines import lines_by_key
from maillage.projects.plan_page import table_page
from maillage.projects.plan_seen import action_seen, plan_seen
from maillage.projects.services.actions import ActionMoved, add_action, edit_action, mark_action, remove_action

PER_PAGE = 20


@require_safe
def my_actions(request: HttpRequest) -> HttpResponse:
    """The actions in the person's hands, across the plans that they see."""
    asked = request.GET.get("etat", "")
    state = asked if asked in ActionState.values else ""
    mine = Action.objects.visible_to(request.user).filter(members__person__user=request.user.pk)
    keys = ranked(mine)
    page = Paginator(
        [key for held, key in keys if (held == state if state else held in OPEN_ACTION)], PER_PAGE
    ).get_page(request.GET.get("page"))
    lines = lines_by_key(list(page), request.user)
    counts = Counter(held for held, _key in keys)
    under = {one.objective_id for one in lines.values()}
    objectives = Objective.objects.select_related("plan").order_by().in_bulk(under)
    context = {
        "page": page, "lines": [(lines[key], objectives[lines[key].objective_id]) for key in page if key in lines], "state": state,
        "counts": [(code, label, counts[code]) for code, label in ActionState.choices],
        "waits": sum(counts[code] for code in OPEN_ACTION), "action_states": ActionState.choices,
        "back": f"etat={state}" if state else "",
    }  # fmt: skip
    return render(request, "projects/plans/mine.html", context)


@require_safe
def action(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One action: what it is, who supports it, what was measured."""
    seen, found = action_seen(request, uid)
    return action_page(request, seen, found)


@require_http_methods(["GET", "HEAD", "POST"])
def action_new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write an action under an objective of the plan."""
    seen = plan_seen(request, uid)
    require(can_edit_plan(request.user, seen.plan))
    rows = list(seen.plan.objectives.order_by("position", "id"))
    asked = as_uid(request.GET.get("objectif"))
    first = next((row for row in rows if row.uid == asked), rows[0] if rows else None)
    if first is None:
        messages.info(request, _("Écrivez d'abord un objectif : chaque action en sert un."))
        return redirect("projects:objectives", uid)
    form = ActionForm(request.POST or None, plan=seen.plan, initial={"objective": first.pk})
    made: list[Action] = []
    if form.is_valid() and carried_out(form, lambda: made.append(_added(request.user, form))):
        messages.success(request, _("L'action est inscrite. Qui l'appuie ?"))
        return redirect(reverse("projects:action", args=[made[0].uid]) + "#appuis")
    return form_page(request, seen, form, None)


def _added(actor: Any, form: ActionForm) -> Action:
    values = form.values()
    return add_action(actor=actor, objective=values.pop("objective"), values=values, confirmed=form.is_confirmed)


@require_http_methods(["GET", "HEAD", "POST"])
def action_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change an action; when somebody changed it meanwhile, both are shown and the person decides."""
    seen, found = action_seen(request, uid)
    require(can_edit_plan(request.user, seen.plan))
    form = ActionForm(request.POST or None, plan=seen.plan, action=found, initial=initial_of(found))
    if request.method != "POST":
        return form_page(request, seen, form, found)
    now: list[Action] = []
    if form.is_valid() and carried_out(form, lambda: _edited(request, found, form, now)):
        messages.success(request, _("L'action est enregistrée."))
        return redirect("projects:action", uid)
    return form_page(request, seen, form, found, now[0] if now else None)


@require_POST
def action_line(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change an action in place, from the table."""
    seen, found = action_seen(request, uid)
    require(can_edit_plan(request.user, seen.plan))
    form = ActionLineForm(request.POST, plan=seen.plan)
    now: list[Action] = []
    if form.is_valid() and carried_out(form, lambda: _edited(request, found, form, now)):
        return redirect(_back(request, seen.plan, found))
    return table_page(request, seen, (now[0] if now else found, form, now[0] if now else None))


def _edited(request: HttpRequest, found: Action, form: Any, now: list[Action]) -> None:
    sent = request.POST.get("revision", "")
    try:
        revision = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1
        edit_action(
            actor=request.user, action=found, values=form.values(), revision=revision, confirmed=form.is_confirmed
        )
    except ActionMoved as moved:
        now.append(standing(moved.action))
        raise


@require_POST
def action_move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say where an action stands: one touch, from the columns, the table, the action or « Mes actions ».

    `do` is the state, after the one that the person had in sight and a colon: `to_do:done`.
    """
    seen, found = action_seen(request, uid)
    require(can_mark_action(request.user, found, seen.edits))
    had, _to, state = request.POST.get("do", "").rpartition(":")
    outcome = " ".join(request.POST.get("outcome", "").split())
    try:
        mark_action(actor=request.user, action=found, state=state, seen=had, outcome=outcome)
    except NotAllowed:
        raise
    except (Refused, ValidationError) as refusal:
        messages.warning(request, " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal))
        return redirect(_back(request, seen.plan, found))
    said = {"title": found.title, "state": ActionState(state).label}
    messages.success(request, _("« %(title)s » : %(state)s.") % said)
    if state == ActionState.UNDER_WAY and not found.supports.exists():
        messages.warning(request, _("Cette action commence sans appui nommé : inscrivez qui l'appuie."))
    return redirect(_back(request, seen.plan, found))


@require_POST
def action_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back an action written by mistake."""
    seen, found = action_seen(request, uid)
    try:
        remove_action(actor=request.user, action=found)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("projects:action", uid)
    messages.success(request, _("L'action est retirée."))
    return redirect("projects:plan", seen.plan.uid)


def _back(request: HttpRequest, plan: Plan, action: Action) -> str:
    """To the page that the touch came from, with its filters."""
    came, back = request.POST.get("from", ""), request.POST.get("back", "")
    query = f"?{back}" if back and back.isprintable() and "#" not in back else ""
    if came == "mine":
        return reverse("projects:my_actions") + query
    if came == "action":
        return reverse("projects:action", args=[action.uid])
    name = "projects:plan_board" if came == "board" else "projects:plan"
    return reverse(name, args=[plan.uid]) + query + f"#a-{action.pk}"
