"""A plan read whole, for its time line, its printable page and its document: objectives, actions and what stands beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.typography import day, number

from .enums import ActionState, TargetWay
from .models import Action, ActionSupport, Measure, Objective, Plan
from .plan_seen import WITH_DOERS, with_support
from .timeline import Bar, Scale, Span, begins_too_early

IN_ORDER = ("objective__position", "objective_id", "position", "id")
ON_A_PAGE = 100  # actions of a time line


@dataclass(frozen=True, slots=True)
class TimeLine:
    """An action on the time line; `too_early` are those it comes after, not over when it begins."""

    action: Action
    bar: Bar | None
    too_early: list[Action]


@dataclass(frozen=True, slots=True)
class TimePart:
    """An objective and its actions on the time line."""

    objective: Objective
    lines: list[TimeLine]


class PlanInTime:
    """The time line of a plan: its scale is that of the whole plan on each of its pages."""

    def __init__(self, plan: Plan, asked: Any) -> None:
        self.plan, self.now = plan, timezone.localdate()
        days = Action.objects.filter(objective__plan=plan).order_by("pk").values_list("starts_on", "due_on")
        spans = [Span(starts, due) for starts, due in days]
        self.scale = Scale.around(plan.start, plan.end, spans)
        self.undated = sum(span.starts is None and span.due is None for span in spans)
        found = actions_of(plan).prefetch_related(Prefetch("after", Action.objects.order_by("due_on", "id")))
        self.page: Page[Action] = Paginator(found, ON_A_PAGE).get_page(asked.get("page"))
        self.marks, self.today = self.scale.marks(), self.scale.today(self.now)

    @property
    def parts(self) -> list[TimePart]:
        """The objectives of this page with their actions."""
        return [
            TimePart(objective, [self._line(action) for action in actions])
            for objective, actions in groupby(self.page, key=lambda action: action.objective)
        ]

    def _line(self, action: Action) -> TimeLine:
        early = [one for one in action.after.all() if begins_too_early(action.starts_on, one.due_on)]
        return TimeLine(action, self.scale.bar(Span(action.starts_on, action.due_on)), early)


@dataclass(frozen=True, slots=True)
class Told:
    """An action in words: who, with whom, for when, its target and where it is, its supports."""

    action: Action
    who: str
    partners: str
    when: str
    target: str
    supports: list[str]

    @property
    def is_alone(self) -> bool:
        """Whether nobody named supports it; what was left aside asks for none."""
        return not self.supports and self.action.state != ActionState.DROPPED


def actions_of(plan: Plan) -> QuerySet[Action]:
    """The actions of a plan in its order, each with its objective and whether it is `supported`."""
    found = Action.objects.filter(objective__plan=plan).select_related("objective", "organization")
    return with_support(found).order_by(*IN_ORDER)


def told_plan(plan: Plan, language: str) -> list[tuple[Objective, list[Told]]]:
    """The whole plan in words, by objective; those without action are said too."""
    supports = Prefetch("supports", ActionSupport.objects.select_related("organization").order_by("id"))
    latest = Measure.objects.filter(action=OuterRef("pk")).order_by("-on", "-id")
    found = actions_of(plan).annotate(measured=Subquery(latest.values("value")[:1]))
    found = found.annotate(measured_on=Subquery(latest.values("on")[:1]))
    by: dict[int, list[Told]] = {}
    for action in found.prefetch_related(WITH_DOERS, "partners", supports):
        by.setdefault(action.objective_id, []).append(told_action(action, language))
    return [(one, by.get(one.pk, [])) for one in plan.objectives.order_by("position", "id")]


def told_action(action: Any, language: str) -> Told:
    """One action in words; `measured` and `measured_on` are annotated."""
    people = [member.person.name for member in action.members.all()]
    others = [action.organization.name] if action.organization else []
    return Told(
        action,
        ", ".join(filter(None, [*people, *others, action.who])),
        ", ".join(partner.name for partner in action.partners.all()),
        told_days(action.starts_on, action.due_on, language),
        told_target(action, language),
        [told_support(support, language) for support in action.supports.all()],
    )


def told_days(starts: date | None, due: date | None, language: str) -> str:
    """When an action goes on, in words; nothing when no day is known."""
    if starts and due:
        return _("du %(start)s au %(end)s") % {"start": day(starts, language), "end": day(due, language)}
    if due:
        return _("pour le %(day)s") % {"day": day(due, language)}
    return _("à partir du %(day)s") % {"day": day(starts, language)} if starts else ""


def told_target(action: Any, language: str) -> str:
    """What is aimed at and what was last measured: « familles jointes : 12 sur 40 familles »."""
    unit = f" {action.unit}" if action.unit else ""
    name = action.indicator or _("Cible")
    if action.target is None and action.measured is None:
        return action.indicator
    if action.measured is None:
        bare = {"name": name, "target": decimal(action.target, language), "unit": unit}
        if action.way == TargetWay.AT_MOST:
            return _("%(name)s : cible de %(target)s%(unit)s au plus, pas encore mesurée") % bare
        return _("%(name)s : cible de %(target)s%(unit)s, pas encore mesurée") % bare
    said = {
        "name": name,
        "value": decimal(action.measured, language),
        "unit": unit,
        "on": day(action.measured_on, language),
    }
    if action.target is None:
        return _("%(name)s : %(value)s%(unit)s (%(on)s)") % said
    said["target"] = decimal(action.target, language)
    if action.way == TargetWay.AT_MOST:
        return _("%(name)s : %(value)s pour une cible de %(target)s%(unit)s au plus (%(on)s)") % said
    return _("%(name)s : %(value)s sur %(target)s%(unit)s (%(on)s)") % said


def told_support(support: ActionSupport, language: str) -> str:
    """Who supports, what is promised, and what became of it."""
    name = support.organization.name if support.organization else support.name
    words = support.words or str(support.get_kind_display())
    amount = f"{number(support.amount, 2, language)} $" if support.amount is not None else ""
    what = ", ".join(filter(None, [words, amount]))
    return f"{name} ({what}) : {support.get_state_display()}"


def decimal(value: Any, language: str) -> str:
    """A measure without needless zeros: « 12 », « 12,5 »."""
    digits = next(places for places in (0, 1, 2) if round(value, places) == value or places == 2)
    return number(value, digits, language)


def told_owner(plan: Plan) -> str:
    """Whose plan it is."""
    return str(plan.group or plan.project or plan.program)


def bare_count(told: Sequence[tuple[Objective, list[Told]]]) -> tuple[int, int]:
    """How many actions have no named support, and how many there are, those left aside not counted."""
    lines = [line for _objective, lines in told for line in lines if line.action.state != ActionState.DROPPED]
    return sum(line.is_alone for line in lines), len(lines)


def told_bare(bare: int, whole: int, language: str) -> str:
    """The rule of source 004, said of a plan."""
    if not whole:
        return ""
    if not bare:
        return _("Toutes les actions ont un appui nommé.")
    said = {"n": number(bare, 0, language), "whole": number(whole, 0, language)}
    return (
        ngettext("%(n)s action sur %(whole)s sans appui nommé.", "%(n)s actions sur %(whole)s sans appui nommé.", bare)
        % said
    )
