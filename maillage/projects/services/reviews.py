"""The yearly review of a plan: opened, each target judged, what comes first next, closed with the next year's plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.errors import Refused, require
from maillage.core.services import audit, write
from maillage.projects.models import Action, ActionSupport, NextPriority, Plan, Review, ReviewLine
from maillage.projects.permissions import can_edit_plan
from maillage.projects.plan_words import refuse_in_plan
from maillage.projects.reviewing import meetings_of_plan

from .action_supports import say_support
from .objectives import add_objective
from .plan_copies import copy_plan

OPENED, EDITED = "projects.review_opened", "projects.review_edited"
JUDGED, JUDGED_AGAIN = "projects.target_judged", "projects.target_judged_again"
FIRST, LAST = 1960, 2100
MOST = 20  # priorities of a year


@dataclass(frozen=True, slots=True)
class NextPlan:
    """The plan of the year to come: its title and its period."""

    title: str
    start: date
    end: date


@transaction.atomic
def open_review(*, actor: Any, plan: Plan, values: Mapping[str, Any], confirmed: bool = False) -> Review:
    """Open the review of a plan for a year (year, held_on, meeting).

    `confirmed` as in `refuse_identities`, here and below. Raises `NotAllowed`, `Refused` (a year or a meeting out of reach),
    `ValidationError` (the year has its review, words that say who somebody is).
    """
    require(can_edit_plan(actor, plan))
    if not FIRST <= values["year"] <= LAST:
        raise Refused(_("L'année d'un bilan va de %(first)d à %(last)d.") % {"first": FIRST, "last": LAST})
    _refuse_elsewhere(actor, plan, values)
    review = Review(plan=plan)
    refuse_in_plan(plan=plan, obj=review, values=values, texts=("words",), confirmed=confirmed)
    return write(actor=actor, obj=review, values=values, new=OPENED, changed=EDITED).obj


@transaction.atomic
def edit_review(*, actor: Any, review: Review, values: Mapping[str, Any], confirmed: bool = False) -> Review:
    """Change when it was made, in which meeting, what is kept of it. Raises as `open_review`, and `Refused` once it is closed."""
    require(can_edit_plan(actor, review.plan))
    held = _open(review)
    _refuse_elsewhere(actor, held.plan, values)
    refuse_in_plan(plan=held.plan, obj=held, values=values, texts=("words",), confirmed=confirmed)
    return write(actor=actor, obj=held, values=values, new=OPENED, changed=EDITED).obj


@transaction.atomic
def judge_action(
    *,
    actor: Any,
    review: Review,
    action: Action,
    values: Mapping[str, Any],
    supports: Mapping[int, str],
    confirmed: bool = False,
) -> ReviewLine:
    """Say of one action's target what came of it (verdict, words, goes_on), and which of its supports were held.

    `supports` gives the state of supports by their keys. Raises `NotAllowed`, `Refused`, `ValidationError`.
    """
    require(can_edit_plan(actor, review.plan))
    held = _open(review)
    if action.objective.plan_id != held.plan_id:
        raise Refused(_("Cette action n'est pas du plan dont on fait le bilan."))
    line = ReviewLine.objects.filter(review=held, action=action).first() or ReviewLine(review=held, action=action)
    refuse_in_plan(plan=held.plan, obj=line, values=values, texts=("words",), confirmed=confirmed)
    written = write(actor=actor, obj=line, values=values, new=JUDGED, changed=JUDGED_AGAIN).obj
    known = {
        one.pk: one for one in ActionSupport.objects.filter(action=action).select_related("action__objective__plan")
    }
    for pk, state in supports.items():
        if pk not in known:
            raise Refused(_("Cet appui n'est pas de cette action."))
        if known[pk].state != state:
            seen_on = min(held.held_on, timezone.localdate())
            say_support(actor=actor, support=known[pk], state=state, on=seen_on)
    return written


@transaction.atomic
def add_priority(*, actor: Any, review: Review, values: Mapping[str, Any], confirmed: bool = False) -> NextPriority:
    """Write a target that comes first in the year to come (statement, support). Raises `NotAllowed`, `Refused`, `ValidationError`."""
    require(can_edit_plan(actor, review.plan))
    held = _open(review)
    if held.priorities.count() >= MOST:
        raise Refused(_("Ce bilan a déjà %d cibles prioritaires : retirez-en une pour en inscrire une autre.") % MOST)
    last = held.priorities.aggregate(last=Max("position"))["last"]
    priority = NextPriority(review=held, position=0 if last is None else last + 1)
    refuse_in_plan(plan=held.plan, obj=priority, values=values, texts=("statement",), confirmed=confirmed)
    # Who promises is named on purpose: only what is always somebody's own is refused.
    refuse_in_plan(plan=held.plan, obj=priority, values=values, texts=("support",), confirmed=True)
    verbs = {"new": "projects.priority_added", "changed": "projects.priority_edited"}
    return write(actor=actor, obj=priority, values=values, **verbs).obj


@transaction.atomic
def raise_priority(*, actor: Any, priority: NextPriority) -> None:
    """Put a priority before the one above it; at the top nothing moves. Raises `NotAllowed`, `Refused`."""
    require(can_edit_plan(actor, priority.review.plan))
    rows = list(_open(priority.review).priorities.order_by("position", "id"))
    place = next((rank for rank, row in enumerate(rows) if row.pk == priority.pk), 0)
    if not place:
        return
    rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for rank, row in enumerate(rows):
        row.position = rank
    NextPriority.objects.bulk_update(rows, ["position"])
    audit(actor=actor, verb="projects.priority_moved", obj=priority, changes={"position": [place, place - 1]})


@transaction.atomic
def remove_priority(*, actor: Any, priority: NextPriority) -> None:
    """Take back a priority. Raises `NotAllowed`, `Refused` once the review is closed."""
    require(can_edit_plan(actor, priority.review.plan))
    _open(priority.review)
    audit(actor=actor, verb="projects.priority_removed", obj=priority)
    priority.delete()


@transaction.atomic
def close_review(*, actor: Any, review: Review, following: NextPlan | None, confirmed: bool = False) -> Review:
    """Close the review; with `following`, open the plan of the year to come: what goes on, and the priorities as objectives.

    A review closed again does not open a second plan. Raises `NotAllowed`, `Refused` (targets not judged), `ValidationError`.
    """
    require(can_edit_plan(actor, review.plan))
    held = _open(review)
    _refuse_unjudged(held)
    if following is not None and held.next_plan is None:
        held.next_plan = _next_plan(actor, held, following, confirmed)
    held.closed_at = timezone.now()
    held.save(update_fields=["closed_at", "next_plan"])
    changes = {"next_plan": [None, held.next_plan_id]} if held.next_plan_id else {}
    audit(actor=actor, verb="projects.review_closed", obj=held, changes=changes)
    return held


@transaction.atomic
def reopen_review(*, actor: Any, review: Review) -> Review:
    """Open a closed review again, to correct it; the plan that it opened stays as it is. Raises `NotAllowed`."""
    require(can_edit_plan(actor, review.plan))
    held = held_review(pk=review.pk)
    if held.closed_at is not None:
        held.closed_at = None
        held.save(update_fields=["closed_at"])
        audit(actor=actor, verb="projects.review_reopened", obj=held)
    return held


@transaction.atomic
def remove_review(*, actor: Any, review: Review) -> None:
    """Take back a review opened by mistake. Raises `NotAllowed`, or `Refused` once something was said in it."""
    require(can_edit_plan(actor, review.plan))
    held = _open(review)
    if held.lines.exists() or held.priorities.exists():
        raise Refused(_("Ce bilan dit déjà quelque chose : il se garde."))
    audit(actor=actor, verb="projects.review_removed", obj=held)
    held.delete()


def held_review(*, pk: int) -> Review:
    """The review as it is now, held until the end of the transaction. `Refused` when it was removed."""
    held = Review.objects.select_for_update(of=("self",)).select_related("plan", "next_plan").filter(pk=pk).first()
    if held is None:
        raise Refused(_("Ce bilan a été retiré entre-temps."))
    return held


def _open(review: Review) -> Review:
    held = held_review(pk=review.pk)
    if held.closed_at is not None:
        raise Refused(_("Ce bilan est clos : rouvrez-le pour le corriger."))
    return held


def _refuse_elsewhere(actor: Any, plan: Plan, values: Mapping[str, Any]) -> None:
    meeting = values.get("meeting")
    if meeting is not None and not meetings_of_plan(actor, plan).filter(pk=meeting.pk).exists():
        raise Refused(_("Cette rencontre n'est pas d'un groupe de ce plan."))


def _refuse_unjudged(review: Review) -> None:
    judged = ReviewLine.objects.filter(review=review).order_by().values("action")
    missing = Action.objects.filter(objective__plan=review.plan).exclude(pk__in=judged).count()
    if missing:
        sentence = ngettext(
            "Une action n'a pas encore son verdict : dites ce qui en est ressorti avant de clore le bilan.",
            "%(n)s actions n'ont pas encore leur verdict : dites ce qui en est ressorti avant de clore le bilan.",
            missing,
        )
        raise Refused(sentence % {"n": missing})


def _next_plan(actor: Any, review: Review, following: NextPlan, confirmed: bool) -> Plan:
    going = Action.objects.filter(review_lines__review=review, review_lines__goes_on=True).order_by("id")
    plan = copy_plan(
        actor=actor, plan=review.plan, title=following.title, start=following.start, end=following.end, actions=going,
        confirmed=confirmed,
    )  # fmt: skip
    for priority in review.priorities.order_by("position", "id"):
        add_objective(actor=actor, plan=plan, values={"title": priority.statement, "is_priority": True}, confirmed=True)
    return plan
