"""What the address of a calendar asks: how it is shown, when, and which meetings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.enums import MeetingKind, MeetingState
from maillage.concertation.models import Group, Meeting
from maillage.concertation.times import LOCAL
from maillage.core.text import as_number
from maillage.territories.models import Division

from .seen import groups_of, meetings_seen, territories_of

FACES: dict[str, str | Promise] = {
    "liste": gettext_lazy("Liste"),
    "mois": gettext_lazy("Mois"),
    "carte": gettext_lazy("Carte"),
}
MINE, ALL = "miennes", "toutes"
FIRST, LAST = 2000, 2100  # years that a calendar opens at


@dataclass(frozen=True, slots=True)
class InForce:
    """A filter in force, with the address that removes it."""

    label: str
    value: str
    remove: str


class Asked:
    """The question of an address; what it asks that does not exist is left out."""

    def __init__(self, query: QueryDict, user: Any, territory: Division | None = None) -> None:
        self.query, self.user = query, user
        self.territory = territory or self._territory()
        self.face = face if (face := query.get("vue", "")) in FACES else "liste"
        self.kinds, self.kind = MeetingKind.choices, self._of(MeetingKind.values, "type")
        self.day = _day(query.get("du", "")) or timezone.localdate()
        self.month = _month(query.get("mois", "")) or timezone.localdate().replace(day=1)
        self.signed_in = bool(user.is_authenticated)
        self.mine = self.signed_in and query.get("quoi") == MINE

    @cached_property
    def groups(self) -> list[Group]:
        """The person's groups, to choose from."""
        return list(groups_of(self.user).only("pk", "name"))

    @cached_property
    def territories(self) -> list[Division]:
        """The territories to choose from: those where meetings are to come."""
        return territories_of(meetings_seen(self.user).filter(ends_at__gt=timezone.now()))

    @cached_property
    def member_of(self) -> set[int]:
        """The numbers of the person's groups."""
        return {group.pk for group in self.groups}

    @property
    def group(self) -> Group | None:
        """The group that is asked for, of the person's."""
        wanted = as_number(self.query.get("groupe", ""))
        return next((group for group in self.groups if group.pk == wanted), None)

    @property
    def meetings(self) -> QuerySet[Meeting]:
        """The meetings asked for, in order of time."""
        found = meetings_seen(self.user, public=not self.mine, territory=self.territory)
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.group is not None:
            found = found.filter(group=self.group)
        return found

    def between(self, first: date, last: date) -> QuerySet[Meeting]:
        """Those that stand, at least in part, between two days (the last included)."""
        return self.meetings.filter(starts_at__lt=_start(last + timedelta(days=1)), ends_at__gt=_start(first))

    @property
    def from_day(self) -> QuerySet[Meeting]:
        """Those that are not over when the day asked for begins."""
        return self.meetings.filter(ends_at__gt=_start(self.day))

    @property
    def coming(self) -> QuerySet[Meeting]:
        """Those that are planned and not over."""
        return self.meetings.filter(state=MeetingState.PLANNED, ends_at__gt=timezone.now())

    def address(self, **changed: str) -> str:
        """The same question with other values (an empty one is left out)."""
        kept = QueryDict(mutable=True)
        for name in ("vue", "mois", "du", "quoi", "type", "groupe", "territoire"):
            value = changed.get(name, self.query.get(name, ""))
            if value:
                kept[name] = value[:40]
        return f"?{kept.urlencode()}"

    @property
    def faces(self) -> list[tuple[Any, str, bool]]:
        """`(words, address, whether it is shown)` of each way to show the calendar."""
        return [(words, self.address(vue=code), code == self.face) for code, words in FACES.items()]

    @property
    def list_address(self) -> str:
        """The list with the same filters; a day is put after it."""
        return self.address(vue="liste", du="", mois="")

    @property
    def in_force(self) -> list[InForce]:
        """The filters, each with the address without it."""
        said = []
        if self.mine:
            said.append(InForce(_("Rencontres"), _("de mes groupes"), self.address(quoi="")))
        if self.kind:
            said.append(InForce(_("Type"), str(MeetingKind(self.kind).label), self.address(type="")))
        if self.group is not None:
            said.append(InForce(_("Groupe"), self.group.name, self.address(groupe="")))
        if self.territory is not None and self.query.get("territoire"):
            said.append(InForce(_("Territoire"), self.territory.name, self.address(territoire="")))
        return said

    def _territory(self) -> Division | None:
        number = as_number(self.query.get("territoire", ""))
        return Division.objects.filter(pk=number).first() if number else None

    def _of(self, known: Iterable[str], name: str) -> str:
        value = self.query.get(name, "")
        return value if value in known else ""


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=LOCAL)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return found if found and FIRST <= found.year <= LAST else None


def _month(text: str) -> date | None:
    return _day(f"{text}-01") if len(text) == 7 else None
