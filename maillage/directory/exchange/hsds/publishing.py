"""What the directory holds, as HSDS says it: rows are read here, with the same few queries for any number of them.

`…_in_full` gives everything, nested; `…_heads` what holds one value. Whoever calls has chosen what may be seen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from maillage.directory.models import Organization, Service, ServiceLocation
from maillage.directory.reading import Shelf
from maillage.directory.shapes import SHAPES
from maillage.directory.sheets import OrganizationSheet, ServiceSheet

from .provenance import metadata_of
from .rows import Row
from .terms import Lexicon
from .writing import at_head, organization_head, organization_object, service_head, service_object

AT_ONCE = 200  # services of one reading, where all are given
OF_A_SERVICE = ("organization", "organization__parent", "organization__division")
OF_A_PLACE = ("location", "location__municipality", *(f"service__{name}" for name in OF_A_SERVICE))


def modified_at(service: Service) -> datetime:
    """When the service, or its organization, last changed."""
    return max(service.updated_at, service.organization.updated_at)


def services_in_full(services: Sequence[Service]) -> list[Row]:
    """Services with all that is known of them, in order; read with `OF_A_SERVICE`."""
    return [whole for _, whole in _in_full(services)]


def service_heads(services: Sequence[Service]) -> list[Row]:
    """What services say in one value, with their organizations; read with `OF_A_SERVICE`. No query."""
    bare = Shelf()
    return [
        service_head(bare.service(row), bare.organization(row.organization), modified=modified_at(row))
        for row in services
    ]


def every_service(services: "QuerySet[Service]", *, full: bool = True) -> Iterator[Row]:
    """All of `services`, a few at a time: ten thousand never stand in memory at once."""
    numbers = list(services.values_list("pk", flat=True))
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE]
        rows = Service.objects.select_related(*OF_A_SERVICE).in_bulk(part)
        found = [rows[number] for number in part if number in rows]
        yield from services_in_full(found) if full else service_heads(found)


def organizations_in_full(
    organizations: Sequence[Organization], services: Mapping[int, Sequence[Service]] | None = None
) -> list[Row]:
    """Organizations with all that is known of them, read with their parent and division; with `services`, those of each,
    in full too."""
    offered = [service for row in organizations for service in (services or {}).get(row.pk, ())]
    shelf = Shelf([service.pk for service in offered], organizations=[row.pk for row in organizations])
    sheets = {row.pk: shelf.organization(row) for row in organizations}
    said = {service.pk: shelf.service(service) for service in offered}
    lexicon = lexicon_of(said.values(), sheets.values())
    history = metadata_of(offered) if offered else {}
    found: list[Row] = []
    for row in organizations:
        whole = organization_object(sheets[row.pk], lexicon)
        if services is not None:
            whole["services"] = [
                service_object(said[one.pk], None, lexicon, modified=modified_at(one), metadata=history.get(one.pk, []))
                for one in services.get(row.pk, ())
            ]
        found.append(whole)
    return found


def organization_heads(organizations: Sequence[Organization]) -> list[Row]:
    """What organizations say in one value; read with their parent and division. No query."""
    bare = Shelf()
    return [organization_head(bare.organization(row)) for row in organizations]


def places_in_full(rows: Sequence[ServiceLocation]) -> list[Row]:
    """Services at places with all that is known of both; read with `OF_A_PLACE`."""
    wholes = {service.pk: whole for service, whole in _in_full([row.service for row in rows])}
    found: list[Row] = []
    for row in rows:
        service = dict(wholes[row.service_id])
        at = next(one for one in service.pop("service_at_locations") if one["id"] == str(row.uid))
        found.append({**at, "service": service})
    return found


def place_heads(rows: Sequence[ServiceLocation]) -> list[Row]:
    """What services at places say in one value, with the place and the service; read with `OF_A_PLACE`. No query."""
    bare = Shelf()
    bare.places = {row.location_id: row.location for row in rows}
    found: list[Row] = []
    for row in rows:
        sheet = bare.service(row.service)
        organization = bare.organization(row.service.organization)
        service = service_head(sheet, organization, modified=modified_at(row.service))
        found.append({**at_head(bare.line(SHAPES["at"], row), sheet), "service": service})
    return found


def lexicon_of(services: Iterable[ServiceSheet], organizations: Iterable[OrganizationSheet] = ()) -> Lexicon:
    """What the codes of these sheets mean: two queries."""
    sheets = list(services)
    places = [at.place for sheet in sheets for at in sheet.at]
    places += [place for organization in organizations for place in organization.places]
    codes = {line.code for sheet in sheets for line in sheet.terms}
    codes |= {line.code for place in places for line in place.accessibilities if line.code}
    return Lexicon.read(codes, {line.division for sheet in sheets for line in sheet.areas if line.division})


def _in_full(services: Sequence[Service]) -> list[tuple[Service, Row]]:
    owners = {row.organization_id: row.organization for row in services}
    shelf = Shelf([row.pk for row in services], organizations=owners)
    sheets = [shelf.service(row) for row in services]
    said = {number: shelf.organization(owner) for number, owner in owners.items()}
    lexicon = lexicon_of(sheets, said.values())
    owner_rows = {number: organization_object(sheet, lexicon) for number, sheet in said.items()}
    history = metadata_of(services)
    found: list[tuple[Service, Row]] = []
    for row, sheet in zip(services, sheets, strict=True):
        told = history.get(row.pk, [])
        whole = service_object(sheet, None, lexicon, modified=modified_at(row), metadata=told)
        found.append((row, {**whole, "organization": owner_rows[row.organization_id]}))
    return found
