"""How the lines of a sheet lie in tables: which row keeps which line, with which fields, under which owner."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db.models import Model

from maillage.territories.enums import Level

from . import sheets
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

# The key of a line's row that says to whom it belongs.
OWNER_KEY: dict[type[Model], str] = {
    Organization: "organization",
    Service: "service",
    ServiceLocation: "service_location",
    Location: "location",
    Contact: "contact",
    Phone: "phone",
}
# Levels whose codes are told by the code alone; the others are written « level:code ».
PLAIN_LEVELS = (Level.MUNICIPALITY, Level.MRC, Level.REGION)


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of line: its class, its table, the fields of the same name on both sides, the lists that it holds.

    `one_of` is the column that stands once under an owner: by it two lines are the same.
    """

    line: type
    model: type[Model]
    fields: tuple[str, ...]
    children: tuple[str, ...] = ()
    one_of: str = ""
    has_beyond: bool = True


def _plain(line: type, *but: str) -> tuple[str, ...]:
    apart = {"uid", "beyond", *but}
    return tuple(field.name for field in fields(line) if field.name not in apart)


SHAPES = {
    "languages": Shape(sheets.LanguageLine, SpokenLanguage, _plain(sheets.LanguageLine)),
    "phones": Shape(sheets.PhoneLine, Phone, _plain(sheets.PhoneLine, "languages"), ("languages",)),
    "contacts": Shape(sheets.ContactLine, Contact, _plain(sheets.ContactLine, "phones"), ("phones",)),
    "schedules": Shape(sheets.HoursLine, Schedule, _plain(sheets.HoursLine)),
    "areas": Shape(sheets.AreaLine, ServiceArea, ("name",)),
    "costs": Shape(sheets.CostLine, CostOption, _plain(sheets.CostLine)),
    "documents": Shape(sheets.DocumentLine, RequiredDocument, ("document",)),
    "terms": Shape(sheets.TermLine, ServiceTerm, (), one_of="term_id"),
    "accessibilities": Shape(sheets.AccessLine, Accessibility, ("description", "details", "url")),
    "at": Shape(
        sheets.AtPlace,
        ServiceLocation,
        ("description",),
        ("phones", "contacts", "schedules"),
        one_of="location_id",
    ),
    "identifiers": Shape(sheets.IdentifierLine, OrganizationIdentifier, ("scheme", "kind", "value"), has_beyond=False),
}
PLACE_LISTS = ("phones", "contacts", "schedules", "languages", "accessibilities")
SERVICE_LISTS = (
    "terms",
    "areas",
    "costs",
    "documents",
    "languages",
    "phones",
    "contacts",
    "schedules",
    "at",
)
ORGANIZATION_LISTS = ("identifiers", "phones", "contacts")
PLACE_FIELDS = _plain(sheets.PlaceSheet, "municipality", "source_key", *PLACE_LISTS)
SERVICE_FIELDS = _plain(sheets.ServiceSheet, "organization", "source_key", *SERVICE_LISTS)
ORGANIZATION_FIELDS = _plain(
    sheets.OrganizationSheet, "parent", "division", "source_key", "places", *ORGANIZATION_LISTS
)
# Tables in the order in which they are written: an owner before its lines.
IN_ORDER: tuple[type[Model], ...] = (
    Location,
    OrganizationIdentifier,
    ServiceTerm,
    ServiceArea,
    CostOption,
    RequiredDocument,
    ServiceLocation,
    Accessibility,
    Contact,
    Phone,
    Schedule,
    SpokenLanguage,
)


def division_code(level: str, code: str) -> str:
    """A division as a sheet names it."""
    return code if level in PLAIN_LEVELS else f"{level}:{code}"


def nameless(line: Any) -> Any:
    """The same line, and those that it holds, without identifiers: what it says."""
    given: dict[str, Any] = {"uid": None}
    for field in fields(line):
        value = getattr(line, field.name)
        if isinstance(value, tuple) and value:
            given[field.name] = tuple(nameless(one) for one in value)
        elif isinstance(value, sheets.PlaceSheet):
            given[field.name] = nameless(value)
    return replace(line, **given)


def is_named(line: Any) -> bool:
    """Whether a line, or one that it holds, bears an identifier."""
    if line.uid is not None:
        return True
    return any(is_named(one) for field in fields(line) for one in _held(getattr(line, field.name)))


def _held(value: Any) -> Iterable[Any]:
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, sheets.PlaceSheet) else ()
