"""Rows of grants. Our worker sits on the committee of our fund, which our coordinator manages; the secretary of our group
(outreach) and its coordinator carry the project."""

from datetime import date
from typing import Any

from django.utils import timezone

from maillage.projects.models import Application, FinalReport, Fund, GrantDecision, Payment
from tests.factories import make_group, make_group_member
from tests.factories.projects_support import make_application, make_call, make_criterion, make_fund

from .concertation import Line, nothing
from .world import World


def _fund(world: World) -> Fund:
    """Our fund, with a committee where the worker sits."""
    found = Fund.objects.filter(program=world.ours.program, slug="mesure-a-evaluer").first()
    if found is None:
        committee = make_group(name=f"Comité {world.ours.canary}")
        make_group_member(committee, user=world.ours.members["worker"].user)
        found = make_fund(world.ours.program, slug="mesure-a-evaluer", name="Mesure à évaluer", committee=committee)
        make_criterion(found)
    return found


def _application(world: World, state: str = "reviewed", **fields: Any) -> Application:
    call = make_call(_fund(world), title=f"Appel {world.ours.canary}")
    return make_application(world.ours.project, call, state=state, **fields)


def _reviewed(world: World) -> dict[str, Any]:
    """An application before the committee."""
    return {"uid": _application(world).uid}


def _with_money(world: World, state: str) -> Application:
    one = _application(world, state, granted=5_500, agreed_on=date(2024, 5, 1))
    GrantDecision.objects.create(
        application=one, outcome="granted", amount=5_500, reason=f"Oui {world.ours.canary}", decided_on=date(2024, 4, 1)
    )
    return one


def _granted(world: World) -> dict[str, Any]:
    """One that was granted."""
    return {"uid": _with_money(world, "granted").uid}


def _agreed(world: World) -> dict[str, Any]:
    """One whose letter is signed."""
    return {"uid": _with_money(world, "agreed").uid}


def _payment(world: World) -> dict[str, Any]:
    """A payment of our fund."""
    one = _with_money(world, "agreed")
    return {"uid": Payment.objects.create(application=one, amount=1_000, on=timezone.localdate()).uid}


def _reported(world: World) -> dict[str, Any]:
    """One whose final report is submitted."""
    one = _with_money(world, "reported")
    FinalReport.objects.create(application=one, results=f"Un jardin {world.ours.canary}")
    return {"uid": one.uid}


def _passage(world: World) -> dict[str, Any]:
    """A passage of one that is granted."""
    one = Application.objects.get(**_granted(world))
    row, _new = one.steps.get_or_create(after="granted", before="reviewed")
    return {"uid": one.uid, "pk": row.pk}


def _our_fund(world: World) -> dict[str, Any]:
    """The address of our fund, with something granted."""
    _with_money(world, "agreed")
    return {"slug": _fund(world).slug}


def _file(format: str) -> Any:
    return lambda world: {**_our_fund(world), "format": format}


def _sent(**data: str) -> Any:
    return lambda world: data


LINES: list[Line] = [
    ("projects:fund_committee", "GET", "LFFFF2F22", _our_fund, "", nothing),
    ("projects:committee", "GET", "L4FF42F22", _reviewed, "", nothing),
    ("projects:scores", "POST", "L4FF4RFFF", _reviewed, "", nothing),
    ("projects:scores", "GET", "LMMMMMMMM", _reviewed, "", nothing),
    ("projects:conflict_declare", "POST", "L4FF4RFFF", _reviewed, "", _sent(reason="Un proche y travaille")),
    ("projects:conflict_take_back", "POST", "L4FF4UFFF", _reviewed, "", _sent(why="Ce n'est pas ce projet")),
    ("projects:grant_decide", "POST", "L4FF4FFUU", _reviewed, "", nothing),
    ("projects:grant", "GET", "L42242222", _granted, "", nothing),
    ("projects:grant_letter", "GET", "L42242222", _granted, "", nothing),
    ("projects:grant_letter", "GET", "L44444444", _reviewed, "", nothing),
    ("projects:passage_day", "GET", "L4FF4FF22", _passage, "", nothing),
    ("projects:passage_day", "POST", "L4FF4FFUU", _passage, "", _sent(on="demain")),
    ("projects:grant_sign", "POST", "L4FF4FFUU", _granted, "", nothing),
    ("projects:payment_add", "POST", "L4FF4FFUU", _agreed, "", nothing),
    ("projects:payment_cancel", "POST", "L4FF4FFUU", _payment, "", nothing),
    ("projects:amendment_add", "POST", "L4FF4FFUU", _agreed, "", nothing),
    ("projects:final_report", "GET", "L42242222", _reported, "", nothing),
    ("projects:final_report", "GET", "L44444444", _agreed, "", nothing),
    ("projects:final_report_edit", "GET", "L4FF4F222", _agreed, "", nothing),
    ("projects:final_report_edit", "POST", "L4FF4FUUU", _agreed, "", _sent(results="")),
    ("projects:final_report_edit", "GET", "L4FF4FFFF", _reported, "", nothing),
    ("projects:report_accept", "POST", "L4FF4FFUU", _reported, "", nothing),
    ("projects:report_again", "POST", "L4FF4FFUU", _reported, "", nothing),
    ("projects:fund_outcome", "GET", "LF2222222", _our_fund, "", nothing),
    ("projects:fund_outcome_file", "GET", "LF2222222", _file("csv"), "", nothing),
    ("projects:fund_outcome_file", "GET", "LF2222222", _file("xlsx"), "", nothing),
    ("projects:fund_outcome_file", "GET", "LF2222222", _file("pdf"), "", nothing),
    ("projects:fund_outcome_file", "GET", "LF4444444", _file("exe"), "", nothing),
]
