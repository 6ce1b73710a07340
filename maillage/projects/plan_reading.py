"""A plan read whole, for its printable page and its document: objectives, actions and what stands beside them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.typography import day, number

from .action_list import IN_ORDER
from .amounts import dollars
from .enums import OPEN_ACTION, ActionState, PartKind, SupportState, TargetWay
from .models import Action, ActionSupport, Objective, Plan
from .plan_lines import (
    Doer,
    Measured,
    aimed_at,
    decimal,
    doers_by_action,
    labels_of_states,
    measures_by_action,
    told_days,
)


@dataclass(frozen=True, slots=True)
class Told:
    """An action in words: who, with whom, for when, its target and where it is, its supports."""

    title: str
    details: str
    means: str
    who: str
    partners: str
    when: str
    state: str
    target: str
    outcome: str
    supports: list[str]
    is_dropped: bool

    @property
    def is_alone(self) -> bool:
        """Whether nobody named supports it; what was left aside asks for none."""
        return not self.supports and not self.is_dropped


# What is read of each action.
READ = (
    "pk", "objective_id", "title", "details", "means", "who", "organization__name", "state", "starts_on", "due_on",
    "indicator", "unit", "target", "way", "outcome",
)  # fmt: skip


def told_plan(plan: Plan, language: str) -> list[tuple[Objective, list[Told]]]:
    """The whole plan in words, by objective; those without action are said too."""
    rows = list(Action.objects.filter(objective__plan=plan).order_by(*IN_ORDER).values_list(*READ, named=True))
    this_plan = Q(action__objective__plan=plan)
    beside = _Beside(
        doers_by_action(this_plan), _partners(plan), _supports(this_plan), measures_by_action(this_plan),
        labels_of_states(), timezone.localdate(),
    )  # fmt: skip
    by: dict[int, list[Told]] = {}
    for row in rows:
        by.setdefault(row.objective_id, []).append(_told(row, beside, language))
    return [(one, by.get(one.pk, [])) for one in plan.objectives.order_by("position", "id")]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the actions of a plan, by their keys; the words of states, and today."""

    doers: Mapping[int, Collection[Doer]]
    partners: Mapping[int, list[str]]
    supports: Mapping[int, list[str]]
    measures: Mapping[int, Measured]
    states: Mapping[str, str]
    today: date


def _told(row: Any, beside: _Beside, language: str) -> Told:
    people = [doer.name for doer in beside.doers.get(row.pk, ())]
    late = row.state in OPEN_ACTION and row.due_on is not None and row.due_on < beside.today
    state = beside.states[row.state]
    return Told(
        row.title, row.details, row.means,
        ", ".join(filter(None, [*people, row.organization__name, row.who])),
        ", ".join(beside.partners.get(row.pk, ())),
        told_days(row.starts_on, row.due_on, language),
        _("%s, en retard") % state if late else state,
        told_target(row, beside.measures.get(row.pk), language),
        row.outcome, beside.supports.get(row.pk, []), row.state == ActionState.DROPPED,
    )  # fmt: skip


def _partners(plan: Plan) -> dict[int, list[str]]:
    links = Action.partners.through.objects.filter(action__objective__plan=plan).order_by("organization__name", "pk")
    found: dict[int, list[str]] = {}
    for key, name in links.values_list("action_id", "organization__name"):
        found.setdefault(key, []).append(name)
    return found


def _supports(actions: Q) -> dict[int, list[str]]:
    named = ("action_id", "organization__name", "name", "words", "kind", "amount", "state")
    kinds = {kind.value: str(kind.label) for kind in PartKind}
    states = {state.value: str(state.label) for state in SupportState}
    found: dict[int, list[str]] = {}
    for key, organization, name, words, kind, amount, state in (
        ActionSupport.objects.filter(actions).order_by("id").values_list(*named)
    ):
        promise = promise_in_words(organization or name, words or kinds[kind], amount)
        told = _("%(promise)s : %(state)s") % {"promise": promise, "state": states[state]}
        found.setdefault(key, []).append(told)
    return found


def told_target(action: Any, last: Measured | None, language: str) -> str:
    """What is aimed at and what was last measured: « familles jointes : 12 sur 40 familles »."""
    unit = f" {action.unit}" if action.unit else ""
    name = action.indicator or _("Cible")
    if action.target is None and last is None:
        return str(action.indicator)
    target = decimal(action.target, language) if action.target is not None else ""
    at_most = action.way == TargetWay.AT_MOST
    if last is None:
        return aimed_at(action, language)
    said = {"name": name, "value": decimal(last.value, language), "unit": unit, "on": day(last.on, language)}
    if not target:
        return _("%(name)s : %(value)s%(unit)s (%(on)s)") % said
    said["target"] = target
    if at_most:
        return _("%(name)s : %(value)s pour une cible de %(target)s%(unit)s au plus (%(on)s)") % said
    return _("%(name)s : %(value)s sur %(target)s%(unit)s (%(on)s)") % said


def told_support(support: ActionSupport) -> str:
    """Who supports, what is promised, and what became of it."""
    return _("%(promise)s : %(state)s") % {"promise": told_promise(support), "state": support.get_state_display()}


def told_promise(support: ActionSupport) -> str:
    """Who supports, and what is promised: « Ville (Argent, 500 $) »."""
    name = support.organization.name if support.organization else support.name
    words = support.words or str(support.get_kind_display())
    return promise_in_words(name, words, support.amount)


def promise_in_words(name: str, words: str, amount: Any) -> str:
    """« Ville (Argent, 500 $) »."""
    money = f", {dollars(amount)}" if amount is not None else ""
    return f"{name} ({words}{money})"


def told_owner(plan: Plan) -> str:
    """Whose plan it is."""
    return str(plan.group or plan.project or plan.program)


def bare_count(told: Sequence[tuple[Objective, list[Told]]]) -> tuple[int, int]:
    """How many actions have no named support, and how many there are, those left aside not counted."""
    lines = [line for _objective, lines in told for line in lines if not line.is_dropped]
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
