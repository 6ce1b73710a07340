"""The tables of HSDS 3.1: names of fields, types, formats. Everything that reads or writes HSDS stands on this one list.

From the Human Services Data Specification, © Open Referral, CC BY-SA 4.0; `tests/directory/exchange/test_tables.py` compares
it with the official schemas. A field is `name:type`; `!` marks one that must be there; without a type it is text. `[x]` is
a list of the table x, `(x)` one object of it.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

VERSION = "3.1"

_COMMON = "attributes:[attribute] metadata:[metadata]"
_TABLES = {
    "organization": "id!:uuid name! alternate_name description! email:email website:uri additional_websites:[url] tax_status "
    "tax_id year_incorporated:number legal_status logo uri:uri parent_organization_id:uuid funding:[funding] "
    "contacts:[contact] phones:[phone] locations:[location] programs:[program] "
    f"organization_identifiers:[organization_identifier] {_COMMON}",
    "service": "id!:uuid organization_id:uuid program_id:uuid name! alternate_name description url:uri additional_urls:[url] "
    "email:email status!:active|inactive|defunct|temporarily_closed interpretation_services application_process "
    "fees_description wait_time fees accreditations eligibility_description minimum_age:number maximum_age:number "
    "assured_date:date assurer_email:email licenses alert last_modified:date-time phones:[phone] schedules:[schedule] "
    "service_areas:[service_area] service_at_locations:[service_at_location] languages:[language] "
    "organization:(organization) funding:[funding] cost_options:[cost_option] program:(program) "
    f"required_documents:[required_document] contacts:[contact] capacities:[service_capacity] {_COMMON}",
    "location": "id!:uuid location_type!:physical|postal|virtual url:uri organization_id:uuid name alternate_name description "
    "transportation latitude:number longitude:number external_identifier external_identifier_type languages:[language] "
    f"addresses:[address] contacts:[contact] accessibility:[accessibility] phones:[phone] schedules:[schedule] {_COMMON}",
    "address": "id!:uuid location_id:uuid attention address_1! address_2 city! region state_province! postal_code! country! "
    f"address_type!:physical|postal|virtual {_COMMON}",
    "service_at_location": "id!:uuid service_id:uuid location_id:uuid description service_areas:[service_area] "
    f"contacts:[contact] phones:[phone] schedules:[schedule] location:(location) {_COMMON}",
    "phone": "id!:uuid location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid service_at_location_id:uuid number! "
    f"extension:number type description languages:[language] {_COMMON}",
    "contact": "id!:uuid organization_id:uuid service_id:uuid service_at_location_id:uuid location_id:uuid name title department "
    f"email:email phones:[phone] {_COMMON}",
    "schedule": "id!:uuid service_id:uuid location_id:uuid service_at_location_id:uuid valid_from:date valid_to:date "
    "dtstart:date timezone:number until:date count:number wkst:MO|TU|WE|TH|FR|SA|SU freq:WEEKLY|MONTHLY interval:number "
    "byday byweekno bymonthday byyearday description opens_at:time closes_at:time schedule_link:uri attending_type notes "
    f"{_COMMON}",
    "service_area": "id!:uuid service_id:uuid service_at_location_id:uuid name description extent extent_type uri "
    + _COMMON,
    "language": f"id!:uuid service_id:uuid location_id:uuid phone_id:uuid name code note {_COMMON}",
    "cost_option": "id!:uuid service_id:uuid valid_from:date valid_to:date option currency amount:number amount_description "
    + _COMMON,
    "required_document": f"id!:uuid service_id:uuid document uri:uri {_COMMON}",
    "accessibility": f"id!:uuid location_id:uuid description details url:uri {_COMMON}",
    "attribute": "id!:uuid link_id:uuid taxonomy_term_id:uuid link_type link_entity value taxonomy_term:(taxonomy_term) "
    "metadata:[metadata] label",
    "taxonomy": "id!:uuid name! description! uri:uri version metadata:[metadata]",
    "taxonomy_term": "id!:uuid code name! description! parent_id:uuid taxonomy taxonomy_detail:(taxonomy) language "
    "taxonomy_id:uuid term_uri:uri metadata:[metadata]",
    "organization_identifier": "id!:uuid organization_id:uuid identifier_scheme identifier_type! identifier! "
    + _COMMON,
    "url": f"id!:uuid label url!:uri organization_id:uuid service_id:uuid {_COMMON}",
    "funding": f"id!:uuid organization_id:uuid service_id:uuid source {_COMMON}",
    "program": f"id!:uuid organization_id:uuid name! alternate_name description! {_COMMON}",
    "service_capacity": "id!:uuid service_id:uuid unit!:(unit) unit_id:uuid available!:number maximum:number description "
    f"updated!:date-time {_COMMON}",
    "unit": f"id!:uuid name! scheme identifier uri:uri {_COMMON}",
    "metadata": "id!:uuid resource_id:uuid resource_type last_action_date!:date last_action_type! field_name! "
    "previous_value! replacement_value! updated_by!",
    "meta_table_description": f"id!:uuid name language character_set {_COMMON}",
}
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# RFC 3986: a scheme, then only the characters that a URI may hold; a percent sign begins an escape.
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=\[\]]|%[0-9A-Fa-f]{2})+")
_EMAIL = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a table. `kind` is text, number, uuid, uri, email, date, time, date-time, choice, list or object."""

    name: str
    kind: str
    required: bool = False
    choices: tuple[str, ...] = ()
    table: str = ""

    @property
    def is_nested(self) -> bool:
        """Whether it holds objects of another table."""
        return self.kind in ("list", "object")


