"""The lines of a plan's actions: what each reading says of an action, in words, read for all of them at once.

A plan has up to five hundred actions: lines are made of rows and not of models, and a page prints ready words.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.core.typography import day, number

from .enums import OPEN_ACTION, ActionState, TargetWay
from .models import Action, Measure
from .plan_seen import with_support

READ = (
    "pk", "uid", "objective_id", "objective__title", "title", "state", "who", "organization__name", "starts_on", "due_on", "done_on",
    "indicator", "unit", "target", "way", "outcome", "supported",
)  # fmt: skip


class Doer(NamedTuple):
    """A member who does an action, the account they have, whether they are a member no longer."""

    name: str
    user_id: int | None
    has_left: bool


class Measured(NamedTuple):
    """What an indicator was last, and on what day."""

    value: Any
    on: date


@dataclass(frozen=True, slots=True)
class Line:
    """An action in words. `who` and `when` are never empty; `aim` is, without indicator; `mine`: in the hands of the reader."""

    pk: int
    uid: str
    href: str
    objective_id: int
    objective: str
    title: str
    outcome: str
    state: str
    label: str
    who: str
    when: str
    aim: str
    starts_on: date | None
    due_on: date | None
    is_late: bool
    is_bare: bool
    mine: bool

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in OPEN_ACTION


def lines_of(actions: Any, reader: Any = None) -> list[Line]:
    """The lines of `actions` (a set of them, or the part of one that a page shows), in their order, for `reader`."""
    rows = list(with_support(actions).values_list(*READ, named=True))
    keys = [row.pk for row in rows]
    doers = doers_by_action(Q(action__in=keys))
    counted = [row.pk for row in rows if row.indicator]
    measures = measures_by_action(Q(action__in=counted)) if counted else {}
    labels, today, language = labels_of_states(), timezone.localdate(), get_language() or "fr"
    nobody, left = _("à confier à quelqu'un"), _("(n'est plus membre)")
    here = reader.pk if reader is not None and reader.is_authenticated else None
    found = []
    for row in rows:
        people = doers.get(row.pk, ())
        names = [f"{one.name} {left}" if one.has_left else one.name for one in people]
        late = row.state in OPEN_ACTION and row.due_on is not None and row.due_on < today
        line = Line(
            row.pk, str(row.uid), reverse("projects:action", args=[row.uid]), row.objective_id, row.objective__title, row.title,
            row.outcome, row.state, labels[row.state], ", ".join(filter(None, [*names, row.organization__name, row.who])) or nobody,
            _when(row, language), _aim(row, measures.get(row.pk), language), row.starts_on, row.due_on, late,
            not row.supported and row.state != ActionState.DROPPED, here is not None and any(one.user_id == here for one in people),
        )  # fmt: skip
        found.append(line)
    return found


def lines_by_key(keys: Collection[int], reader: Any = None) -> dict[int, Line]:
    """The lines of the actions of these keys, for `reader`."""
    return {line.pk: line for line in lines_of(Action.objects.filter(pk__in=keys).order_by("pk"), reader)}


def labels_of_states() -> dict[str, str]:
    """Each state of an action, as it is told."""
    return {state.value: str(state.label) for state in ActionState}


def doers_by_action(actions: Q) -> dict[int, list[Doer]]:
    """The members who do each of these actions (`actions` says which, of what has an `action`), by name."""
    through, today = Action.members.through.objects.filter(actions), timezone.localdate()
    named = ("action_id", "member__person__name", "member__person__user_id", "member__end")
    found: dict[int, list[Doer]] = {}
    for key, name, user, end in through.order_by("member__person__name", "member_id").values_list(*named):
        found.setdefault(key, []).append(Doer(name, user, end is not None and end < today))
    return found


def measures_by_action(actions: Q) -> dict[int, Measured]:
    """The last measure of each of these actions that has one."""
    latest = Measure.objects.filter(action=OuterRef("action")).order_by("-on", "-id").values("pk")[:1]
    last = Measure.objects.filter(actions, pk=Subquery(latest)).order_by("action")
    return {key: Measured(value, on) for key, value, on in last.values_list("action_id", "value", "on")}


def waits_by_action(keys: Collection[int]) -> Iterator[tuple[int, int, str, Any, date | None]]:
    """What each of these actions comes after: its key, then the key, the title, the identifier and the day of the other."""
    links = Action.after.through.objects.filter(from_action__in=keys)
    named = ("from_action", "to_action", "to_action__title", "to_action__uid", "to_action__due_on")
    yield from links.order_by(F("to_action__due_on").asc(nulls_last=True), "to_action").values_list(*named)


def told_days(starts: date | None, due: date | None, language: str) -> str:
    """When an action goes on, in words; nothing when no day is known."""
    if starts and due:
        return _("du %(start)s au %(end)s") % {"start": day(starts, language), "end": day(due, language)}
    if due:
        return _("pour le %(day)s") % {"day": day(due, language)}
    return _("à partir du %(day)s") % {"day": day(starts, language)} if starts else ""


def decimal(value: Any, language: str) -> str:
    """A measure without needless zeros: « 12 », « 12,5 »."""
    digits = next(places for places in (0, 1, 2) if round(value, places) == value or places == 2)
    return number(value, digits, language)


def _when(row: Any, language: str) -> str:
    if row.state == ActionState.DONE and row.done_on:
        return _("faite le %s") % day(row.done_on, language)
    return _("pour le %s") % day(row.due_on, language) if row.due_on else _("sans échéance")


def aimed_at(action: Any, language: str) -> str:
    """The target of `action`, of which nothing was measured yet."""
    unit = f" {action.unit}" if action.unit else ""
    said = {"name": action.indicator or _("Cible"), "target": decimal(action.target, language), "unit": unit}
    if action.way == TargetWay.AT_MOST:
        return _("%(name)s : cible de %(target)s%(unit)s au plus, pas encore mesurée") % said
    return _("%(name)s : cible de %(target)s%(unit)s, pas encore mesurée") % said


def _aim(row: Any, last: Measured | None, language: str) -> str:
    """What is counted, what was last measured of it, what is aimed at: « logements : 12 sur une cible de 20 logements »."""
    if not row.indicator:
        return ""
    if row.target is not None and last is None:
        return aimed_at(row, language)
    said = {"indicator": row.indicator, "unit": f" {row.unit}" if row.unit else ""}
    said["value"] = decimal(last.value, language) if last else _("pas encore mesuré")
    if row.target is None:
        return _("%(indicator)s : %(value)s%(unit)s") % said
    said["target"] = decimal(row.target, language)
    if row.way == TargetWay.AT_MOST:
        return _("%(indicator)s : %(value)s pour une cible de %(target)s%(unit)s au plus") % said
    return _("%(indicator)s : %(value)s sur une cible de %(target)s%(unit)s") % said
