"""The supported projects of a fund as rows of its table. The database sums each budget; four queries whatever their number."""

from collections.abc import Iterable

from django.db.models import BigIntegerField, Case, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from maillage.territories.enums import Level
from maillage.territories.models import HousingSite

from .amounts import CENT
from .enums import ApplicationState, BudgetSide, SourceKind
from .grant_rights import SUPPORTED
from .models import Application, BudgetLine, FinalReport, Fund, GrantDecision, Project
from .outcome_table import Row

_ABOVE = ("", "parent__", "parent__parent__", "parent__parent__parent__")
_CENTS = BigIntegerField()  # whole cents, as the database holds and sums them


def rows_of(fund: Fund) -> list[Row]:
    """A row for each application of `fund` that was granted something, in any year; `with_results` adds the long text."""
    supported = Application.objects.filter(call__fund=fund, state__in=SUPPORTED, granted__gt=0).order_by()
    decided = GrantDecision.objects.filter(application=OuterRef("pk"), amount__gt=0).order_by("-decided_on")
    figures = list(
        supported.values_list(
            "pk", "project_id", "project__name", "state", "report__participants", "report__participations",
            "report__reached", Coalesce(Subquery(decided.values("decided_on")[:1]), F("call__opens_on")),
            ExpressionWrapper(F("granted"), _CENTS),
        )
    )  # fmt: skip
    budgets, mrcs = _budgets(supported), _mrcs(supported, {project for _pk, project, *_more in figures})
    nowhere, nothing, closed = (_("Territoire non précisé"),), (0, 0, 0), ApplicationState.CLOSED.value
    rows = []
    for pk, project, name, state, persons, times, reached, on, granted in figures:
        money, in_kind, cost = budgets.get(pk, nothing)
        rows.append(
            Row(
                pk, name, mrcs.get(project, nowhere), on.year, CENT * granted, CENT * money, CENT * in_kind, CENT * cost,
                persons, times, "", reached or "", state == closed,
            )
        )  # fmt: skip
    return rows


def with_results(rows: Iterable[Row]) -> list[Row]:
    """The same rows with the results that their reports tell; one query."""
    shown = list(rows)
    reports = FinalReport.objects.filter(application__in=[row.key for row in shown]).order_by()
    told = dict(reports.values_list("application_id", "results"))
    return [row._replace(results=told.get(row.key, "")) for row in shown]


def _budgets(supported: QuerySet[Application]) -> dict[int, tuple[int, int, int]]:
    """By application, what others bring in money and in kind, and what it costs, in cents.

    The amounts are the real ones of each line once the report is accepted, else those planned.
    """
    real = When(Q(application__state=ApplicationState.CLOSED, actual__isnull=False), then=F("actual"))
    amount = Case(real, default=F("amount"), output_field=_CENTS)
    lines = BudgetLine.objects.filter(application__in=supported.values("pk")).order_by().values_list("application_id")
    sums = lines.annotate(
        of_money=Sum(amount, filter=Q(kind=SourceKind.MONEY)),
        of_kind=Sum(amount, filter=Q(kind=SourceKind.IN_KIND)),
        of_cost=Sum(amount, filter=Q(side=BudgetSide.COST)),
    )
    return {key: (money or 0, in_kind or 0, cost or 0) for key, money, in_kind, cost in sums}


def _mrcs(supported: QuerySet[Application], asked: set[int]) -> dict[int, tuple[str, ...]]:
    """By project of those `asked`, the MRC of its territories; else of its sites; else the names of its territories."""
    mrc = Case(*(When(**{f"division__{up}level": Level.MRC}, then=F(f"division__{up}name")) for up in _ABOVE))
    named: dict[int, set[str]] = {}
    vague: dict[int, set[str]] = {}
    of_sites: dict[int, set[str]] = {}
    pairs = Project.territories.through.objects.filter(project__in=supported.values("project")).order_by()
    for project, name, territory in pairs.values_list("project_id", mrc, "division__name"):
        (named if name else vague).setdefault(project, set()).add(name or territory)
    if elsewhere := asked - set(named):
        sites = HousingSite.objects.filter(projects__in=elsewhere, mrc__isnull=False).order_by()
        for project, name in sites.values_list("projects", "mrc__name"):
            of_sites.setdefault(project, set()).add(name)
    return {project: tuple(sorted(names)) for project, names in {**vague, **of_sites, **named}.items()}
