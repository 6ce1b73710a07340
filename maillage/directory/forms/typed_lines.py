"""Each line that was typed on the page of a service as a line of its sheet, and the reverse."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from maillage.directory.enums import Frequency
from maillage.directory.shapes import division_code
from maillage.directory.sheets import (
    AccessLine,
    AreaLine,
    ContactLine,
    CostLine,
    DocumentLine,
    HoursLine,
    LanguageLine,
    PhoneLine,
    ServiceSheet,
    TermLine,
)
from maillage.territories.models import Division
from maillage.territories.queries import DivisionBook

from .lines import DAYS
from .services import LANGUAGES, TERM_FIELDS, ServiceForm

PLACE = (
    "kind",
    "name",
    "address_1",
    "address_2",
    "city",
    "postal_code",
    "latitude",
    "longitude",
    "url",
    "transportation",
)


def same_of(lines: tuple[Any, ...], uid: UUID | None) -> Any:
    return next((line for line in lines if uid is not None and line.uid == uid), None)


def phone_said(old: tuple[PhoneLine, ...], line: Mapping[str, Any]) -> PhoneLine:
    said = {name: line[name] for name in ("number", "extension", "kind", "description")}
    before = same_of(old, line["uid"])
    return replace(before, **said) if before else PhoneLine(**said)


def contact_said(old: tuple[ContactLine, ...], line: Mapping[str, Any]) -> ContactLine:
    before = same_of(old, line["uid"]) or ContactLine()
    number, phones = line["phone"], before.phones
    if number:
        phones = (replace(phones[0], number=number), *phones[1:]) if phones else (PhoneLine(number=number),)
    else:
        phones = phones[1:]
    return replace(before, function=line["function"], name=line["name"], email=line["email"], phones=phones)


def hours_said(old: tuple[HoursLine, ...], line: Mapping[str, Any]) -> HoursLine:
    before = same_of(old, line["uid"]) or HoursLine()
    said = {name: line[name] for name in ("opens_at", "closes_at", "valid_from", "valid_to", "description")}
    if "days" in line and sorted(line["days"]) != sorted(_days(before)):
        said |= {"byday": ",".join(line["days"]), "frequency": Frequency.WEEKLY if line["days"] else ""}
    return replace(before, **said)


def cost_said(old: tuple[CostLine, ...], line: Mapping[str, Any]) -> CostLine:
    before = same_of(old, line["uid"]) or CostLine()
    return replace(before, option=line["option"], amount=line["amount"], description=line["description"])


def terms_said(old: ServiceSheet, data: Mapping[str, Any], form: ServiceForm) -> tuple[TermLine, ...]:
    offered = {value for name in TERM_FIELDS for value, _label in form.fields[name].choices}  # type: ignore[attr-defined]
    chosen = [value for name in TERM_FIELDS for value in data[name]]
    kept = [t for t in old.terms if (code := f"{t.taxonomy}:{t.code}") in chosen or code not in offered]
    known = {f"{term.taxonomy}:{term.code}" for term in kept}
    new = [value.partition(":") for value in chosen if value not in known]
    return (*kept, *(TermLine(taxonomy=taxonomy, code=code) for taxonomy, _colon, code in new))


def languages_said(old: ServiceSheet, chosen: list[str]) -> tuple[LanguageLine, ...]:
    offered = {code for code, _label in LANGUAGES}
    kept = [line for line in old.languages if line.code in chosen or line.code not in offered]
    known = {line.code for line in kept}
    return (*kept, *(LanguageLine(code=code) for code in chosen if code not in known))


def documents_said(old: ServiceSheet, text: str) -> tuple[DocumentLine, ...]:
    known = {line.document: line for line in old.documents}
    return tuple(known.get(said) or DocumentLine(document=said[:300]) for said in _said(text))


def access_said(old: tuple[AccessLine, ...], chosen: list[str]) -> tuple[AccessLine, ...]:
    kept = [line for line in old if not line.code or line.code in chosen]
    known = {line.code for line in kept}
    return (*kept, *(AccessLine(code=code) for code in chosen if code not in known))


def areas_said(old: ServiceSheet, text: str) -> tuple[AreaLine, ...]:
    known = dict(zip(areas_in_words(old), old.areas, strict=True))
    wanted = _said(text)
    book = DivisionBook() if any(said not in known for said in wanted) else None
    return tuple(known.get(said) or _area(book, said) for said in wanted)


def _area(book: DivisionBook | None, said: str) -> AreaLine:
    found = book and (book.municipality(said) or book.mrc(said))
    found = found or Division.objects.filter(level="region", name__iexact=said).first()
    return AreaLine(division=division_code(found.level, found.code)) if found else AreaLine(name=said[:300])


def areas_in_words(sheet: ServiceSheet) -> list[str]:
    """The territories of a sheet, one each, as people write them."""
    codes = [line.division.rpartition(":")[2] for line in sheet.areas if line.division]
    rows = Division.objects.filter(code__in=codes) if codes else []
    names = {division_code(row.level, row.code): row.name for row in rows}
    return [names.get(line.division, line.division) if line.division else line.name for line in sheet.areas]


def municipality_said(city: str) -> str:
    found = DivisionBook().municipality(city) if city else None
    return division_code(found.level, found.code) if found else ""


def _said(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _days(line: HoursLine) -> list[str]:
    return [day for day in line.byday.split(",") if day]


def is_weekly(line: HoursLine) -> bool:
    """Whether the boxes of the days can say these hours."""
    plain = {day for day, _label in DAYS}
    return line.frequency in ("", Frequency.WEEKLY) and line.interval == 1 and set(_days(line)) <= plain


SHOWN: dict[str, Any] = {
    "phones": lambda line: {n: getattr(line, n) for n in ("uid", "number", "extension", "kind", "description")},
    "contacts": lambda line: {
        **{n: getattr(line, n) for n in ("uid", "function", "name", "email")},
        "phone": line.phones[0].number if line.phones else "",
    },
    "schedules": lambda line: {
        **{n: getattr(line, n) for n in ("uid", "opens_at", "closes_at", "valid_from", "valid_to", "description")},
        "days": _days(line),
        "is_ruled": not is_weekly(line),
    },
    "costs": lambda line: {n: getattr(line, n) for n in ("uid", "option", "amount", "description")},
    "at": lambda line: {
        "uid": line.uid,
        "place": line.place.uid,
        "description": line.description,
        "access": [one.code for one in line.place.accessibilities if one.code],
        **{n: getattr(line.place, n) for n in PLACE},
    },
}
