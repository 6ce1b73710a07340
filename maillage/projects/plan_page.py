"""The page of a plan: its lines by objective with one changed in place, or its columns."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from maillage.core.text import as_uid

from .action_list import ActionList, doers_of, figures_of, rank_of
from .doers import members_of_plan, told_doers
from .enums import ActionState
from .forms.actions import ActionLineForm
from .models import Action, Plan
from .plan_lines import Line, lines_by_key, lines_of
from .plan_seen import WITH_DOERS, PlanSeen

PER_PAGE = 25
OFFERED = 300


@dataclass(frozen=True, slots=True)
class Edited:
    """A line that is changed in place: its action, its form, and how it stands `now` when somebody changed it meanwhile."""

    action: Action
    form: ActionLineForm
    now: Line | None = None


def table_page(
    request: HttpRequest, seen: PlanSeen, typed: tuple[Action, ActionLineForm, Action | None] | None = None
) -> HttpResponse:
    """The table. `typed` is a line as somebody typed it and was refused, with how the action stands when it changed meanwhile."""
    asked = request.GET.copy() if typed is None else _back(request)
    shown, figures = ActionList(asked, seen.plan), figures_of(seen.plan)
    paginator = Paginator(shown.found(), PER_PAGE)
    if not shown.query:
        paginator.count = figures["all"]
    page = paginator.get_page(asked.get("page"))
    lines = lines_of(cast("QuerySet[Action]", page.object_list), request.user)
    about = _about(seen, shown, "projects:plan")
    titles = {objective.pk: objective for objective in about["objectives"]}
    edited = _edited(request, seen, lines, typed) if seen.edits else None
    context: dict[str, Any] = about | {
        "figures": figures,
        "page": page,
        "parts": [(titles[key], list(rows)) for key, rows in groupby(lines, key=lambda line: line.objective_id)],
        "edited": edited,
        "edited_pk": edited.action.pk if edited else 0,
        "names": names_offered(seen.plan) if edited else [],
        "tab": "table",
        "back": (back := _address(shown, page)),
        "edit": f"{about['here'] if typed else ''}?{back and f'{back}&'}editer=",
    }
    return render(request, "projects/plans/table.html", context, status=422 if typed else 200)


def board_page(request: HttpRequest, seen: PlanSeen) -> HttpResponse:
    """The columns."""
    shown = ActionList(request.GET, seen.plan)
    about = _about(seen, shown, "projects:plan_board")
    context = about | {
        "columns": shown.columns(request.user), "tab": "board", "back": shown.query,
    }  # fmt: skip
    return render(request, "projects/plans/board.html", context)


def names_offered(plan: Plan) -> list[str]:
    """Names that a field offers for who does or supports an action: members, then organizations of the members."""
    members = list(members_of_plan(plan).select_related("organization")[:OFFERED])
    organizations = sorted({member.organization.name for member in members if member.organization is not None})
    return [*dict.fromkeys(member.person.name for member in members), *organizations]


def line_of(action: Action) -> dict[str, Any]:
    """An action as its line is changed in place."""
    return {
        "title": action.title,
        "state": action.state,
        "doers": told_doers(action),
        "due_on": action.due_on,
        "rank": rank_of(action),
    }


def _about(seen: PlanSeen, shown: ActionList, name: str) -> dict[str, Any]:
    objectives = list(seen.plan.objectives.annotate(count=Count("actions")).order_by("position", "id"))
    doers = doers_of(seen.plan)
    return {
        "seen": seen, "list": shown, "objectives": objectives, "doers": doers,
        "bare_objectives": [] if shown.query else [row for row in objectives if not row.count],
        "filters": shown.in_force(objectives, doers), "action_states": ActionState.choices,
        "here": reverse(name, args=[seen.plan.uid]),
    }  # fmt: skip


def _edited(
    request: HttpRequest, seen: PlanSeen, lines: list[Line], typed: tuple[Action, ActionLineForm, Action | None] | None
) -> Edited | None:
    if typed is not None:
        action, form, now = typed
        return Edited(action, form, lines_by_key([now.pk]).get(now.pk) if now is not None else None)
    uid = as_uid(request.GET.get("editer"))
    if uid is None or all(line.uid != str(uid) for line in lines):
        return None
    found = Action.objects.select_related("organization").prefetch_related(WITH_DOERS).filter(uid=uid).first()
    if found is None:
        return None
    return Edited(found, ActionLineForm(plan=seen.plan, initial=line_of(found)))


def _back(request: HttpRequest) -> QueryDict:
    return QueryDict(request.POST.get("back", ""), mutable=True)


def _address(shown: ActionList, page: Any) -> str:
    rest = f"page={page.number}" if page.number > 1 else ""
    return "&".join(filter(None, [shown.query, rest]))
