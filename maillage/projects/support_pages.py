"""What the pages of support measures and their applications read."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from maillage.core.text import as_uid

from .amounts import ZERO
from .applying import is_open
from .enums import ApplicationState, BudgetSide
from .models import Application, BudgetLine, Call, Fund, Project

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class CallSeen:
    """A call as it stands on a day: open, to come or closed."""

    call: Call
    today: date

    @property
    def state(self) -> str:
        """`open`, `coming` or `closed`."""
        if is_open(self.call, self.today):
            return "open"
        return "coming" if self.today < self.call.opens_on else "closed"

    @property
    def days_left(self) -> int:
        """Days until it closes, that day included."""
        return (self.call.closes_on - self.today).days + 1


def calls_seen(calls: QuerySet[Call]) -> list[CallSeen]:
    """These calls as they stand today."""
    today = timezone.localdate()
    return [CallSeen(call, today) for call in calls]


def announced(actor: Any) -> QuerySet[Call]:
    """The calls that `actor` may read: all for whoever signs in, announced ones for anybody."""
    beside = Call.objects.select_related("fund__program")
    return beside if actor.is_authenticated else beside.filter(is_announced=True)


def fund_seen(request: HttpRequest, slug: str) -> Fund:
    """The fund of this address. 404 when the person does not see it."""
    visible = Fund.objects.visible_to(request.user).select_related("program", "committee")
    return get_object_or_404(visible, slug=slug)


def budget_of(application: Application) -> tuple[list[BudgetLine], list[BudgetLine]]:
    """The lines of an application's budget: what it costs, who pays."""
    lines = list(application.budget.select_related("organization"))
    costs = [line for line in lines if line.side == BudgetSide.COST]
    return costs, [line for line in lines if line.side == BudgetSide.SOURCE]


@dataclass
class ApplicationList:
    """The applications that somebody sees, filtered: by fund, call, project and state."""

    actor: Any
    query: QueryDict
    project: Project | None = None
    fund: Fund | None = field(init=False, default=None)
    call: Call | None = field(init=False, default=None)
    state: str = field(init=False, default="")

    def __post_init__(self) -> None:
        if slug := self.query.get("mesure", ""):
            self.fund = get_object_or_404(Fund.objects.visible_to(self.actor), slug=slug[:80])
        if uid := as_uid(self.query.get("appel")):
            self.call = get_object_or_404(announced(self.actor), uid=uid)
        asked = self.query.get("etat", "")
        self.state = asked if asked in ApplicationState.values else ""

    @cached_property
    def whole(self) -> QuerySet[Application]:
        """All but the filter of the state."""
        found = Application.objects.visible_to(self.actor)
        if self.project is not None:
            found = found.filter(project=self.project)
        if self.fund is not None:
            found = found.filter(call__fund=self.fund)
        if self.call is not None:
            found = found.filter(call=self.call)
        return found

    def found(self) -> QuerySet[Application]:
        """The applications asked for, the latest first."""
        found = self.whole.filter(state=self.state) if self.state else self.whole
        return found.select_related("project__group", "call__fund", "payee").order_by("-created_at", "-id")

    def page(self) -> Page[Application]:
        """A page of them."""
        pages = Paginator(self.found(), PER_PAGE)
        pages.count = sum(row[1] for row in self._rows if self.state in ("", row[0]))  # known already: one query less
        return pages.get_page(self.query.get("page"))

    def sums(self) -> dict[str, Decimal]:
        """What is asked and what is granted, all pages together; withdrawn ones ask nothing."""
        rows = [row for row in self._rows if row[0] != ApplicationState.WITHDRAWN and self.state in ("", row[0])]
        return {name: sum((row[place] or ZERO for row in rows), ZERO) for name, place in (("asked", 2), ("granted", 3))}

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """Each state where one stands, its word and how many."""
        rows = {row[0]: row[1] for row in self._rows}
        return [(code, str(label), rows[code]) for code, label in ApplicationState.choices if code in rows]

    @cached_property
    def _rows(self) -> list[tuple[Any, ...]]:
        """For each state: how many, what they ask, what they were granted."""
        each = self.whole.order_by().values_list("state")
        return list(each.annotate(Count("pk"), Sum("asked"), Sum("granted")))

    @property
    def kept(self) -> str:
        """The filters but the state, for addresses."""
        return self._query(())

    @property
    def all(self) -> str:
        """All the filters, for the file's address."""
        return self._query(("etat",))

    def _query(self, more: tuple[str, ...]) -> str:
        asked = QueryDict(mutable=True)
        values = {
            "mesure": self.fund.slug if self.fund else "",
            "appel": str(self.call.uid) if self.call else "",
            "etat": self.state,
        }
        asked.update({name: values[name] for name in ("mesure", "appel", *more) if values[name]})
        return asked.urlencode()


def file_columns() -> list[str]:
    """Titles of the file of applications."""
    return [
        _("Projet"), _("Groupe"), _("Mesure"), _("Appel"), _("État"), _("Déposée le"), _("Montant demandé ($)"),
        _("Montant accordé ($)"), _("Organisme qui reçoit l'argent"), _("Début prévu"), _("Fin prévue"),
    ]  # fmt: skip


def file_rows(found: QuerySet[Application]) -> Any:
    """A row an application."""
    for one in found.iterator(chunk_size=500):
        group = one.project.group.name if one.project.group else ""
        yield (
            one.project.name, group, one.call.fund.name, one.call.title, one.get_state_display(), one.submitted_on, one.asked,
            one.granted, one.payee.name if one.payee else "", one.starts_on, one.ends_on,
        )  # fmt: skip
