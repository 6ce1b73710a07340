"""The list of projects as its address asks it: whose, which filters; its file says the same."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Max, Min, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.core.filters import filters_in_force
from maillage.core.text import stems
from maillage.programs.models import Term
from maillage.territories.enums import Level
from maillage.territories.models import Division
from maillage.territories.permissions import sites_visible_to

from .enums import ProjectStage, Reach
from .forms.projects import GOES_ON, ProjectFilter
from .models import Project
from .sight import sight_of

PER_PAGE = 25
PUBLIC = "publiques"
UNENDED = (ProjectStage.IDEA, ProjectStage.SEEKING, ProjectStage.UNDER_WAY)
# What a line of the list shows.
SHOWN = (
    "pk", "slug", "name", "summary", "stage", "reach", "started_on", "ended_on", "is_public",
    "promoter__name", "group__name",
)  # fmt: skip


@dataclass(frozen=True)
class ProjectList:
    """The projects asked for, with the form and the filters in force. `public`: the sheets that anybody reads."""

    found: QuerySet[Project]
    form: ProjectFilter
    public: bool
    may_open: bool
    query: str
    kept: str  # the filters, for the address of the other view
    filters: list[dict[str, str]] = field(default_factory=list)
    page: Page | None = None

    @property
    def lines(self) -> list["ProjectLine"]:
        """The projects of the page as lines."""
        rows = list(self.page or ())
        links = Project.territories.through.objects.filter(project__in=[row["pk"] for row in rows])
        places: dict[int, list[str]] = {}
        for pk, name in links.order_by("division__level", "division__code").values_list("project", "division__name"):
            places.setdefault(pk, []).append(name)
        return [_line(row, places.get(row["pk"], []), self.public) for row in rows]


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project on the list: where its name leads, what stands beside it, whether its public sheet is told."""

    name: str
    summary: str
    stage: str
    href: str
    beside: str
    says_public: bool


def years_said(start: date | None, end: date | None) -> str:
    """The years of a project: « depuis 2024 » while it lives, « 2013–2015 » afterwards."""
    if start is None:
        return ""
    if end is None:
        return _("depuis %(year)s") % {"year": start.year}
    return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"


def _line(row: dict[str, Any], places: list[str], public: bool) -> ProjectLine:
    told = [row["promoter__name"], "" if public else row["group__name"], ", ".join(places) or Reach(row["reach"]).label]
    told.append(years_said(row["started_on"], row["ended_on"]))
    href = reverse("projects:sheet" if public else "projects:project", args=[row["slug"]])
    beside = " · ".join(str(words) for words in told if words)
    return ProjectLine(row["name"], row["summary"], row["stage"], href, beside, row["is_public"] and not public)


def projects_listed(request: HttpRequest, paged: bool = True) -> ProjectList:
    """What the address asks: `vue` (mine, or public sheets), then `q`, `etape`, `theme`, `mrc`, `annee`, `site`."""
    public = not request.user.is_authenticated or request.GET.get("vue") == PUBLIC
    sight = sight_of(request)
    seen = (lambda way: Q(**{f"{way}is_public": True})) if public else sight.of
    form = ProjectFilter(request.GET, **_choices(request, seen, public))
    form.is_valid()
    found = filtered(Project.objects.filter(seen("")), form.cleaned_data)
    found = found.order_by("-started_on", "name", "id")
    query = request.GET.copy()
    query.pop("page", None)
    kept = query.copy()
    kept.pop("vue", None)
    page = Paginator(found.values(*SHOWN), PER_PAGE).get_page(request.GET.get("page")) if paged else None
    told = filters_in_force(request, form)
    return ProjectList(found, form, public, sight.opens, query.urlencode(), kept.urlencode(), told, page)


def filtered(found: Any, asked: dict[str, Any]) -> Any:
    """The projects of `found` that answer the filters."""
    for stem in stems(asked.get("q") or "").split():
        found = found.filter(search__contains=stem)
    if asked.get("etape"):
        found = found.filter(stage__in=UNENDED if asked["etape"] == GOES_ON else [asked["etape"]])
    if asked.get("theme"):
        found = found.filter(theme__code=asked["theme"])
    if place := asked.get("mrc"):
        inside = Division.objects.filter(Q(pk=place) | Q(parent=place) | Q(parent__parent=place))
        found = found.filter(pk__in=_at(Project.territories.through, "division", inside))
    if asked.get("annee"):
        found = found.filter(started_on__year=int(asked["annee"]))
    if asked.get("site"):
        found = found.filter(pk__in=_at(Project.sites.through, "housingsite", [asked["site"]]))
    return found


def _at(through: Any, name: str, places: Any) -> Any:
    return through.objects.filter(**{f"{name}__in": places}).order_by().values("project")


def _choices(request: HttpRequest, seen: Callable[[str], Q], public: bool) -> dict[str, Any]:
    """What each filter offers: what the projects in sight (`seen`) have; years from the first to the last."""
    rows = (
        Project.objects.filter(seen("")).order_by().values_list("theme").annotate(Min("started_on"), Max("started_on"))
    )
    told = list(rows)
    days = [day for _theme, first, last in told for day in (first, last) if day]
    terms = Term.objects.filter(pk__in=[theme for theme, *_days in told if theme]).order_by("label_fr", "id")
    sites: list[tuple[str, str]] = []
    held = Project.sites.through.objects.filter(seen("project__")).order_by().values_list("housingsite").distinct()
    if not public and (theirs := [pk for (pk,) in held]):
        known = sites_visible_to(request.user).filter(pk__in=theirs).order_by("name", "id")
        sites = [(str(pk), name) for pk, name in known.values_list("pk", "name")]
    return {
        "themes": list({term.code: (term.code, term.label) for term in terms}.values()),
        "places": _mrcs(seen),
        "years": list(range(max(days).year, min(days).year - 1, -1)) if days else [],
        "sites": sites,
    }


def _mrcs(seen: Callable[[str], Q]) -> list[tuple[str, str]]:
    """The MRC where projects in sight are, or which hold the municipality where one is."""
    links = Project.territories.through.objects.filter(seen("project__")).order_by().distinct()
    own, above = (f"division__{way}" for way in ("", "parent__"))
    rows = links.values_list(*(f"{way}{name}" for way in (own, above) for name in ("id", "level", "name")))
    places = {(name, pk) for row in rows for pk, level, name in (row[:3], row[3:]) if level == Level.MRC}
    return [(str(pk), name) for name, pk in sorted(places)]


def project_columns() -> list[str]:
    """Titles of the list's file."""
    return [
        _("Projet"), _("Étape"), _("En une phrase"), _("Groupe"), _("Programme"), _("Organisme promoteur"), _("Thème"),
        _("Enjeu"), _("Portée"), _("Territoires"), _("Pour qui"), _("Début"), _("Fin"), _("Fiche publique"),
    ]  # fmt: skip


def project_rows(listed: ProjectList) -> Iterator[Sequence[Any]]:
    """A row a project; which group and programme carry it is for those who see it."""
    told = listed.found.select_related("promoter", "group", "program", "theme").prefetch_related("territories")
    for project in told.iterator(chunk_size=500):
        inside = not listed.public
        yield (
            project.name, ProjectStage(project.stage).label, project.summary,
            project.group.name if inside and project.group else "",
            project.program.name if inside and project.program else "",
            project.promoter.name if project.promoter else "", project.theme.label if project.theme else "",
            project.issue, project.get_reach_display(), "; ".join(place.name for place in project.territories.all()),
            project.population, project.started_on, project.ended_on, project.is_public,
        )  # fmt: skip
