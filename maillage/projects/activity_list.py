"""The activities that somebody sees, as the list asks for them, on the page and as a file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.core.filters import filters_in_force
from maillage.core.templatetags.typography import day, number
from maillage.core.text import fold
from maillage.journal.queries import team_programs
from maillage.programs.models import Program
from maillage.programs.queries import SWITCHED, current_program, switch_choices

from .activity_counts import Totals, totals_of, with_counts
from .enums import ActivityKind, ActivityState, Audience
from .forms.activities import ActivityFilter
from .models import Activity, Headcount, Project, Session, Turnout
from .sight import sight_of

PER_PAGE = 25
# What a line of the list shows.
SHOWN = (
    "uid", "kind", "state", "title", "project__name", "program__name", "held_sessions", "first_on", "last_on",
    "participations", "participants",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity on the list: what stands beside its title, its state unless it was held, its figures."""

    title: str
    href: str
    beside: str
    state: str
    is_cancelled: bool
    sessions: str
    came: str
    persons: str


def _latest(found: QuerySet[Any]) -> QuerySet[Any]:
    return found.order_by(F("last_on").desc(nulls_last=True), "title", "id")


def _line(row: dict[str, Any], with_project: bool) -> ActivityLine:
    told = [str(ActivityKind(row["kind"]).label)]
    if with_project:
        told.append(row["project__name"] or row["program__name"])
    if row["last_on"]:
        days = {"first": day(row["first_on"]), "last": day(row["last_on"])}
        told.append(days["last"] if row["first_on"] == row["last_on"] else _("du %(first)s au %(last)s") % days)
    return ActivityLine(
        title=row["title"],
        href=reverse("projects:activity", args=[row["uid"]]),
        beside=" · ".join(told),
        state="" if row["state"] == ActivityState.HELD else str(ActivityState(row["state"]).label),
        is_cancelled=row["state"] == ActivityState.CANCELLED,
        sessions=number(row["held_sessions"] or 0),
        came=_figure(row["participations"]),
        persons=_figure(row["participants"]),
    )


def _figure(count: int | None) -> str:
    return "–" if count is None else number(count)


class ActivityList:
    """Activities as an address asks them: `q`, `type`, `etat`, `annee`, `programme`; of one `project` or of all that are seen."""

    def __init__(self, request: HttpRequest, project: Project | None = None) -> None:
        self.request, self.project = request, project
        self.seen = _seen(request) if project is None else lambda way: Q(**{f"{way}project": project})
        years, programs = self._choices()
        self.form = ActivityFilter(request.GET, years=years, programs=programs if project is None else [])
        self.form.is_valid()
        self.asked: dict[str, Any] = self.form.cleaned_data

    def _choices(self) -> tuple[list[int], list[tuple[str, str]]]:
        """What filters offer: the years from the first session in sight to the last; slugs and names of programmes."""
        names = ("program__name", "program__slug", "project__program__name", "project__program__slug")
        seen = Activity.objects.filter(self.seen("")).order_by().values_list(*names)
        rows = list(seen.annotate(Min("sessions__on"), Max("sessions__on")))
        days = [day for row in rows for day in row[4:] if day]
        programs = {pair for row in rows for pair in (row[:2], row[2:4]) if pair[1]}
        years = list(range(max(days).year, min(days).year - 1, -1)) if days else []
        return years, [(slug, name) for name, slug in sorted(programs)]

    def matching(self) -> QuerySet[Activity]:
        """Those asked for, in no order."""
        found, asked = Activity.objects.filter(self.seen("")).order_by(), self.asked
        if asked.get("type"):
            found = found.filter(kind=asked["type"])
        if asked.get("etat"):
            found = found.filter(state=asked["etat"])
        if asked.get("annee"):
            that_year = Session.objects.filter(activity=OuterRef("pk"), on__year=int(asked["annee"]))
            found = found.filter(Exists(that_year))
        if asked.get("programme"):
            found = found.filter(pk__in=_of_program(asked["programme"]))
        if words := fold(asked.get("q") or "").split():
            titles = found.order_by("pk").values_list("pk", "title")
            found = found.filter(pk__in=[pk for pk, title in titles if all(word in fold(title) for word in words)])
        return found

    def found(self) -> QuerySet[Activity]:
        """Those asked for with their counts, the latest first."""
        return _latest(with_counts(self.matching()).select_related("project", "program"))

    @cached_property
    def page(self) -> Page:
        """The page asked for."""
        latest = with_counts(self.matching(), "held_sessions", "first_on", "last_on", "participations", "participants")
        paginator = Paginator(_latest(latest).values(*SHOWN), PER_PAGE)
        paginator.count = self.totals.activities
        return paginator.get_page(self.request.GET.get("page"))

    def lines(self) -> list["ActivityLine"]:
        """The activities of the page as lines."""
        return [_line(one, self.project is None) for one in self.page]

    @cached_property
    def totals(self) -> Totals:
        """The totals of all those found."""
        return totals_of(self.matching())

    @property
    def query(self) -> str:
        """The filters, for the file's address."""
        rest = self.request.GET.copy()
        for name in set(rest) - {name for name, value in self.asked.items() if value}:
            rest.pop(name)
        return rest.urlencode()

    @property
    def filters(self) -> list[dict[str, str]]:
        """The filters in force, with the address without each."""
        return filters_in_force(self.request, self.form)


