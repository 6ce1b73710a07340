"""Support measures, their calls, and applications of groups."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from maillage.projects.models import Application, ApplicationStep, BudgetLine, Call, Criterion, Fund

from .counter import following
from .programs import make_program
from .projects import make_project
from .regions import make_organization


def make_fund(program: Any = None, **fields: Any) -> Fund:
    """A measure of a programme (a new one by default): 50 000 $, at most 7 500 $ a project, since last year."""
    number = following()
    values = {
        "name": f"Mesure inventée {number}", "slug": f"mesure-{number}", "envelope": Decimal(50_000),
        "most": Decimal(7_500), "start": timezone.localdate() - timedelta(days=400), **fields,
    }  # fmt: skip
    return Fund.objects.create(program=program or make_program(), **values)


def make_criterion(fund: Fund, **fields: Any) -> Criterion:
    """What a committee looks at."""
    return Criterion.objects.create(fund=fund, **{"label": f"Critère {following()}", **fields})


def make_call(fund: Fund | None = None, opens: int = -10, closes: int = 20, **fields: Any) -> Call:
    """A call, open from ten days ago for twenty more (days from today)."""
    today = timezone.localdate()
    dates = {"opens_on": today + timedelta(days=opens), "closes_on": today + timedelta(days=closes)}
    values = {"title": f"Appel inventé {following()}", **dates, **fields}
    return Call.objects.create(fund=fund or make_fund(), **values)


def make_application(project: Any = None, call: Call | None = None, **fields: Any) -> Application:
    """An application that lacks nothing: 5 500 $ asked for 8 690 $; `state` and words may be given."""
    project, today = project or make_project(), timezone.localdate()
    values = {
        "what": "Planter un jardin.", "why": "Manger mieux.", "who": "Les familles.", "when": "Cet été.",
        "changes": "Se connaître.", "afterwards": "La municipalité continue.", "asked": Decimal(5_500),
        "starts_on": today, "ends_on": today + timedelta(days=90), **fields,
    }  # fmt: skip
    if "payee" not in values:
        values["payee"] = make_organization()
    one = Application.objects.create(call=call or make_call(), project=project, group=project.group, **values)
    ApplicationStep.objects.create(application=one, after=one.state)
    lines = [("cost", "", "Terre et outils", 8_690), ("source", "asked", "La mesure", 5_500)]
    lines += [("source", "money", "Municipalité", 2_190), ("source", "in_kind", "Bénévoles", 1_000)]
    for place, (side, kind, label, amount) in enumerate(lines):
        BudgetLine.objects.create(
            application=one, position=place, side=side, kind=kind, label=label, amount=Decimal(amount)
        )
    return one
