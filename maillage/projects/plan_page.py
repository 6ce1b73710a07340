"""The page of a plan: its lines by objective with one changed in place, or its columns."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from maillage.core.text import as_uid

from .action_list import ActionList, doers_of, figures_of
from .doers import members_of_plan, told_doers
from .enums import ActionState
from .forms.actions import ActionLineForm
from .models import Action, Plan
from .plan_seen import PlanSeen

PER_PAGE = 50
OFFERED = 300


def table_page(
    request: HttpRequest, seen: PlanSeen, typed: tuple[Action, ActionLineForm, Action | None] | None = None
) -> HttpResponse:
    """The table. `typed` is a line as somebody typed it and was refused, with how the action stands when it changed meanwhile."""
    asked = request.GET.copy() if typed is None else _back(request)
    shown = ActionList(asked, seen.plan)
    page = Paginator(shown.found(), PER_PAGE).get_page(asked.get("page"))
    mine = {action.pk for action in page if does(request.user, action)}
    line = typed or _opened(request, seen, list(page))
    if line is not None and seen.edits:
        context: dict[str, Any] = {"line": {"pk": line[0].pk, "form": line[1], "now": line[2]}}
        context["names"] = names_offered(seen.plan)
    else:
        context = {"line": {"pk": 0, "form": None, "now": None}, "names": []}
    context |= _about(seen, shown, "projects:plan") | {
        "figures": figures_of(seen.plan),
        "page": page,
        "mine": mine,
        "tab": "table",
        "back": _address(shown, page),
    }
    return render(request, "projects/plans/table.html", context, status=422 if typed else 200)


def board_page(request: HttpRequest, seen: PlanSeen) -> HttpResponse:
    """The columns."""
    shown = ActionList(request.GET, seen.plan)
    columns = [
        (state, count, [(action, seen.edits or does(request.user, action)) for action in rows], more)
        for state, count, rows, more in shown.columns()
    ]
    context = _about(seen, shown, "projects:plan_board") | {"columns": columns, "tab": "board", "back": shown.query}
    return render(request, "projects/plans/board.html", context)


def does(actor: Any, action: Action) -> bool:
    """Whether `actor` is one of those who do this action (its people are read)."""
    return any(member.person.user_id == actor.pk for member in action.members.all())


def names_offered(plan: Plan) -> list[str]:
    """Names that a field offers for who does or supports an action: members, then organizations of the members."""
    members = list(members_of_plan(plan).select_related("organization")[:OFFERED])
    organizations = sorted({member.organization.name for member in members if member.organization is not None})
    return [*dict.fromkeys(member.person.name for member in members), *organizations]


def line_of(action: Action) -> dict[str, Any]:
    """An action as its line is changed in place."""
    return {"title": action.title, "state": action.state, "doers": told_doers(action), "due_on": action.due_on}


def _about(seen: PlanSeen, shown: ActionList, name: str) -> dict[str, Any]:
    objectives = list(seen.plan.objectives.annotate(count=Count("actions")).order_by("position", "id"))
    doers = doers_of(seen.plan)
    return {
        "seen": seen, "list": shown, "objectives": objectives, "doers": doers,
        "bare_objectives": [] if shown.query else [row for row in objectives if not row.count],
        "filters": shown.in_force(objectives, doers), "action_states": ActionState.choices,
        "here": reverse(name, args=[seen.plan.uid]),
    }  # fmt: skip


def _opened(request: HttpRequest, seen: PlanSeen, rows: list[Action]) -> tuple[Action, ActionLineForm, None] | None:
    uid = as_uid(request.GET.get("editer"))
    action = next((row for row in rows if row.uid == uid), None)
    if action is None:
        return None
    return action, ActionLineForm(plan=seen.plan, initial=line_of(action)), None


def _back(request: HttpRequest) -> QueryDict:
    return QueryDict(request.POST.get("back", ""), mutable=True)


def _address(shown: ActionList, page: Any) -> str:
    rest = f"page={page.number}" if page.number > 1 else ""
    return "&".join(filter(None, [shown.query, rest]))
