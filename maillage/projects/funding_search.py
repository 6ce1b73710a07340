"""Sources of funding as pages read them: the list, those that suit a project and why, the requests that are followed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from maillage.core.text import stems
from maillage.territories.models import Division

from .deadlines import Deadline
from .enums import FundingState
from .forms.funding import SourceFilter
from .funding_match import Match, Place, Wanted, match
from .models import FundingRequest, FundingSource, Project

PER_PAGE, SUGGESTED, DUE_SHOWN = 25, 12, 20
WITH_PARENTS = "parent__parent__parent"
AWAITED = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A source that suits a project: why, and until when."""

    source: FundingSource
    match: Match
    deadline: Deadline


class SourceList:
    """Sources as an address asks them: `q`, `type`, `quand` (`ouverts`, `retires`)."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.form = SourceFilter(request.GET)
        self.form.is_valid()
        self.asked: dict[str, Any] = self.form.cleaned_data

    def found(self) -> QuerySet[FundingSource]:
        """Those asked for; the retired ones only when they are asked."""
        asked, today = self.asked, timezone.localdate()
        found = FundingSource.objects.filter(is_retired=asked.get("quand") == "retires")
        if asked.get("quand") == "ouverts":
            closes, opens = Q(closes_on=None) | Q(closes_on__gte=today), Q(opens_on=None) | Q(opens_on__lte=today)
            found = found.filter(closes, opens)
        if asked.get("type"):
            found = found.filter(kind=asked["type"])
        for stem in stems(asked.get("q") or "").split():
            found = found.filter(search__contains=stem)
        return found.order_by("funder", "name", "id")

    def page(self) -> Page:
        """The page asked for."""
        return Paginator(self.found(), PER_PAGE).get_page(self.request.GET.get("page"))

    @property
    def filters(self) -> list[dict[str, str]]:
        """The filters in force, with the address without each."""
        found = []
        for name, value in self.asked.items():
            if value:
                rest = self.request.GET.copy()
                rest.pop(name, None)
                rest.pop("page", None)
                words = dict(getattr(self.form.fields[name], "choices", ()))
                label = str(self.form.fields[name].label)
                found.append({"label": label, "value": str(words.get(value, value)), "remove": f"?{rest.urlencode()}"})
        return found


def suggestions(project: Project, most: int = SUGGESTED) -> tuple[list[Suggested], int]:
    """The `most` first sources that suit `project` and are not over, and how many suit: the surest, then the next to close."""
    wanted = wanted_by(project)
    today = timezone.localdate()
    open_still = Q(closes_on=None) | Q(closes_on__gte=today) | Q(is_yearly=True)
    followed = project.funding_requests.exclude(source=None).order_by().values("source")
    sources = FundingSource.objects.filter(open_still, is_retired=False).exclude(pk__in=followed)
    sources = sources.defer("supports", "conditions", "search").prefetch_related(f"territories__{WITH_PARENTS}")
    found: list[tuple[Match, FundingSource]] = []
    for source in sources.order_by("funder", "name", "id"):
        why = match(wanted, map(str, source.themes), places_of(source.territories.all()))
        if why is not None:
            found.append((why, source))
    found.sort(key=lambda one: _order(one[0], one[1], today))
    return [Suggested(source, why, source.stands) for why, source in found[:most]], len(found)


def _order(why: Match, source: FundingSource, today: date) -> tuple[Any, ...]:
    opens, closes = source.opens_on or today, source.closes_on or date.max
    return (*why.rank, not opens <= today <= closes, closes, source.funder, source.pk)


def wanted_by(project: Project) -> Wanted:
    """What `project` is about and where: its own territories, else that of its group or of its programme."""
    needs = project.needs.order_by("pk").values_list("statement", flat=True)
    texts = [project.name, project.summary, project.issue, project.population, project.description, *needs]
    if project.theme is not None:
        texts.append(project.theme.label)
    own = list(project.territories.select_related(WITH_PARENTS).order_by("pk"))
    if not own:
        keys = [thing.territory_id for thing in (project.group, project.program) if thing and thing.territory_id]
        own = list(Division.objects.filter(pk__in=keys[:1]).select_related(WITH_PARENTS))
    return Wanted.of(texts, places_of(own))


def places_of(divisions: Iterable[Division]) -> list[Place]:
    """Territories as they are compared."""
    found = []
    for division in divisions:
        within: set[int] = set()
        up = division.parent
        while up is not None and len(within) < 4:
            within.add(up.pk)
            up = up.parent
        found.append(Place(division.pk, division.name, frozenset(within)))
    return found


@dataclass(frozen=True, slots=True)
class Followed:
    """The requests of a project and what they come to."""

    requests: list[FundingRequest]
    awaited: Decimal | None
    granted: Decimal | None


def followed_by(project: Project) -> Followed:
    """The requests of `project`, those to make first."""
    rows = list(project.funding_requests.select_related("source").order_by("due_on", "id"))
    order = {state: rank for rank, state in enumerate(FundingState.values)}
    rows.sort(key=lambda one: (order[one.state], one.due_on or date.max, one.pk))
    told = project.funding_requests.order_by()
    awaited = told.filter(state=FundingState.ASKED).aggregate(sum=Sum("asked"))["sum"]
    granted = told.filter(state__in=(FundingState.GRANTED, FundingState.PARTLY)).aggregate(sum=Sum("granted"))["sum"]
    return Followed(rows, awaited, granted)


def due(actor: Any) -> list[FundingRequest]:
    """What the projects that `actor` sees have to ask within two months, what is late first."""
    until = timezone.localdate() + AWAITED
    found = FundingRequest.objects.visible_to(actor).filter(state=FundingState.TO_MAKE, due_on__lte=until)
    return list(found.select_related("project", "source").order_by("due_on", "id")[:DUE_SHOWN])
