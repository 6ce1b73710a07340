"""What the map, its table and the page of a site show of a programme's sites, and to whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from maillage.core.text import stems
from maillage.territories.models import Boundary, Division, HousingSite

from .enums import TEAM
from .models import Membership, Program, ProgramSite
from .queries import mrcs_of

# Coordinates are shown to a hundredth of a degree (about a kilometre) outside of the team.
COARSE = 2
CLASSES = 5


def sites_visible_to(actor: Any) -> QuerySet[HousingSite]:
    """Sites of the programmes that `actor` belongs to now; all of them for an administrator."""
    if not actor.is_authenticated:
        return HousingSite.objects.none()
    if actor.is_administrator:
        return HousingSite.objects.all()
    programs = Program.objects.visible_to(actor).values("pk")
    return HousingSite.objects.filter(pk__in=ProgramSite.objects.filter(program__in=programs).values("site"))


def sites_of_organization(request: HttpRequest) -> dict[str, Any] | None:
    """For the page of an organization: the sites it owns or owned that the person may see, at most 200."""
    organization = getattr(request, "shown_organization", None)
    if organization is None:
        return None
    lines = organization.ownerships.filter(site__in=sites_visible_to(request.user)).select_related("site__municipality")
    found = list(lines.order_by("site__name", "id")[:200])
    return {"now": [line for line in found if line.end is None], "before": [line for line in found if line.end]}


def sees_addresses(actor: Any, site: HousingSite) -> bool:
    """Whether `actor` reads the address and exact place of a site: the team of a programme that covers it."""
    if actor.is_administrator:
        return True
    teams = Membership.objects.current().filter(user=actor, role__in=TEAM).values("program")
    return ProgramSite.objects.filter(site=site, program__in=teams).exists()


@dataclass(frozen=True, slots=True)
class SiteFilter:
    """What the map and the table keep: tenures, served or not, MRC code, targeted, words."""

    tenures: Sequence[str] = ()
    served: str = ""
    mrc: str = ""
    targeted: bool = False
    words: str = ""


def covered_sites(program: Program, kept: SiteFilter) -> QuerySet[ProgramSite]:
    """The sites that the programme covers, filtered, by name."""
    lines = ProgramSite.objects.filter(program=program).select_related("site__municipality", "site__mrc")
    if kept.tenures:
        lines = lines.filter(site__tenure__in=kept.tenures)
    if kept.served:
        lines = lines.filter(is_served=kept.served == "1")
    if kept.mrc:
        lines = lines.filter(site__mrc__code=kept.mrc)
    if kept.targeted:
        lines = lines.filter(is_targeted=True)
    for stem in stems(kept.words).split():
        lines = lines.filter(site__search__contains=stem)
    return lines.order_by("site__name", "id")


@dataclass(frozen=True, slots=True)
class Area:
    """An MRC: hours a week (None when nothing is written), sites covered and served, its class of hours (0 to 4)."""

    division: Division
    hours: Decimal | None
    covered: int
    served: int
    depth: int | None


@dataclass(frozen=True, slots=True)
class Areas:
    """The MRC of a programme with totals, and the classes of hours: `(depth, from, to)` for the legend."""

    rows: list[Area]
    hours: Decimal
    covered: int
    served: int
    classes: list[tuple[int, Decimal, Decimal]]


def areas(program: Program) -> Areas:
    """Hours and sites of each MRC of the programme, in three queries."""
    hours: dict[int, Decimal] = defaultdict(Decimal)
    for division, value in program.support_hours.order_by().values_list("division_id", "hours_per_week"):
        hours[division] += value
    counts = {
        mrc: (covered, served)
        for mrc, covered, served in program.program_sites.order_by()
        .values_list("site__mrc")
        .annotate(covered=Count("pk"), served=Count("pk", filter=Q(is_served=True)))
    }
    bounds = _bounds(sorted(hours.values()))
    rows = []
    for division in mrcs_of(program):
        covered, served = counts.get(division.pk, (0, 0))
        value = hours.get(division.pk)
        depth = None if value is None else next(i for i, (_low, high) in enumerate(bounds) if value <= high)
        rows.append(Area(division, value, covered, served, depth))
    return Areas(
        rows=rows,
        hours=sum(hours.values(), Decimal(0)),
        covered=sum(covered for covered, _served in counts.values()),
        served=sum(served for _covered, served in counts.values()),
        classes=[(depth, low, high) for depth, (low, high) in enumerate(bounds)],
    )


def _bounds(values: list[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """Classes with about as many areas in each, the bounds being values that exist."""
    distinct = sorted(set(values))
    many = min(CLASSES, len(distinct))
    cuts = [distinct[len(distinct) * part // many] for part in range(many)] if many else []
    ends = [distinct[len(distinct) * (part + 1) // many - 1] for part in range(many)]
    return list(zip(cuts, ends, strict=True))


def current_limits(divisions: Sequence[Division]) -> QuerySet[Boundary]:
    """The limits in force of these divisions."""
    return Boundary.objects.filter(division__in=divisions, valid_to=None).order_by("division_id", "id")


def place_of(site: HousingSite, exact: bool) -> tuple[float, float, bool] | None:
    """`(longitude, latitude, approximate)` to draw; the municipality's point where the site has none."""
    if site.latitude is not None and site.longitude is not None:
        if exact:
            return site.longitude, site.latitude, False
        return round(site.longitude, COARSE), round(site.latitude, COARSE), True
    town = site.municipality
    if town is not None and town.latitude is not None and town.longitude is not None:
        return town.longitude, town.latitude, True
    return None
