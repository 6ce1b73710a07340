"""What a sheet of the directory says, before it is written: the same shape for forms, imports, exchanges and history.

`uid` identifies a line everywhere; None gives it one. `beyond` holds, untouched, what a file says and the product does
not use. Times are those of the place; money is in dollars. Lists keep their order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from .enums import LocationKind, ServiceStatus

Beyond = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What every line of a sheet bears."""

    uid: UUID | None = None
    beyond: Beyond = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLine(Line):
    """A language, by its ISO 639 code, else by its name."""

    code: str = ""
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneLine(Line):
    """A number to call."""

    number: str
    extension: str = ""
    kind: str = "voice"
    description: str = ""
    languages: tuple[LanguageLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine(Line):
    """Whom to ask for."""

    function: str = ""
    department: str = ""
    name: str = ""
    email: str = ""
    phones: tuple[PhoneLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursLine(Line):
    """Hours, as the fields of `Schedule`."""

    frequency: str = ""
    interval: int = 1
    byday: str = ""
    bymonthday: str = ""
    byweekno: str = ""
    byyearday: str = ""
    week_start: str = ""
    dtstart: date | None = None
    until: date | None = None
    count: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    opens_at: time | None = None
    closes_at: time | None = None
    utc_offset: float | None = None
    description: str = ""
    attending_type: str = ""
    link: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLine(Line):
    """A territory served: the code of a division, or words."""

    division: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine(Line):
    """A price, or a condition under which it changes."""

    option: str = ""
    amount: Decimal | None = None
    currency: str = "CAD"
    description: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine(Line):
    """What a person must bring."""

    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLine(Line):
    """A term of a taxonomy, by the codes of both."""

    taxonomy: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLine(Line):
    """What makes a place easy or hard to use: `code` is a term of the taxonomy of accessibility, or ""."""

    code: str = ""
    description: str = ""
    details: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSheet(Line):
    """A location. `municipality` is the code of a division, or ""."""

    source_key: str = ""
    kind: str = LocationKind.PHYSICAL
    name: str = ""
    description: str = ""
    transportation: str = ""
    url: str = ""
    address_1: str = ""
    address_2: str = ""
    city: str = ""
    region: str = ""
    province: str = "QC"
    postal_code: str = ""
    country: str = "CA"
    latitude: float | None = None
    longitude: float | None = None
    municipality: str = ""
    phones: tuple[PhoneLine, ...] = ()
    contacts: tuple[ContactLine, ...] = ()
    schedules: tuple[HoursLine, ...] = ()
    languages: tuple[LanguageLine, ...] = ()
    accessibilities: tuple[AccessLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AtPlace(Line):
    """A service at a place, with what is said of it there only."""

    place: PlaceSheet
    description: str = ""
    phones: tuple[PhoneLine, ...] = ()
    contacts: tuple[ContactLine, ...] = ()
    schedules: tuple[HoursLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierLine:
    """A number that a register gave to an organization."""

    uid: UUID | None = None
    scheme: str = ""
    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationSheet(Line):
    """An organization as an exchange says it; the lines are those of the organization itself."""

    source_key: str = ""
    name: str
    short_name: str = ""
    kind: str = ""
    description: str = ""
    legal_status: str = ""
    year_incorporated: int | None = None
    parent: UUID | None = None
    website: str = ""
    email: str = ""
    division: str = ""
    identifiers: tuple[IdentifierLine, ...] = ()
    phones: tuple[PhoneLine, ...] = ()
    contacts: tuple[ContactLine, ...] = ()
    places: tuple[PlaceSheet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSheet(Line):
    """A service with all its lines. `organization` is the uid of its organization."""

    organization: UUID
    source_key: str = ""
    name: str
    alternate_name: str = ""
    description: str = ""
    status: str = ServiceStatus.ACTIVE
    website: str = ""
    email: str = ""
    application_process: str = ""
    fee: str = ""
    fee_note: str = ""
    eligibility: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    wait_time: str = ""
    interpretation: str = ""
    accreditations: str = ""
    alert: str = ""
    checked_on: date | None = None
    checked_by_label: str = ""
    terms: tuple[TermLine, ...] = ()
    areas: tuple[AreaLine, ...] = ()
    costs: tuple[CostLine, ...] = ()
    documents: tuple[DocumentLine, ...] = ()
    languages: tuple[LanguageLine, ...] = ()
    phones: tuple[PhoneLine, ...] = ()
    contacts: tuple[ContactLine, ...] = ()
    schedules: tuple[HoursLine, ...] = ()
    at: tuple[AtPlace, ...] = ()
