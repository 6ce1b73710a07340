"""The activities that somebody sees, as the list asks for them, on the page and as a file."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from maillage.core.text import fold
from maillage.programs.models import Membership, Program

from .activity_counts import totals_of, with_counts
from .enums import Audience
from .forms.activities import ActivityFilter
from .models import Activity, Headcount, Project, Session, Turnout

PER_PAGE = 25


class ActivityList:
    """Activities as an address asks them: `q`, `type`, `etat`, `annee`, `programme`; of one `project` or of all that are seen."""

    def __init__(self, request: HttpRequest, project: Project | None = None) -> None:
        self.request, self.project = request, project
        visible = Activity.objects.visible_to(request.user) if project is None else project.activities.all()
        self.whole: QuerySet[Activity] = visible
        keys = visible.order_by().values("pk")
        years = Session.objects.filter(activity__in=keys).dates("on", "year", order="DESC")
        programs = Program.objects.filter(pk__in=_programs(visible)).order_by("name", "id") if project is None else []
        self.form = ActivityFilter(
            request.GET, years=[day.year for day in years], programs=[(one.slug, one.name) for one in programs]
        )
        self.form.is_valid()
        self.asked: dict[str, Any] = self.form.cleaned_data

    def found(self) -> QuerySet[Activity]:
        """Those asked for, the latest first."""
        found, asked = self.whole, self.asked
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
        counted = with_counts(found).select_related("project", "program", "division", "provider")
        return counted.order_by(F("last_on").desc(nulls_last=True), "title", "id")

    def page(self) -> Page:
        """The page asked for."""
        return Paginator(self.found(), PER_PAGE).get_page(self.request.GET.get("page"))

    def totals(self) -> tuple[int | None, int | None]:
        """Participations, then participants, of all those found."""
        return totals_of(self.found())

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
        found = []
        for name, value in self.asked.items():
            if not value or name not in self.form.fields:
                continue
            rest = self.request.GET.copy()
            rest.pop(name, None)
            rest.pop("page", None)
            field = self.form.fields[name]
            words = {str(code): str(label) for code, label in getattr(field, "choices", ())}
            told = {"label": str(field.label), "value": words.get(str(value), str(value))}
            found.append({**told, "remove": f"?{rest.urlencode()}"})
        return found


def _programs(visible: QuerySet[Activity]) -> set[int]:
    rows = visible.order_by().values_list("program", "project__program").distinct()
    return {pk for pair in rows for pk in pair if pk}


def _of_program(slug: str) -> QuerySet[Activity, Any]:
    own = Activity.objects.filter(program__slug=slug)
    return (own | Activity.objects.filter(program=None, project__program__slug=slug)).order_by().values("pk")


def may_open_in(actor: Any) -> QuerySet[Program]:
    """The programmes for which `actor` may write an activity outside of any project."""
    if actor.is_administrator:
        return Program.objects.order_by("name", "id")[:50]
    teams = Membership.objects.current().team().filter(user=actor).order_by().values("program")
    return Program.objects.filter(pk__in=teams).order_by("name", "id")


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
        told = found.filter(pk__in=batch).prefetch_related("sites")
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
