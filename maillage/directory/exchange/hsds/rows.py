"""A row of HSDS from a line of a sheet, and the lines that many things bear: telephones, contacts, hours, languages…

Fields that begin with `qc_` are the profile's own (`docs/reference/directory-profile.md`): what the product knows and HSDS
has no field for. What a line keeps in `beyond` completes what the sheet says, and never contradicts it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.utils.encoding import iri_to_uri

from maillage.directory.enums import Frequency
from maillage.directory.sheets import (
    ContactLine,
    CostLine,
    DocumentLine,
    HoursLine,
    IdentifierLine,
    LanguageLine,
    Line,
    PhoneLine,
)

from .tables import Field, fields, fits, kept

Row = dict[str, Any]
ALL_DAYS = "MO,TU,WE,TH,FR,SA,SU"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")


def row(table: str, line: Line | IdentifierLine, **said: Any) -> Row:
    """The row of a line: what the sheet says, completed by its `beyond`. A list is what the sheet says, then the rest."""
    known = fields(table)
    beyond = getattr(line, "beyond", None)
    found = kept(table, beyond) if beyond else {}
    for name, value in said.items():
        field = known.get(name)
        if field is not None and field.kind == "list":
            value = [*value, *found.get(name, [])]
        value = plain(field, value)
        if value is not None:
            found[name] = value
        elif field is not None and field.required and field.kind == "text":
            found.setdefault(name, "")
    found["id"] = str(line.uid or uuid4())
    return {name: found[name] for name in known if name in found} | found


def plain(field: Field | None, value: Any) -> Any:
    """The value as JSON says it; None for what is empty or would not be what HSDS says."""
    if value is None or value in ("", [], ()):
        return None
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if field is None or field.is_nested:
        return value
    if field.kind == "uri":
        value = iri_to_uri(value)
    return value if fits(field, value) else None


def derived(uid: UUID | None, what: str) -> UUID:
    """The identifier of a row that the product keeps within another: always the same one."""
    return uuid5(uid or NAMESPACE_URL, what)


def phones(lines: Iterable[PhoneLine]) -> list[Row]:
    """Telephones. An extension that is no number is said by the profile."""
    return [
        row(
            "phone",
            line,
            number=line.number,
            extension=int(line.extension) if _NUMBER.fullmatch(line.extension) else None,
            qc_extension="" if _NUMBER.fullmatch(line.extension) else line.extension,
            type=line.kind,
            description=line.description,
            languages=languages(line.languages),
        )
        for line in lines
    ]


def contacts(lines: Iterable[ContactLine]) -> list[Row]:
    """Whom to ask for."""
    return [
        row(
            "contact",
            line,
            name=line.name,
            title=line.function,
            department=line.department,
            email=line.email,
            phones=phones(line.phones),
        )
        for line in lines
    ]


def languages(lines: Iterable[LanguageLine]) -> list[Row]:
    """Languages spoken."""
    return [row("language", line, code=line.code, name=line.name, note=line.note) for line in lines]


def schedules(lines: Iterable[HoursLine]) -> list[Row]:
    """Hours. HSDS repeats by the week or by the month: every day is a week of seven days, and the profile says the rule of
    those that repeat by the day or by the year."""
    return [row("schedule", line, **_rule(line), **_moments(line)) for line in lines]


def _rule(line: HoursLine) -> Mapping[str, Any]:
    known = line.frequency in fields("schedule")["freq"].choices
    every_day = line.frequency == Frequency.DAILY and line.interval == 1 and line.count is None
    return {
        "freq": line.frequency if known else Frequency.WEEKLY.value if every_day else None,
        "qc_freq": "" if known else line.frequency,
        "interval": line.interval if line.interval != 1 else None,
        "byday": line.byday or (ALL_DAYS if every_day else ""),
        "bymonthday": line.bymonthday,
        "byweekno": line.byweekno,
        "byyearday": line.byyearday,
        "wkst": line.week_start,
        "dtstart": line.dtstart,
        "until": line.until,
        "count": line.count,
    }


def _moments(line: HoursLine) -> Mapping[str, Any]:
    return {
        "valid_from": line.valid_from,
        "valid_to": line.valid_to,
        "opens_at": line.opens_at,
        "closes_at": line.closes_at,
        "timezone": line.utc_offset,
        "description": line.description,
        "attending_type": line.attending_type,
        "schedule_link": line.link,
        "notes": line.notes,
    }


def costs(lines: Iterable[CostLine]) -> list[Row]:
    """Prices. A currency is said with an amount only."""
    return [
        row(
            "cost_option",
            line,
            option=line.option,
            amount=line.amount,
            currency=line.currency if line.amount is not None else "",
            amount_description=line.description,
            valid_from=line.valid_from,
            valid_to=line.valid_to,
        )
        for line in lines
    ]


def documents(lines: Iterable[DocumentLine]) -> list[Row]:
    """What a person must bring."""
    return [row("required_document", line, document=line.document) for line in lines]


def identifiers(lines: Iterable[IdentifierLine]) -> list[Row]:
    """Numbers that registers gave to an organization."""
    return [
        row(
            "organization_identifier",
            line,
            identifier_scheme=line.scheme,
            identifier_type=line.kind,
            identifier=line.value,
        )
        for line in lines
    ]
