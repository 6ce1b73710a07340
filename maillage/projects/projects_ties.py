"""Common projects as deeds of the web: the organizations that promote, support or continue the same project."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.concertation.network.deeds import Deed, Period
from maillage.concertation.network.scope import Scope
from maillage.concertation.network.sources import TieSource, register

from .models import Project

KIND = "project"
# What a row says: the project, its days, its organizations.
TOLD = ("pk", "started_on", "steps__on", "promoter", "continued_by", "partners__organization")


def deeds(scope: Scope, periods: Sequence[Period]) -> list[list[Deed]]:
    """Organizations of a project that began in the period, or of which a stage is told in it; in one query."""
    rows = Project.objects.filter(Q(group__in=scope.groups) | Q(group=None, program__in=scope.programs))
    if scope.places is not None:
        placed = Project.territories.through.objects.filter(division__in=scope.places).order_by().values("project")
        rows = rows.filter(Q(group__in=scope.placed) | Q(pk__in=placed))
    lived = Q()
    for period in periods:
        lived |= Q(started_on__range=(period.start, period.end)) | Q(steps__on__range=(period.start, period.end))
    days: defaultdict[int, set[date]] = defaultdict(set)
    organizations: defaultdict[int, set[int]] = defaultdict(set)
    for pk, started, stepped, *theirs in rows.filter(lived).order_by().values_list(*TOLD).distinct():
        days[pk] |= {day for day in (started, stepped) if day}
        organizations[pk] |= {one for one in theirs if one}
    return [
        [
            Deed(KIND, pk, tuple(sorted(organizations[pk])))
            for pk, lived_on in sorted(days.items())
            if any(period.holds(day) for day in lived_on)
        ]
        for period in periods
    ]


def connect() -> None:
    """Called once, when the product starts."""
    register(TieSource(KIND, _("Projet commun"), deeds, place=50))
