"""A service as its page says it: every line in its place, read in few queries whatever their number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Q, Value
from django.utils import timezone

from .models import (
    Contact,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceLocation,
)
from .opening import in_words, opening_at, opening_in_words
from .small_lines import fill_small_lines


@dataclass(frozen=True, slots=True)
class Price:
    """A price that holds today."""

    option: str
    amount: Decimal | None
    description: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term by which the service is described, in the language of the page."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Access:
    """What makes a place easy, or hard, to use."""

    label: str
    details: str


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours in words, and what they say of this moment (`is_open` None: they do not tell)."""

    lines: list[str]
    is_open: bool | None
    now: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the service, with what is said of it there."""

    location: Location
    note: str
    hours: Hours
    phones: list[Phone]
    contacts: list[Contact]
    languages: list[str] = field(default_factory=list)
    accessibilities: list[Access] = field(default_factory=list)


@dataclass(slots=True)
class SheetPage:
    """A service with its lines. `hours` are its own, where no place has any."""

    service: Service
    places: list[Place] = field(default_factory=list)
    hours: Hours | None = None
    phones: list[Phone] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    needs: list[Term] = field(default_factory=list)
    clienteles: list[Term] = field(default_factory=list)
    modes: list[Term] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    prices: list[Price] = field(default_factory=list)
    troubles: dict[str, str] = field(default_factory=dict)

    @property
    def now(self) -> Hours | None:
        """The hours that say the most of this moment: an open place, else the first that tells."""
        told = [place.hours for place in self.places] + ([self.hours] if self.hours else [])
        return next((one for one in told if one.is_open), next((one for one in told if one.now), None))


def sheet_page(service: Service, at: datetime | None = None) -> SheetPage:
    """All that the page of `service` says at the moment `at` (now)."""
    at = at or timezone.now()
    page = SheetPage(service)
    given = list(service.service_locations.select_related("location__municipality").order_by("id"))
    lines = _Lines(service, given)
    page.phones = lines.phones["service", service.pk]
    page.contacts = lines.contacts["service", service.pk]
    page.places = [_place(one, lines, at) for one in given]
    if not given:
        page.hours = _hours(lines.schedules["service", service.pk], at)
    if not (page.phones or page.contacts or any(place.phones or place.contacts for place in page.places)):
        page.phones = lines.phones["organization", service.organization_id]
        page.contacts = lines.contacts["organization", service.organization_id]
    fill_small_lines(page)
    return page


class _Lines:
    """The lines of a service, of its places and of its organization: one query a table, by (owner, number)."""

    def __init__(self, service: Service, given: Sequence[ServiceLocation]) -> None:
        locations, at = [one.location_id for one in given], [one.pk for one in given]
        near = Q(service=service) | Q(location__in=locations) | Q(service_location__in=at)
        self.contacts = _by_owner(Contact.objects.filter(near | Q(organization=service.organization_id)))
        people = {contact.pk: contact for rows in self.contacts.values() for contact in rows}
        ours = near | Q(organization=service.organization_id) | Q(contact__in=people)
        self.phones = _by_owner(Phone.objects.filter(ours))
        self.schedules = _by_owner(Schedule.objects.filter(near))
        for pk, contact in people.items():
            contact.lines = self.phones["contact", pk]  # type: ignore[attr-defined]


def _by_owner(rows: Iterable[Any]) -> dict[tuple[str, int], list[Any]]:
    found: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for row in rows:
        for owner in ("service_location", "service", "location", "contact", "organization"):
            if (number := getattr(row, f"{owner}_id", None)) is not None:
                found[owner, number].append(row)
    return found


def _hours(schedules: Sequence[Schedule], at: datetime) -> Hours:
    opening = opening_at(schedules, at)
    return Hours(in_words(schedules), opening.open, opening_in_words(opening, at))


def _place(one: ServiceLocation, lines: _Lines, at: datetime) -> Place:
    there, place = ("service_location", one.pk), ("location", one.location_id)
    schedules = lines.schedules[there] or lines.schedules["service", one.service_id] or lines.schedules[place]
    return Place(
        one.location,
        one.description,
        _hours(schedules, at),
        lines.phones[there] + lines.phones[place],
        lines.contacts[there] + lines.contacts[place],
    )


def public_services(organization: Organization, actor: Any) -> list[Service]:
    """The services of an organization that `actor` may read, by name."""
    return list(Service.objects.visible_to(actor).filter(organization=organization).order_by("name", "id"))


@dataclass(slots=True)
class Reached:
    """Whom to ask for in an organization, with the telephones of that person or function."""

    function: str
    department: str
    name: str
    email: str
    lines: list[Phone] = field(default_factory=list)


@dataclass(slots=True)
class Reach:
    """How an organization itself is reached, its services left out."""

    phones: list[Phone] = field(default_factory=list)
    contacts: list[Reached] = field(default_factory=list)


def organization_reach(organization: Organization) -> Reach:
    """The telephones and contacts of an organization, in one query."""
    none = Value("", output_field=CharField())
    own = Phone.objects.filter(organization=organization).order_by()
    told = organization.contacts.order_by()
    rows = told.values_list(
        "id", "function", "department", "name", "email", *(f"phones__{name}" for name in ("id", *_DIALLED))
    ).union(own.values_list(Value(0), none, none, none, none, "id", *_DIALLED), all=True)
    reach, people = Reach(), {}
    for number, *said, phone, dialled, extension, kind, description in sorted(
        rows, key=lambda row: (row[0], row[5] or 0)
    ):
        line = Phone(number=dialled, extension=extension, kind=kind, description=description) if phone else None
        if number and number not in people:
            people[number] = Reached(*said)
            reach.contacts.append(people[number])
        if line:
            (people[number].lines if number else reach.phones).append(line)
    return reach


_DIALLED = ("number", "extension", "kind", "description")
