"""Tables that come from the programme's set-up rather than from its journal: coverage and weekly hours."""

from collections import Counter
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from maillage.programs.enums import Role
from maillage.programs.models import Program, ProgramSite, SupportHours
from maillage.territories.enums import Tenure

from .assembly import share_of
from .portrait import Column, Row, Table

SERVED, NOT_SERVED = "served", "not_served"


def hours_by_role(program: Program, territory: str) -> Table:
    """Weekly hours of support by role, in all the programme's MRC or in one."""
    lines = SupportHours.objects.filter(program=program)
    if territory:
        lines = lines.filter(division__code=territory)
    hours = {role: float(total) for role, total in lines.order_by().values_list("role").annotate(Sum("hours_per_week"))}
    total = sum(hours.values())
    rows = [
        Row(role.value, str(role.label), hours[role.value], share_of(hours[role.value], total))
        for role in Role
        if role.value in hours
    ]
    return Table(
        id="hours_by_role",
        title=_("Heures de soutien par semaine, par rôle"),
        unit="hours",
        denominator=total,
        multiple=False,
        rows=tuple(rows),
        denominator_label=_("toutes les heures de soutien par semaine"),
    )


def coverage(program: Program, territory: str, start: date, end: date) -> tuple[Table, Table]:
    """Sites that the programme means to serve, served or not at some time of the period; then by tenure."""
    sites = ProgramSite.objects.filter(program=program)
    if territory:
        sites = sites.filter(site__mrc__code=territory)
    lines = sites.order_by().values_list("site__tenure", "is_served", "served_from", "served_to")
    counts = Counter(
        (tenure, served and (since is None or since <= end) and (until is None or until >= start))
        for tenure, served, since, until in lines
    )
    return _coverage(program, counts), _coverage_tenure(counts)


def _coverage(program: Program, counts: Counter[tuple[str, bool]]) -> Table:
    meant = {key: count for key, count in counts.items() if key[0] in program.coverage_tenures}
    total = sum(meant.values())
    served = sum(count for (_tenure, is_served), count in meant.items() if is_served)
    return Table(
        id="coverage",
        title=_("Milieux desservis"),
        unit="sites",
        denominator=total,
        multiple=False,
        rows=(
            Row(SERVED, _("Desservis"), served, share_of(served, total)),
            Row(NOT_SERVED, _("Non desservis"), total - served, share_of(total - served, total)),
        ),
        denominator_label=_("les milieux visés par le programme"),
    )


def _coverage_tenure(counts: Counter[tuple[str, bool]]) -> Table:
    total = sum(counts.values())
    rows = []
    for tenure in Tenure:
        figures = (counts[tenure.value, True], counts[tenure.value, False])
        rows.append(Row(tenure.value, str(tenure.label), sum(figures), share_of(sum(figures), total), counts=figures))
    return Table(
        id="coverage_tenure",
        title=_("Milieux couverts par mode d'occupation"),
        unit="sites",
        denominator=total,
        multiple=False,
        rows=tuple(rows),
        columns=(Column(SERVED, _("Desservis")), Column(NOT_SERVED, _("Non desservis"))),
        denominator_label=_("tous les milieux couverts"),
    )
