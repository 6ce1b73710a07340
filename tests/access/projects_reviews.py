"""Rows of plans read otherwise and of yearly reviews.

Members of our group: tenant, partner, worker; outreach is its secretary, coordinator coordinates it.
"""

from typing import Any

from maillage.projects.models import Plan, Review
from tests.factories import make_plan
from tests.factories.projects_reviews import make_review, planned, supported

from .concertation import Line, nothing
from .world import World


def _plan(world: World) -> Plan:
    """A plan of our group that bears the canary."""
    plan = make_plan(group=world.ours.group, title=f"Plan {world.ours.canary}")
    supported(planned(plan, title=f"Semer {world.ours.canary}"), name=f"Appui {world.ours.canary}")
    return plan


def _our_plan(world: World) -> dict[str, Any]:
    """Our plan's address."""
    return {"uid": _plan(world).uid}


def _made(world: World) -> Review:
    """A review of our plan, its target not judged."""
    return make_review(_plan(world), words=f"Un bilan {world.ours.canary}")


def _review(world: World) -> dict[str, Any]:
    """Our review's address."""
    return {"uid": _made(world).uid}


def _line(world: World) -> dict[str, Any]:
    """Our review and an action of its plan."""
    review = _made(world)
    return {"uid": review.uid, "action": review.plan.objectives.get().actions.get().uid}


def _priority(world: World) -> dict[str, Any]:
    """Our review and what it puts first."""
    review = _made(world)
    return {"uid": review.uid, "pk": review.priorities.create(statement=f"Cible {world.ours.canary}").pk}


def _kept(world: World) -> dict[str, Any]:
    """A review that says something already."""
    return {"uid": _priority(world)["uid"]}


def _sent(**data: str) -> Any:
    return lambda world: data


LINES: list[Line] = [
    ("projects:plan_timeline", "GET", "L42242222", _our_plan, "", nothing),
    ("projects:plan_timeline", "POST", "LMMMMMMMM", _our_plan, "", nothing),
    ("projects:plan_print", "GET", "L42242222", _our_plan, "", nothing),
    ("projects:plan_pdf", "GET", "L42242222", _our_plan, "", nothing),
    ("projects:plan_reviews", "GET", "L42242222", _our_plan, "", nothing),
    ("projects:review_new", "GET", "L4FF4F222", _our_plan, "", nothing),
    ("projects:review_new", "POST", "L4FF4FUUU", _our_plan, "", _sent(year="20")),
    ("projects:review", "GET", "L42242222", _review, "", nothing),
    ("projects:review_pdf", "GET", "L42242222", _review, "", nothing),
    ("projects:review_edit", "GET", "L4FF4F222", _review, "", nothing),
    ("projects:review_line", "POST", "L4FF4FUUU", _line, "", _sent(verdict="reached")),
    ("projects:priority_add", "POST", "L4FF4FUUU", _review, "", nothing),
    ("projects:priority_change", "POST", "L4FF4FRRR", _priority, "", _sent(do="up")),
    ("projects:review_close", "GET", "L4FF4F222", _review, "", nothing),
    ("projects:review_close", "POST", "L4FF4FUUU", _review, "", nothing),
    ("projects:review_reopen", "POST", "L4FF4FRRR", _review, "", nothing),
    ("projects:review_remove", "POST", "L4FF4FRRR", _kept, "", nothing),
]
