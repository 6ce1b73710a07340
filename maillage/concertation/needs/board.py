"""The needs of a group side by side by what came of them, or one column of them page by page."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.http import QueryDict

from maillage.concertation.enums import Capacity, NeedState
from maillage.concertation.models import NamedNeed, NamedNeedQuerySet
from maillage.concertation.queries import GroupSeen
from maillage.core.text import stems

from .support import with_support

STATES = (NeedState.OPEN, NeedState.TAKEN_UP, NeedState.ANSWERED, NeedState.SET_ASIDE)
PER_COLUMN, PER_PAGE = 12, 30
FIRST = (F("priority").asc(nulls_last=True), F("named_at").desc(), F("pk").desc())


@dataclass(frozen=True, slots=True)
class Column:
    """Needs in one state: the first ones, and how many there are."""

    state: NeedState
    needs: list[NamedNeed]
    count: int

    @property
    def more(self) -> int:
        """How many the column does not show."""
        return self.count - len(self.needs)


class NeedBoard:
    """What the page of a group's needs shows for the words and the state that its address asks for."""

    def __init__(self, seen: GroupSeen, asked: QueryDict) -> None:
        self.words = asked.get("q", "").strip()[:100]
        self.capacity = asked.get("par", "") if asked.get("par", "") in Capacity.values else ""
        state = asked.get("etat", "")
        self.state = NeedState(state) if state in STATES else None
        self.group, self.number = seen.group, asked.get("page")

    @cached_property
    def found(self) -> NamedNeedQuerySet:
        """The needs that answer."""
        found = NamedNeed.objects.on_board().filter(group=self.group)
        if self.capacity:
            found = found.filter(named_as=self.capacity)
        for stem in stems(self.words).split():
            found = found.filter(search__contains=f" {stem}")
        return found

    @cached_property
    def columns(self) -> list[Column]:
        """A column for each state, in two queries."""
        place = Window(RowNumber(), partition_by=F("state"), order_by=FIRST)
        first = with_support(self.found).annotate(place=place).filter(place__lte=PER_COLUMN).order_by("state", "place")
        by_state: dict[str, list[NamedNeed]] = {}
        for need in first:
            by_state.setdefault(need.state, []).append(need)
        counts = dict(self.found.order_by().values_list("state").annotate(n=Count("pk")))
        return [Column(state, by_state.get(state, []), counts.get(state, 0)) for state in STATES]

    @cached_property
    def page(self) -> Page[NamedNeed]:
        """The needs in the state asked for, page by page."""
        return Paginator(with_support(self.found.filter(state=self.state)).order_by(*FIRST), PER_PAGE).get_page(
            self.number
        )
