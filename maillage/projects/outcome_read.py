"""The supported projects of a fund as rows of its table; a fixed number of queries whatever their number."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Max, Prefetch, Q
from django.utils.translation import gettext as _

from maillage.territories.enums import Level
from maillage.territories.models import Division, HousingSite

from .amounts import ZERO
from .enums import ApplicationState, BudgetSide, SourceKind
from .grant_rights import SUPPORTED
from .models import Application, BudgetLine, Fund
from .outcome_table import Row


def rows_of(fund: Fund) -> list[Row]:
    """A row for each application of `fund` that was granted something, in any year."""
    territories = Division.objects.select_related("parent__parent__parent").order_by("name", "id")
    found = list(
        Application.objects.filter(call__fund=fund, state__in=SUPPORTED, granted__gt=0)
        .annotate(decided_on=Max("decisions__decided_on", filter=Q(decisions__amount__gt=0)))
        .select_related("project", "report", "call")
        .prefetch_related("budget", Prefetch("project__territories", territories))
        .order_by("id")
    )
    elsewhere = _of_sites(one.project_id for one in found if not one.project.territories.all())
    return [_row(application, elsewhere) for application in found]


def _of_sites(projects: Iterable[int]) -> dict[int, set[str]]:
    """The MRC of the sites of these projects, which say no territory."""
    found: dict[int, set[str]] = {}
    if asked := list(projects):
        sites = HousingSite.objects.filter(projects__in=asked, mrc__isnull=False).order_by("id")
        for project, name in sites.values_list("projects", "mrc__name"):
            found.setdefault(project, set()).add(name)
    return found


def _row(application: Application, elsewhere: dict[int, set[str]]) -> Row:
    report = getattr(application, "report", None)
    actual = application.state == ApplicationState.CLOSED
    lines = list(application.budget.all())
    return Row(
        key=str(application.uid),
        name=application.project.name,
        mrcs=_mrcs(application, elsewhere),
        year=(application.decided_on or application.call.opens_on).year,  # type: ignore[attr-defined]
        support=application.granted or ZERO,
        money=_sum(lines, SourceKind.MONEY, actual),
        in_kind=_sum(lines, SourceKind.IN_KIND, actual),
        cost=_sum(lines, "", actual),
        participants=report.participants if report else None,
        participations=report.participations if report else None,
        results=report.results if report else "",
        reached=report.reached if report else "",
        is_actual=actual,
    )


def _sum(lines: list[BudgetLine], kind: str, actual: bool) -> Decimal:
    """The sum of the sources of this kind, or of the costs (no kind): real amounts where asked and known."""
    side = BudgetSide.SOURCE if kind else BudgetSide.COST
    wanted = [line for line in lines if line.side == side and line.kind == kind]
    return sum((line.actual if actual and line.actual is not None else line.amount for line in wanted), ZERO)


def _mrcs(application: Application, elsewhere: dict[int, set[str]]) -> tuple[str, ...]:
    """The MRC of the project's territories; else of its sites; else a word that says so."""
    project = application.project
    found = {mrc.name for division in project.territories.all() if (mrc := _mrc_of(division)) is not None}
    found = found or elsewhere.get(project.pk, set())
    found = found or {division.name for division in project.territories.all()}
    return tuple(sorted(found)) or (_("Territoire non précisé"),)


def _mrc_of(division: Division) -> Division | None:
    place: Division | None = division
    while place is not None and place.level != Level.MRC:
        place = place.parent
    return place
