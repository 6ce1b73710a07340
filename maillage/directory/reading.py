"""What the tables say, as sheets: the only way back from rows to `sheets`, with the same few queries for any number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from .models import (
    Accessibility,
    Contact,
    CostOption,
    Location,
    Organization,
    OrganizationIdentifier,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceLocation,
    ServiceTerm,
    SpokenLanguage,
)
from .shapes import (
    ORGANIZATION_FIELDS,
    ORGANIZATION_LISTS,
    OWNER_KEY,
    PLACE_FIELDS,
    PLACE_LISTS,
    SERVICE_FIELDS,
    SERVICE_LISTS,
    SHAPES,
    Shape,
    division_code,
)
from .sheets import OrganizationSheet, PlaceSheet, ServiceSheet

AT_ONCE = 500  # services of one reading: what a statement takes, and what stands in memory
T = TypeVar("T")
Owners = dict[str, set[int]]


def parts(things: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """The same things, a few hundred at a time."""
    for at in range(0, len(things), size):
        yield things[at : at + size]


class Shelf:
    """The rows under some services and organizations, each under its owner, in the order of the sheet."""

    def __init__(
        self, services: Iterable[int] = (), organizations: Iterable[int] = (), places: Iterable[int] = ()
    ) -> None:
        self._rows: dict[tuple[type[Model], str, int], list[Any]] = defaultdict(list)
        owners: Owners = {"service": set(services), "organization": set(organizations)}
        for model in (ServiceTerm, ServiceArea, CostOption, RequiredDocument):
            self._take(model, {"service": owners["service"]})
        self._take(OrganizationIdentifier, {"organization": owners["organization"]})
        at = self._take(ServiceLocation, {"service": owners["service"]})
        owners["service_location"] = {row.pk for row in at}
        owned = self._take(Location, {"organization": owners["organization"]})
        owners["location"] = {row.location_id for row in at} | {row.pk for row in owned} | set(places)
        self.places: dict[int, Location] = {}
        for part in parts(sorted(owners["location"])):
            self.places |= {row.pk: row for row in _with_keys(Location).filter(pk__in=part)}
        self._take(Accessibility, {"location": owners["location"]})
        reached = {name: owners[name] for name in ("organization", "service", "service_location", "location")}
        owners["contact"] = {row.pk for row in self._take(Contact, reached)}
        phones = self._take(Phone, reached | {"contact": owners["contact"]})
        self._take(Schedule, {name: reached[name] for name in ("service", "service_location", "location")})
        spoken = {"service": owners["service"], "location": owners["location"], "phone": {row.pk for row in phones}}
        self._take(SpokenLanguage, spoken)

    def _take(self, model: type[Model], owners: Owners) -> list[Any]:
        """Read the rows of `model` that belong to these owners; one statement for a few hundred."""
        pending = {name: sorted(numbers) for name, numbers in owners.items() if numbers}
        found: list[Any] = []
        while pending:
            wanted = Q()
            for name in list(pending):
                part, rest = pending[name][:AT_ONCE], pending[name][AT_ONCE:]
                wanted |= Q(**{f"{name}__in": part})
                pending[name] = rest
                if not rest:
                    del pending[name]
            found += _with_keys(model).filter(wanted).order_by("pk")
        for row in found:
            for name in owners:
                if (number := getattr(row, f"{name}_id")) is not None:
                    self._rows[model, name, number].append(row)
                    break
        return found

    def rows(self, model: type[Model], owner: Model) -> list[Any]:
        """The rows of `model` that belong to `owner`, in order; none when it is not written yet."""
        return self._rows.get((model, OWNER_KEY[type(owner)], owner.pk), []) if owner.pk else []

    def lines(self, name: str, owner: Model) -> tuple[Any, ...]:
        """The list `name` of what `owner` says."""
        shape = SHAPES[name]
        return tuple(self.line(shape, row) for row in self.rows(shape.model, owner))

    def line(self, shape: Shape, row: Any) -> Any:
        """What one row says."""
        said: dict[str, Any] = {field: getattr(row, field) for field in shape.fields}
        said["uid"] = row.uid
        if shape.has_beyond:
            said["beyond"] = row.beyond
        for child in shape.children:
            said[child] = self.lines(child, row)
        if isinstance(row, ServiceTerm):
            said |= {"taxonomy": row.term.taxonomy.code, "code": row.term.code}
        elif isinstance(row, ServiceArea):
            said["division"] = division_code(row.division.level, row.division.code) if row.division else ""
        elif isinstance(row, Accessibility):
            said["code"] = row.term.code if row.term else ""
        elif isinstance(row, ServiceLocation):
            said["place"] = self.place(self.places[row.location_id])
        return shape.line(**said)

    def _said(self, row: Model, fields: Sequence[str], lists: Sequence[str]) -> dict[str, Any]:
        """Fields of the same name, and lists."""
        return {field: getattr(row, field) for field in fields} | {name: self.lines(name, row) for name in lists}

    def place(self, row: Location) -> PlaceSheet:
        """What is known of a place."""
        town = row.municipality
        return PlaceSheet(
            uid=row.uid,
            beyond=row.beyond,
            source_key=row.source_key,
            municipality=division_code(town.level, town.code) if town else "",
            **self._said(row, PLACE_FIELDS, PLACE_LISTS),
        )

    def service(self, row: Service) -> ServiceSheet:
        """The sheet of a service; its organization is at hand."""
        return ServiceSheet(
            uid=row.uid,
            beyond=row.beyond,
            source_key=row.source_key,
            organization=row.organization.uid,
            **self._said(row, SERVICE_FIELDS, SERVICE_LISTS),
        )

    def organization(self, row: Organization) -> OrganizationSheet:
        """The sheet of an organization, with its own places."""
        return OrganizationSheet(
            uid=row.uid,
            beyond=row.beyond,
            source_key=row.source_key,
            parent=row.parent.uid if row.parent else None,
            division=division_code(row.division.level, row.division.code) if row.division else "",
            places=tuple(self.place(self.places[place.pk]) for place in self.rows(Location, row)),
            **self._said(row, ORGANIZATION_FIELDS, ORGANIZATION_LISTS),
        )


def sheet_of(service: Service) -> ServiceSheet:
    """What the directory says of a service; at most twelve queries."""
    return Shelf([service.pk]).service(service)


def place_sheet_of(place: Location) -> PlaceSheet:
    """What the directory says of a place."""
    shelf = Shelf(places=[place.pk])
    return shelf.place(shelf.places[place.pk])


def sheets_of(services: "QuerySet[Service] | Sequence[Service]") -> Iterator[tuple[Service, ServiceSheet]]:
    """Each service with its sheet, in order, a few hundred at a time: ten thousand stand never in memory at once."""
    wanted = list(services.values_list("pk", flat=True)) if isinstance(services, QuerySet) else [s.pk for s in services]
    for part in parts(wanted):
        shelf = Shelf(part)
        rows = Service.objects.select_related("organization").in_bulk(part)
        for number in part:
            if number in rows:
                yield rows[number], shelf.service(rows[number])


def organization_sheet_of(organization: Organization) -> OrganizationSheet:
    """What the directory says of an organization itself: its services are sheets of their own."""
    return Shelf(organizations=[organization.pk]).organization(organization)


def organization_sheets_of(organizations: "QuerySet[Organization]") -> Iterator[tuple[Organization, OrganizationSheet]]:
    """Each organization with its sheet, in order, a few hundred at a time."""
    for part in parts(list(organizations.values_list("pk", flat=True))):
        shelf = Shelf(organizations=part)
        rows = Organization.objects.select_related("parent", "division").in_bulk(part)
        for number in part:
            if number in rows:
                yield rows[number], shelf.organization(rows[number])


def places_known(uids: Sequence[UUID]) -> list[int]:
    """The numbers of the places that bear these identifiers."""
    found: list[int] = []
    for part in parts(uids):
        found += Location.objects.filter(uid__in=part).order_by("pk").values_list("pk", flat=True)
    return found


def _with_keys(model: type[Any]) -> "QuerySet[Any]":
    """Rows with what their line says of another table."""
    keys = {
        ServiceTerm: ("term__taxonomy",),
        ServiceArea: ("division",),
        Accessibility: ("term",),
        Location: ("municipality",),
    }.get(model, ())
    return model._default_manager.select_related(*keys) if keys else model._default_manager.all()
