"""Sheets of the product in the objects of HSDS 3.1. Nothing is read here: whoever calls gives sheets and a lexicon.

`…_object` says everything, nested; `…_head` what holds one value, as the lists of the API do.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from maillage.directory.sheets import AtPlace, Line, OrganizationSheet, PlaceSheet, ServiceSheet

from .rows import Row, contacts, costs, derived, documents, identifiers, languages, phones, row, schedules
from .tables import fields, fits, head
from .terms import Lexicon, accessibilities, areas, attributes


def service_object(
    sheet: ServiceSheet,
    organization: OrganizationSheet | None,
    lexicon: Lexicon,
    *,
    modified: datetime | None = None,
    metadata: Iterable[Row] = (),
) -> Row:
    """A service with everything that is known of it, its organization, and the places where it is given."""
    return row(
        "service",
        sheet,
        **_service(sheet, modified),
        organization=organization_object(organization, lexicon) if organization else None,
        phones=phones(sheet.phones),
        schedules=schedules(sheet.schedules),
        service_areas=areas(sheet.areas, lexicon),
        service_at_locations=[at_object(at, sheet, lexicon) for at in sheet.at],
        languages=languages(sheet.languages),
        cost_options=costs(sheet.costs),
        required_documents=documents(sheet.documents),
        contacts=contacts(sheet.contacts),
        attributes=attributes(sheet.terms, "service", sheet.uid, lexicon),
        metadata=list(metadata),
    )


def service_head(
    sheet: ServiceSheet, organization: OrganizationSheet | None, *, modified: datetime | None = None
) -> Row:
    """What a service says in one value, with its organization and its programme said likewise."""
    found = heading("service", row("service", sheet, **_service(sheet, modified)), "program")
    if "program" in found:
        found["program"] = heading("program", found["program"])
    if organization is not None:
        found["organization"] = organization_head(organization)
    return found


def organization_object(sheet: OrganizationSheet, lexicon: Lexicon, *, metadata: Iterable[Row] = ()) -> Row:
    """An organization with its telephones, contacts, numbers and places."""
    return row(
        "organization",
        sheet,
        **_organization(sheet),
        contacts=contacts(sheet.contacts),
        phones=phones(sheet.phones),
        locations=[place_object(place, lexicon) for place in sheet.places],
        organization_identifiers=identifiers(sheet.identifiers),
        metadata=list(metadata),
    )


def organization_head(sheet: OrganizationSheet) -> Row:
    """What an organization says in one value."""
    return heading("organization", row("organization", sheet, **_organization(sheet)))


def at_object(at: AtPlace, sheet: ServiceSheet, lexicon: Lexicon) -> Row:
    """A service at a place."""
    return row(
        "service_at_location",
        at,
        **_at(at, sheet),
        contacts=contacts(at.contacts),
        phones=phones(at.phones),
        schedules=schedules(at.schedules),
        location=place_object(at.place, lexicon),
    )


def at_head(at: AtPlace, sheet: ServiceSheet) -> Row:
    """What a service at a place says in one value, with the place said likewise."""
    found = heading("service_at_location", row("service_at_location", at, **_at(at, sheet)))
    place = row("location", at.place, **_place(at.place))
    return found | {"location": heading("location", place)}


def place_object(place: PlaceSheet, lexicon: Lexicon) -> Row:
    """A place with its address. The first address of `beyond` completes the one that the sheet says; others follow it."""
    beyond = dict(place.beyond)
    others = [said for said in _listed(beyond.pop("addresses", None)) if isinstance(said, Mapping)]
    mine = address(place, others.pop(0) if others else {}) if is_addressed(place) else None
    return row(
        "location",
        Line(uid=place.uid, beyond={**beyond, "addresses": others}),
        **_place(place),
        languages=languages(place.languages),
        addresses=[mine] if mine else [],
        contacts=contacts(place.contacts),
        accessibility=accessibilities(place.accessibilities, lexicon),
        phones=phones(place.phones),
        schedules=schedules(place.schedules),
    )


def is_addressed(place: PlaceSheet) -> bool:
    """Whether the sheet says where mail or people go."""
    return bool(place.address_1 or place.address_2 or place.city or place.postal_code)


def address(place: PlaceSheet, beyond: Mapping[str, Any]) -> Row:
    """The address of a place; `beyond` may hold its identifier and what the product does not use."""
    known, said = fields("address"), beyond.get("id")
    uid = UUID(said) if said and fits(known["id"], said) else derived(place.uid, "address")
    kind = beyond.get("address_type")
    return row(
        "address",
        Line(uid=uid, beyond=beyond),
        address_1=place.address_1,
        address_2=place.address_2,
        city=place.city,
        region=place.region,
        state_province=place.province,
        postal_code=place.postal_code,
        country=place.country,
        address_type=kind if fits(known["address_type"], kind) else str(place.kind),
    )


def heading(table: str, found: Mapping[str, Any], *also: str) -> Row:
    """What holds one value, of HSDS or of the profile, and the objects named in `also`."""
    names = {*head(table), *also}
    return {name: value for name, value in found.items() if name in names or name.startswith("qc_")}


def moment(at: datetime | None) -> str:
    """A moment as HSDS says it: UTC, to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else ""


def _listed(said: Any) -> list[Any]:
    return list(said) if isinstance(said, (list, tuple)) else []


def _service(sheet: ServiceSheet, modified: datetime | None) -> Mapping[str, Any]:
    return {
        "organization_id": sheet.organization,
        "name": sheet.name,
        "alternate_name": sheet.alternate_name,
        "description": sheet.description,
        "url": sheet.website,
        "email": sheet.email,
        "status": str(sheet.status),
        "interpretation_services": sheet.interpretation,
        "application_process": sheet.application_process,
        "fees_description": sheet.fee_note,
        "qc_fee": str(sheet.fee),
        "wait_time": sheet.wait_time,
        "accreditations": sheet.accreditations,
        "eligibility_description": sheet.eligibility,
        "minimum_age": sheet.minimum_age,
        "maximum_age": sheet.maximum_age,
        "assured_date": sheet.checked_on,
        "alert": sheet.alert,
        "last_modified": moment(modified),
    }


def _organization(sheet: OrganizationSheet) -> Mapping[str, Any]:
    return {
        "name": sheet.name,
        "alternate_name": sheet.short_name,
        "description": sheet.description,
        "email": sheet.email,
        "website": sheet.website,
        "year_incorporated": sheet.year_incorporated,
        "legal_status": sheet.legal_status,
        "parent_organization_id": sheet.parent,
        "qc_kind": str(sheet.kind),
        "qc_division": sheet.division,
    }


def _at(at: AtPlace, sheet: ServiceSheet) -> Mapping[str, Any]:
    return {"service_id": sheet.uid, "location_id": at.place.uid, "description": at.description}


def _place(place: PlaceSheet) -> Mapping[str, Any]:
    return {
        "location_type": str(place.kind),
        "url": place.url,
        "name": place.name,
        "description": place.description,
        "transportation": place.transportation,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "qc_division": place.municipality,
    }
