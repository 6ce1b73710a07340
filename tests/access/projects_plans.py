"""Rows of plans of projects. Our plan is our group's: its members read it, those who animate it change it."""

from typing import Any

from maillage.projects.models import Action, Objective, Plan
from tests.factories.projects import make_plan
from tests.factories.projects_plans import make_action, make_measure, make_objective, make_support

from .concertation import Line, nothing, our_group
from .projects import our_project
from .world import World


def _made(world: World) -> tuple[Plan, Objective, Action]:
    canary = world.ours.canary
    plan = make_plan(group=world.ours.group, title=f"Plan {canary}")
    objective = make_objective(plan, title=f"Objectif {canary}")
    return plan, objective, make_action(objective, title=f"Action {canary}", indicator="logements")


def _plan(world: World) -> dict[str, Any]:
    """Our group's plan, with an action."""
    return {"uid": _made(world)[0].uid}


def _project_plan(world: World) -> dict[str, Any]:
    """Our project's plan."""
    return {"uid": make_plan(project=world.ours.project, title=f"Plan {world.ours.canary}").uid}


def _program_plan(world: World) -> dict[str, Any]:
    """Our programme's plan: its members read it."""
    return {"uid": make_plan(program=world.ours.program, title=f"Plan {world.ours.canary}").uid}


def _objective(world: World) -> dict[str, Any]:
    plan, objective, _action = _made(world)
    return {"uid": plan.uid, "objective": objective.uid}


def _action(world: World) -> dict[str, Any]:
    """An action that nobody in particular does."""
    return {"uid": _made(world)[2].uid}


def _tenant_action(world: World) -> dict[str, Any]:
    """An action in the tenant's hands."""
    action = _made(world)[2]
    action.members.set([world.ours.seats["tenant"]])
    return {"uid": action.uid}


def _done(world: World) -> dict[str, Any]:
    """An action that is done: it is not taken back."""
    action = _made(world)[2]
    Action.objects.filter(pk=action.pk).update(state="done")
    return {"uid": action.uid}


def _support(world: World) -> dict[str, Any]:
    action = _made(world)[2]
    return {"uid": action.uid, "support": make_support(action, name=f"Ville {world.ours.canary}").pk}


def _measure(world: World) -> dict[str, Any]:
    """A measure of an action in the tenant's hands; who comes second no longer finds it."""
    arguments = _tenant_action(world)
    action = Action.objects.get(uid=arguments["uid"])
    return {**arguments, "measure": make_measure(action).pk}


def _sent(**data: str) -> Any:
    return lambda world: data


_PERIOD = {"title": "Plan", "start": "2027-01-01", "end": "2027-12-31"}

LINES: list[Line] = [
    ("projects:plans", "GET", "L22222222", nothing, "", nothing),
    ("projects:plans", "POST", "LMMMMMMMM", nothing, "", nothing),
    ("projects:group_plans", "GET", "L42242222", our_group, "", nothing),
    ("projects:project_plans", "GET", "L42242222", our_project, "", nothing),
    ("projects:plan", "GET", "L42242222", _plan, "", nothing),
    ("projects:plan", "GET", "L42242222", _project_plan, "", nothing),
    ("projects:plan", "GET", "L42222222", _program_plan, "", nothing),
    ("projects:plan_board", "GET", "L42242222", _plan, "", nothing),
    ("projects:plan_file", "GET", "L42242222", _plan, "", nothing),
    ("projects:plan_edit", "GET", "L4FF4F222", _plan, "", nothing),
    ("projects:plan_edit", "POST", "L4FF4FRRR", _plan, "", _sent(**_PERIOD)),
    ("projects:plan_edit", "GET", "L4FFFFF22", _program_plan, "", nothing),
    ("projects:plan_remove", "POST", "L4FF4FRRR", _plan, "", nothing),
    ("projects:plan_copy", "GET", "L4FF4F222", _plan, "", nothing),
    ("projects:plan_copy", "POST", "L4FF4FUUU", _plan, "", _sent(title="", start="2027-01-01", end="2027-12-31")),
    ("projects:objectives", "GET", "L42242222", _plan, "", nothing),
    ("projects:objectives", "POST", "L4FF4FUUU", _plan, "", nothing),
    ("projects:objective_change", "POST", "L4FF4FRRR", _objective, "", _sent(do="up")),
    ("projects:action_new", "GET", "L4FF4F222", _plan, "", nothing),
    ("projects:action_new", "POST", "L4FF4FUUU", _plan, "", _sent(title="")),
    ("projects:my_actions", "GET", "L22222222", nothing, "", nothing),
    ("projects:action", "GET", "L42242222", _action, "", nothing),
    ("projects:action_edit", "GET", "L4FF4F222", _action, "", nothing),
    ("projects:action_edit", "POST", "L4FF4FUUU", _action, "", _sent(title="")),
    ("projects:action_line", "POST", "L4FF4FUUU", _action, "", _sent(title="")),
    ("projects:action_line", "GET", "LMMMMMMMM", _action, "", nothing),
    ("projects:action_move", "POST", "L4FF4FRRR", _action, "", _sent(do="done")),
    ("projects:action_move", "POST", "L4RF4FRRR", _tenant_action, "", _sent(do="done")),
    ("projects:action_remove", "POST", "L4FF4FRRR", _done, "", nothing),
    ("projects:action_support_new", "POST", "L4FF4FUUU", _action, "", _sent(**{"appui-who": ""})),
    ("projects:action_support", "POST", "L4FF4FRRR", _support, "", _sent(do="held")),
    ("projects:measure_add", "POST", "L4UF4FUUU", _tenant_action, "", _sent(**{"mesure-value": "?"})),
    ("projects:measure_remove", "POST", "L4RF4F444", _measure, "", nothing),
]
LINES += [
    ("projects:plan_new", "GET", letters, nothing, f"?{query}-canariours", nothing)
    for letters, query in (
        ("L4FF4F222", "groupe=table"),
        ("L4FF4F222", "projet=projet"),
        ("L4FFFFF22", "programme=programme"),
    )
]
