"""The actions of a plan, or of a person, as an address asks them: filtered, counted, in columns, as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from maillage.core.text import as_number, as_uid, fold

from .doers import told_doers
from .enums import OPEN_ACTION, ActionState
from .models import Action, Measure, Objective, Plan
from .plan_lines import Line, lines_by_key
from .plan_seen import WITH_DOERS, with_support

LONGEST_SEARCH = 100
IN_A_COLUMN = 8
IN_ORDER = ("objective__position", "objective_id", "position", "id")


@dataclass(frozen=True, slots=True)
class Column:
    """A state of actions: how many are there, and the lines of the first."""

    state: ActionState
    count: int
    lines: list[Line]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.lines)


class ActionList:
    """Actions of `plan`: `q` words, `objectif`, `qui` (`m` or `o` and a number), `etat`, `retard`, `sans_appui`."""

    def __init__(self, asked: QueryDict, plan: Plan) -> None:
        self.plan, self.today = plan, timezone.localdate()
        self.words = asked.get("q", "").strip()[:LONGEST_SEARCH]
        self.objective = as_uid(asked.get("objectif"))
        who = asked.get("qui", "")
        self.who = who if who[:1] in ("m", "o") and as_number(who[1:]) else ""
        self.state = asked.get("etat", "") if asked.get("etat") in ActionState.values else ""
        self.late, self.bare = asked.get("retard") == "1", asked.get("sans_appui") == "1"

    def whole(self) -> QuerySet[Action]:
        """All the actions of the plan."""
        return Action.objects.filter(objective__plan=self.plan)

    def chosen(self) -> QuerySet[Action]:
        """Those asked for, whatever their state."""
        found = self.whole()
        if self.objective:
            found = found.filter(objective__uid=self.objective)
        if self.who:
            number = as_number(self.who[1:])
            found = found.filter(members=number) if self.who[0] == "m" else found.filter(organization=number)
        if self.late:
            found = found.filter(state__in=OPEN_ACTION, due_on__lt=self.today)
        if self.bare:
            found = found.filter(state__in=OPEN_ACTION, supports=None)
        if self.words:
            found = found.filter(pk__in=_saying(self.whole(), self.words))
        return found

    def found(self) -> QuerySet[Action]:
        """Those asked for, in the order of the plan."""
        found = self.chosen().filter(state=self.state) if self.state else self.chosen()
        return found.order_by(*IN_ORDER)

    def columns(self, reader: Any) -> list[Column]:
        """Each state with the first of its actions, the most pressing before, for `reader`."""
        standing: dict[str, list[int]] = {state.value: [] for state in ActionState}
        for state, key in ranked(self.chosen()):
            standing[state].append(key)
        lines = lines_by_key([key for keys in standing.values() for key in keys[:IN_A_COLUMN]], reader)
        return [
            Column(state, len(keys), [lines[key] for key in keys[:IN_A_COLUMN] if key in lines])
            for state, keys in ((state, standing[state.value]) for state in ActionState)
        ]

    @property
    def query(self) -> str:
        """The filters, for addresses."""
        return self.without("")

    def without(self, name: str) -> str:
        """The filters but `name`, for the address that removes it."""
        asked = QueryDict(mutable=True)
        asked.update({key: value for key, value in self._asked() if value and key != name})
        return asked.urlencode()

    def in_force(self, objectives: Sequence[Objective], doers: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
        """The filters in force, each with the address without it."""
        titles = {str(objective.uid): objective.title for objective in objectives}
        said: dict[str, tuple[str, str]] = {
            "q": (_("Mots"), self.words),
            "objectif": (_("Objectif"), titles.get(str(self.objective), "")),
            "qui": (_("Responsable"), dict(doers).get(self.who, "")),
            "etat": (_("État"), str(ActionState(self.state).label) if self.state else ""),
            "retard": (pgettext("action", "Échéance"), _("en retard") if self.late else ""),
            "sans_appui": (_("Appui"), _("sans appui nommé") if self.bare else ""),
        }
        return [
            {"label": label, "value": value or "?", "remove": f"?{self.without(key)}"}
            for key, asked in self._asked()
            if asked
            for label, value in [said[key]]
        ]

    def _asked(self) -> list[tuple[str, str]]:
        return [
            ("q", self.words), ("objectif", str(self.objective or "")), ("qui", self.who), ("etat", str(self.state)),
            ("retard", "1" if self.late else ""), ("sans_appui", "1" if self.bare else ""),
        ]  # fmt: skip


def told(actions: QuerySet[Action]) -> QuerySet[Any]:
    """Each action with all that a line says: its people, its support, its last measure."""
    last = Measure.objects.filter(action=OuterRef("pk")).order_by("-on", "-id")
    found = with_support(actions).select_related("objective", "organization").prefetch_related(WITH_DOERS)
    return found.annotate(measured=Subquery(last.values("value")[:1]), measured_on=Subquery(last.values("on")[:1]))


def ranked(actions: QuerySet[Action]) -> list[tuple[str, int]]:
    """The state and the key of each of `actions`, once: those whose day comes first before, those without day last."""
    rows = actions.order_by().values_list("state", "due_on", "pk").distinct()
    return [(state, key) for state, _due, key in sorted(rows, key=lambda row: (row[1] or date.max, row[2]))]


def rank_of(action: Action) -> int:
    """The rank of an action under its objective: 1 for the first."""
    before = Q(position__lt=action.position) | Q(position=action.position, pk__lt=action.pk)
    return Action.objects.filter(before, objective=action.objective_id).count() + 1


def figures_of(plan: Plan) -> dict[str, int]:
    """How many actions a plan has: all, done, left aside, late, and open without named support."""
    today, found = timezone.localdate(), dict.fromkeys(("all", "done", "dropped", "late", "bare"), 0)
    rows = with_support(Action.objects.filter(objective__plan=plan)).order_by()
    for state, due, supported in rows.values_list("state", "due_on", "supported"):
        found["all"] += 1
        if state in OPEN_ACTION:
            found["late"] += due is not None and due < today
            found["bare"] += not supported
        else:
            found[state] += 1
    return found


def doers_of(plan: Plan) -> list[tuple[str, str]]:
    """Who does something in a plan, for the filter: members, then organizations."""
    names = ("members", "members__person__name", "organization", "organization__name")
    rows = Action.objects.filter(objective__plan=plan).order_by().values_list(*names).distinct()
    members: set[tuple[str, str]] = set()
    organizations: set[tuple[str, str]] = set()
    for member, name, organization, title in rows:
        members |= {(name, f"m{member}")} if member else set()
        organizations |= {(title, f"o{organization}")} if organization else set()
    return [(code, name) for name, code in [*sorted(members), *sorted(organizations)]]


def columns_of_file() -> list[str]:
    """Titles of the file of a plan's actions."""
    return [
        _("Objectif"), _("Action"), _("État"), _("Responsables"), _("Partenaires"), _("Moyens"), _("Débute le"),
        _("Pour le"), _("Fait le"), _("Indicateur"), _("Unité"), _("Cible"), _("Sens de la cible"),
        _("Dernière mesure"), _("Mesurée le"), _("Appuis nommés"), _("Ce qui en est ressorti"),
    ]  # fmt: skip


def rows_of_file(found: QuerySet[Any]) -> Iterator[Sequence[Any]]:
    """A row an action; one without named support says so."""
    for line in told(found).prefetch_related("partners", "supports__organization").iterator(chunk_size=500):
        supports = [f"{support} ({support.get_state_display()})" for support in line.supports.all()]
        yield (
            line.objective.title, line.title, line.get_state_display(), told_doers(line),
            ", ".join(partner.name for partner in line.partners.all()), line.means, line.starts_on, line.due_on,
            line.done_on, line.indicator, line.unit, line.target,
            line.get_way_display() if line.target is not None else "", line.measured, line.measured_on,
            ", ".join(supports) or _("Sans appui nommé"), line.outcome,
        )  # fmt: skip


def _saying(found: QuerySet[Action], words: str) -> list[int]:
    """Keys of the actions whose text has all these words, whatever the accents: a plan is a few hundred lines."""
    asked = fold(words).split()
    texts = found.order_by("pk").values_list("pk", "title", "details", "outcome")
    return [pk for pk, *said in texts if all(word in fold(" ".join(said)) for word in asked)]
