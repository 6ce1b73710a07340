"""The list of a group's meetings: to come or past, of one kind, by pages."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, Q, Value, When
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from .enums import MeetingKind, MeetingState
from .models import Group, Meeting

PER_PAGE = 25
PAST = "passees"
# What the list shows, and no more: the texts of a meeting are read on its page.
SHOWN = ("uid", "title", "kind", "state", "starts_at", "ends_at", "place", "online_url", "group_id")


@dataclass(frozen=True, slots=True)
class InForce:
    """A filter in force, with the address that removes it."""

    label: str
    value: str
    remove: str


class MeetingList:
    """What the address asks for. What it asks that does not exist is left out."""

    def __init__(self, request: HttpRequest, group: Group) -> None:
        self.group, self.query = group, request.GET
        self.past = request.GET.get("quand") == PAST
        self.kind = kind if (kind := request.GET.get("type", "")) in MeetingKind.values else ""
        self.kinds = MeetingKind.choices

    @cached_property
    def page(self) -> Page[Meeting]:
        """The meetings asked for: those to come the next first, those without date before them; the past the last first."""
        found = Meeting.objects.filter(group=self.group).only(*SHOWN)
        if self.kind:
            found = found.filter(kind=self.kind)
        ahead = Q(state=MeetingState.CHOOSING) | Q(
            state__in=[MeetingState.PLANNED, MeetingState.CANCELLED], ends_at__gte=timezone.now()
        )
        if self.past:
            found = found.exclude(ahead).order_by(F("starts_at").desc(nulls_last=True), "-id")
        else:
            first = Case(When(state=MeetingState.CHOOSING, then=Value(0)), default=Value(1))
            found = found.filter(ahead).order_by(first, "starts_at", "id")
        return Paginator(found, PER_PAGE).get_page(self.query.get("page"))

    @property
    def in_force(self) -> list[InForce]:
        """The filters, each with the address without it."""
        if not self.kind:
            return []
        return [InForce(_("Type"), str(MeetingKind(self.kind).label), f"?{self._without('type')}")]

    def _without(self, name: str) -> str:
        kept = QueryDict(mutable=True)
        kept.update({key: value for key, value in self.query.items() if key not in (name, "page")})
        return kept.urlencode()
