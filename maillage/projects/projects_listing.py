"""The list of projects as its address asks it: whose, which filters; its file says the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from maillage.core.filters import filters_in_force
from maillage.core.text import stems
from maillage.programs.models import Term
from maillage.territories.enums import Level
from maillage.territories.models import Division, HousingSite
from maillage.territories.permissions import sites_visible_to

from .enums import ProjectStage
from .forms.projects import ProjectFilter
from .models import Project

PER_PAGE = 25
PUBLIC = "publiques"


@dataclass(frozen=True)
class ProjectList:
    """The projects asked for, with the form and the filters in force. `public`: the sheets that anybody reads."""

    found: QuerySet[Project]
    form: ProjectFilter
    public: bool
    query: str
    filters: list[dict[str, str]] = field(default_factory=list)
    page: Page | None = None


def projects_listed(request: HttpRequest, paged: bool = True) -> ProjectList:
    """What the address asks: `vue` (mine, or public sheets), then `q`, `etape`, `theme`, `mrc`, `annee`, `site`."""
    public = not request.user.is_authenticated or request.GET.get("vue") == PUBLIC
    base = Project.objects.public() if public else Project.objects.visible_to(request.user)
    form = ProjectFilter(request.GET, **_choices(request, base, public))
    form.is_valid()
    found = filtered(base, form.cleaned_data).select_related("promoter", "group", "program", "theme")
    found = found.prefetch_related("territories").order_by("-started_on", "name", "id")
    query = request.GET.copy()
    query.pop("page", None)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page")) if paged else None
    return ProjectList(found, form, public, query.urlencode(), filters_in_force(request, form), page)


def filtered(found: Any, asked: dict[str, Any]) -> Any:
    """The projects of `found` that answer the filters."""
    for stem in stems(asked.get("q") or "").split():
        found = found.filter(search__contains=stem)
    if asked.get("etape"):
        found = found.filter(stage=asked["etape"])
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


def _choices(request: HttpRequest, base: QuerySet[Project], public: bool) -> dict[str, Any]:
    """What each filter offers: what the projects in sight have."""
    here = base.order_by().values("pk")
    terms = Term.objects.filter(pk__in=base.order_by().values("theme")).order_by("label_fr", "id")
    places = Project.territories.through.objects.filter(project__in=here).order_by().values("division")
    near = Division.objects.filter(Q(pk__in=places) | Q(children__in=places)).filter(level=Level.MRC)
    sites: list[tuple[str, str]] = []
    if not public:
        known = HousingSite.objects.filter(projects__in=here, pk__in=sites_visible_to(request.user).values("pk"))
        rows = known.order_by("name", "id").distinct().values_list("pk", "name")
        sites = [(str(pk), name) for pk, name in rows]
    return {
        "themes": list({term.code: (term.code, term.label) for term in terms}.values()),
        "places": [(str(place.pk), place.name) for place in near.distinct().order_by("name", "id")],
        "years": [day.year for day in base.order_by().dates("started_on", "year", order="DESC")],
        "sites": sites,
    }


def project_columns() -> list[str]:
    """Titles of the list's file."""
    return [
        _("Projet"), _("Étape"), _("En une phrase"), _("Groupe"), _("Programme"), _("Organisme promoteur"), _("Thème"),
        _("Enjeu"), _("Portée"), _("Territoires"), _("Pour qui"), _("Début"), _("Fin"), _("Fiche publique"),
    ]  # fmt: skip


def project_rows(listed: ProjectList) -> Iterator[Sequence[Any]]:
    """A row a project; which group and programme carry it is for those who see it."""
    for project in listed.found.iterator(chunk_size=500):
        inside = not listed.public
        yield (
            project.name, ProjectStage(project.stage).label, project.summary,
            project.group.name if inside and project.group else "",
            project.program.name if inside and project.program else "",
            project.promoter.name if project.promoter else "", project.theme.label if project.theme else "",
            project.issue, project.get_reach_display(), "; ".join(place.name for place in project.territories.all()),
            project.population, project.started_on, project.ended_on, project.is_public,
        )  # fmt: skip