def _seen(request: HttpRequest) -> Callable[[str], Q]:
    """What `Activity.objects.visible_to` says, as a filter; `way` leads to the activity, as `activity__`."""
    sight = sight_of(request)
    choices = switch_choices(request)
    programs = [one.pk for one in choices] if len(choices) < SWITCHED else Program.objects.visible_to(request.user)

    def seen(way: str) -> Q:
        if sight.everything:
            return Q()
        return sight.of(f"{way}project__") | Q(**{f"{way}project": None, f"{way}program__in": programs})

    return seen


def _of_program(slug: str) -> QuerySet[Activity, Any]:
    own = Activity.objects.filter(program__slug=slug)
    return (own | Activity.objects.filter(program=None, project__program__slug=slug)).order_by().values("pk")


def writes_for(request: HttpRequest) -> Program | None:
    """The programme for which the person writes an activity outside of any project: that of the top bar, else their newest."""
    mine, everything = team_programs(request), request.user.is_authenticated and request.user.is_administrator
    current = current_program(request)
    if current is not None and (everything or current.pk in mine):
        return current
    return Program.objects.filter(pk__in=mine).order_by("-start", "id").first() if mine else None


def columns() -> list[str]:
    """Titles of the file: participations and participants each have their own columns."""
    kinds = [str(word.label) for word in Audience]
    return [
        _("Activité"), _("Type"), _("État"), _("Projet"), _("Programme"), _("Milieux"), _("Lieu"), _("Territoire"), _("Offerte par"),
        _("Première séance"), _("Dernière séance"), _("Séances tenues"), _("Séances comptées"), _("Participations"),
        *(_("Participations : %s") % kind for kind in kinds), _("Participants"), *(_("Participants : %s") % kind for kind in kinds),
    ]  # fmt: skip


def rows(found: QuerySet[Any]) -> Iterator[Sequence[Any]]:
    """A row an activity."""
    pks = list(found.values_list("pk", flat=True))
    for start in range(0, len(pks), 500):
        batch = pks[start : start + 500]
        came, persons = _came(batch), _persons(batch)
        told = found.filter(pk__in=batch).select_related("division", "provider").prefetch_related("sites")
        for one in told:
            yield (
                one.title, one.get_kind_display(), one.get_state_display(), one.project.name if one.project else "",
                one.program.name if one.program else "", ", ".join(site.name for site in one.sites.all()), one.place,
                one.division.name if one.division else "", one.provider.name if one.provider else "",
                one.first_on, one.last_on, one.held_sessions or 0, one.counted_sessions or 0, one.participations,
                *(came.get((one.pk, word.value)) for word in Audience), one.participants,
                *(persons.get((one.pk, word.value)) for word in Audience),
            )  # fmt: skip


def _came(activities: list[int]) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    lines = Turnout.objects.filter(session__activity__in=activities).order_by()
    for activity, audience, count in lines.values_list("session__activity", "audience", "participations"):
        found[activity, audience] = found.get((activity, audience), 0) + count
    return found


def _persons(activities: list[int]) -> dict[tuple[int, str], int]:
    lines = Headcount.objects.filter(activity__in=activities).order_by()
    return {
        (activity, audience): n for activity, audience, n in lines.values_list("activity", "audience", "participants")
    }