@cache
def fields(table: str) -> dict[str, Field]:
    """The fields of a table by name, in the order of the specification."""
    return {field.name: field for field in map(_field, _TABLES[table].split())}


def tables() -> list[str]:
    """The names of the tables."""
    return list(_TABLES)


def head(table: str) -> list[str]:
    """The fields of a table that hold one value: what lists give."""
    return [name for name, field in fields(table).items() if not field.is_nested]


def kept(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """What of `row` an answer may say: values that are what HSDS says they are, and fields that it does not know."""
    known = fields(table)
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name not in known:
            found[name] = value
        elif known[name].is_nested:
            if rows := _nested(known[name], value):
                found[name] = rows if known[name].kind == "list" else rows[0]
        elif fits(known[name], value):
            found[name] = value
    return found


def is_whole(table: str, row: Mapping[str, Any]) -> bool:
    """Whether every field that must be there is."""
    return all(name in row for name, field in fields(table).items() if field.required)


def fits(field: Field, value: Any) -> bool:
    """Whether `value` is what a field that holds one value may say."""
    if field.kind == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if not isinstance(value, str):
        return False
    if field.kind == "choice":
        return value in field.choices
    if field.kind == "date-time":
        return _is_moment(value)
    pattern = {"uuid": _UUID, "uri": _URI, "email": _EMAIL}.get(field.kind)
    return pattern is None or pattern.fullmatch(value) is not None


def _is_moment(value: str) -> bool:
    try:
        return _MOMENT.fullmatch(value) is not None and bool(datetime.fromisoformat(value.upper()))
    except ValueError:
        return False


def _nested(field: Field, value: Any) -> list[dict[str, Any]]:
    if field.kind == "object":
        value = [value]
    if not isinstance(value, (list, tuple)):
        return []
    rows = [kept(field.table, row) for row in value if isinstance(row, Mapping)]
    return [row for row in rows if is_whole(field.table, row)]


def _field(said: str) -> Field:
    name, _, kind = said.partition(":")
    required = name.endswith("!")
    name = name.rstrip("!")
    if kind.startswith(("[", "(")):
        return Field(name, "list" if kind[0] == "[" else "object", required, table=kind[1:-1])
    if "|" in kind:
        return Field(name, "choice", required, choices=tuple(kind.replace("_", " ").split("|")))
    return Field(name, kind or "text", required)
