"""Rows of support. Whoever signs in reads the measures; an application is for its project's people and, submitted, its fund's."""

from typing import Any

from maillage.projects.models import Application
from tests.factories.projects_support import make_application, make_call, make_criterion, make_fund

from .concertation import Line, nothing
from .projects import our_project
from .world import World


def _fund(world: World) -> dict[str, Any]:
    """A measure of our programme."""
    return {"slug": make_fund(world.ours.program, name="Mesure de notre programme").slug}


def _call(world: World, **fields: Any) -> dict[str, Any]:
    """A call of ours that is not announced."""
    return {"uid": make_call(make_fund(world.ours.program), **fields).uid}


def _announced(world: World) -> dict[str, Any]:
    """A call of ours that anybody reads."""
    return _call(world, is_announced=True)


def _criterion(world: World) -> dict[str, Any]:
    """A criterion of ours."""
    return {"pk": make_criterion(make_fund(world.ours.program)).pk}


def _made(world: World, **fields: Any) -> dict[str, Any]:
    """An application of our project to our measure; members of our group, but the committee, read it as a draft."""
    existing = Application.objects.filter(project=world.ours.project).first()
    if existing is None:
        call = make_call(make_fund(world.ours.program, committee=world.ours.group))
        existing = make_application(world.ours.project, call, what=f"Un jardin {world.ours.canary}", **fields)
    return {"uid": existing.uid}


def _submitted(world: World) -> dict[str, Any]:
    """The same, submitted."""
    return _made(world, state="submitted")


def _new_budget(world: World) -> dict[str, str]:
    return {f"{part}-{name}": "0" for part in ("cost", "source") for name in ("TOTAL_FORMS", "INITIAL_FORMS")}


def _sent(**data: str) -> Any:
    return lambda world: data


LINES: list[Line] = [
    ("projects:funds", "GET", "222222222", nothing, "", nothing),
    ("projects:fund_new", "GET", "L2FFFFF22", nothing, "", nothing),
    ("projects:fund_new", "POST", "LUFFFFFUU", nothing, "", _sent(name="")),
    ("projects:fund", "GET", "L22222222", _fund, "", nothing, True),
    ("projects:fund_edit", "GET", "LFFFFFF22", _fund, "", nothing),
    ("projects:criterion_add", "POST", "LFFFFFFRR", _fund, "", _sent(label="Participation", most="5", weight="2")),
    ("projects:criterion_retire", "POST", "LFFFFFFR4", _criterion, "", nothing),
    ("projects:call_new", "GET", "LFFFFFF22", _fund, "", nothing),
    ("projects:call", "GET", "422222222", _call, "", nothing, True),
    ("projects:call", "GET", "222222222", _announced, "", nothing, True),
    ("projects:call_edit", "GET", "LFFFFFF22", _call, "", nothing),
    ("projects:call_remove", "POST", "LFFFFFFR4", _call, "", nothing),
    ("projects:applications", "GET", "L22222222", nothing, "", nothing),
    ("projects:applications_file", "GET", "L22222222", nothing, "", nothing),
    ("projects:application_new", "GET", "L22222222", nothing, "", nothing),
    ("projects:application_record", "GET", "LFFFFFF22", _fund, "", nothing),
    ("projects:application_record", "POST", "LFFFFFFUU", _fund, "", _sent(project="")),
    ("projects:project_applications", "GET", "L42242222", our_project, "", nothing),
    ("projects:application", "GET", "L42242222", _made, "", nothing),
    ("projects:application", "GET", "L42242222", _submitted, "", nothing),
    ("projects:application_words", "GET", "L4FF4F222", _made, "", nothing),
    ("projects:application_words", "GET", "L4FF4FFFF", _submitted, "", nothing),
    ("projects:application_budget", "GET", "L4FF4F222", _made, "", nothing),
    ("projects:budget_totals", "POST", "L4FF4F222", _made, "", _new_budget),
    ("projects:application_submit", "POST", "L4FF4FRUU", _made, "", nothing),
    ("projects:application_withdraw", "POST", "L4FF4FRUU", _made, "", nothing),
    ("projects:application_return", "POST", "L4FF4FFRU", _submitted, "", _sent(missing="Dites qui arrose.")),
    ("projects:application_review", "POST", "L4FF4FFRU", _submitted, "", nothing),
]
