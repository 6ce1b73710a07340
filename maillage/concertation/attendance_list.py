"""The list of who is expected and who is there, as the person at the door reads it, and what it comes to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils import timezone

from maillage.core.text import fold

from .enums import Capacity, Presence, RegistrationState
from .models import Attendance, Meeting, Member, Registration
from .registering import LIVE

PER_PAGE = 40
SHOWN = ("", "attendus", "presents")
REGISTERED, MEMBER, CAME = "r", "m", "a"


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody expected at a meeting, or there. `key` says who to the buttons; `came` is their presence, when they came."""

    key: str
    name: str
    organization: str
    capacity: str
    is_waiting: bool = False
    came: str = ""
    attendance: Any = None

    @property
    def capacity_label(self) -> str:
        """As what, in words."""
        return str(Capacity(self.capacity).label)

    @property
    def presence_label(self) -> str:
        """On site or not, in words."""
        return str(Presence(self.came).label) if self.came else ""


@dataclass(frozen=True, slots=True)
class Line:
    """Participations of one capacity: named on site, named remotely, counted without name."""

    label: str
    on_site: int
    remote: int
    guests: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.on_site + self.remote + self.guests


class AttendanceList:
    """The list of a meeting as an address asks it: words of a name, who is shown, which page."""

    def __init__(self, meeting: Meeting, query: QueryDict) -> None:
        self.meeting = meeting
        self.words = query.get("q", "")[:100]
        asked = query.get("voir", "")
        self.shown = asked if asked in SHOWN else ""
        everybody = list(_everybody(meeting))
        self.present = sum(bool(one.came) for one in everybody)
        self.expected = len(everybody) - self.present
        found = [one for one in everybody if self._keeps(one)]
        found.sort(key=lambda one: (fold(one.name), one.key))
        self.page: Page[Expected] = Paginator(found, PER_PAGE).get_page(query.get("page"))

    def _keeps(self, one: Expected) -> bool:
        if (self.shown == "presents" and not one.came) or (self.shown == "attendus" and one.came):
            return False
        said = fold(f"{one.name} {one.organization}")
        return all(word in said for word in fold(self.words).split())


def _everybody(meeting: Meeting) -> Iterable[Expected]:
    """Those who came, then those who registered, then the members: nobody twice."""
    persons, registrations = set(), set()
    fields = ("uid", "name", "person_id", "registration_id", "organization__name", "capacity", "presence")
    for uid, name, person, registration, organization, capacity, presence in _rows(meeting.attendances, *fields):
        persons.add(person)
        registrations.add(registration)
        yield Expected(f"{CAME}:{uid}", name, organization or "", capacity, came=presence, attendance=uid)
    persons.discard(None)
    live = meeting.registrations.filter(state__in=LIVE)
    fields = ("id", "uid", "name", "person_id", "organization__name", "organization_name", "capacity", "state")
    for number, uid, name, person, organization, written, capacity, state in _rows(live, *fields):
        if number in registrations or person in persons:
            continue
        if person is not None:
            persons.add(person)
        yield Expected(
            f"{REGISTERED}:{uid}",
            name,
            organization or written,
            capacity,
            is_waiting=state == RegistrationState.WAITING,
        )
    day = timezone.localdate(meeting.starts_at) if meeting.starts_at else None
    members = Member.objects.current(day).filter(group=meeting.group_id)
    for uid, name, person, organization, capacity in _rows(
        members, "uid", "person__name", "person_id", "organization__name", "capacity"
    ):
        if person not in persons:
            persons.add(person)
            yield Expected(f"{MEMBER}:{uid}", name, organization or "", capacity)


def _rows(found: Any, *fields: str) -> Iterable[tuple[Any, ...]]:
    return found.order_by("id").values_list(*fields)


def find(meeting: Meeting, key: str) -> Registration | Member | Attendance | None:
    """Who a key of the list means at this meeting; None for what means nobody."""
    kind, _colon, uid = key.partition(":")
    models: dict[str, Any] = {
        REGISTERED: meeting.registrations.select_related("meeting"),
        MEMBER: Member.objects.filter(group=meeting.group_id).select_related("person"),
        CAME: meeting.attendances.select_related("meeting"),
    }
    return models[kind].filter(uid=uid).first() if kind in models else None


def guests_of(meeting: Meeting) -> dict[str, int]:
    """How many guests were counted without name, by capacity. One query."""
    return dict(meeting.guests.order_by().values_list("capacity", "count"))


def summary(meeting: Meeting, guests: dict[str, int]) -> list[Line]:
    """Participations by capacity, in the order of the capacities; those of nobody are left out. One query."""
    named = Counter(meeting.attendances.order_by().values_list("capacity", "presence"))
    lines = [
        Line(
            str(capacity.label),
            named[capacity.value, Presence.ON_SITE.value],
            named[capacity.value, Presence.REMOTE.value],
            guests.get(capacity.value, 0),
        )
        for capacity in Capacity
    ]
    return [line for line in lines if line.total]


def total_of(lines: Iterable[Line]) -> Line:
    """The lines together."""
    lines = list(lines)
    return Line(
        "", sum(line.on_site for line in lines), sum(line.remote for line in lines), sum(line.guests for line in lines)
    )
