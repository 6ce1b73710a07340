"""Lines of a sheet from rows of HSDS: what `rows.py` and `terms.py` write, read back; and what others write."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.directory.enums import Frequency
from maillage.directory.exchange import values
from maillage.directory.exchange.glossary import Glossary
from maillage.directory.exchange.values import Notes
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

from .rows import ALL_DAYS
from .taking import Names, Taker

L = TypeVar("L", bound=Line)
_DAY = r"(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)"
_BYDAY = re.compile(rf"{_DAY}(?:,{_DAY})*")
_NUMBERS = re.compile(r"[+-]?\d{1,3}(?:,[+-]?\d{1,3})*")
_ZONE = re.compile(r"(Z|[+-]\d{2}:?\d{2})$", re.I)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class LineReader:
    """Reads lists of lines. `notes` says what was set apart, where."""

    def __init__(self, names: Names, glossary: Glossary, notes: Notes) -> None:
        self.names, self.glossary, self.notes = names, glossary, notes

    def lines(
        self, taker: Taker, name: str, table: str, owner: UUID, read: Callable[[Taker, UUID], L | None]
    ) -> tuple[L, ...]:
        """The lines of a list; a row of which no line can be made stays with its owner, as it came."""
        found: list[L] = []
        kept: list[Any] = []
        taken: set[UUID] = set()
        for rank, raw in taker.rows(name):
            where = f"{taker.where}.{name}.{rank}".lstrip(".")
            row = Taker(table, raw, where, self.notes)
            line = read(row, self.names.of_line(table, raw, owner, rank, taken))
            if line is None:
                kept.append(raw)
            else:
                found.append(line)
        taker.put_back(name, kept)
        return tuple(found)

    def phones(self, taker: Taker, owner: UUID) -> tuple[PhoneLine, ...]:
        """Telephones."""
        return self.lines(taker, "phones", "phone", owner, self._phone)

    def _phone(self, row: Taker, uid: UUID) -> PhoneLine | None:
        number = row.fitting("number", 60)
        if not number:
            row.say("number", _("Ce téléphone n'a pas de numéro lisible : gardé à part."))
            return None
        own = row.take("qc_extension", values.line, "")
        return PhoneLine(
            uid=uid,
            number=number,
            extension=own[:20] or row.fitting("extension", 20),
            kind=row.fitting("type", 20),
            description=row.fitting("description", 300),
            languages=self.languages(row, uid),
            beyond=row.beyond(),
        )

    def contacts(self, taker: Taker, owner: UUID) -> tuple[ContactLine, ...]:
        """Whom to ask for."""
        return self.lines(taker, "contacts", "contact", owner, self._contact)

    def _contact(self, row: Taker, uid: UUID) -> ContactLine:
        return ContactLine(
            uid=uid,
            name=row.fitting("name", 200),
            function=row.fitting("title", 200),
            department=row.fitting("department", 200),
            email=row.take("email", values.mail, ""),
            phones=self.phones(row, uid),
            beyond=row.beyond(),
        )

    def languages(self, taker: Taker, owner: UUID) -> tuple[LanguageLine, ...]:
        """Languages spoken."""
        return self.lines(taker, "languages", "language", owner, self._language)

    def _language(self, row: Taker, uid: UUID) -> LanguageLine | None:
        line = LanguageLine(
            uid=uid,
            code=row.fitting("code", 8),
            name=row.fitting("name", 80),
            note=row.fitting("note", 300),
            beyond=row.beyond(),
        )
        return line if line.code or line.name or line.note else None

    def schedules(self, taker: Taker, owner: UUID) -> tuple[HoursLine, ...]:
        """Hours."""
        return self.lines(taker, "schedules", "schedule", owner, self._hours)

    def _hours(self, row: Taker, uid: UUID) -> HoursLine:
        own = row.take("qc_freq", values.choice(Frequency.values), "")
        said = row.take("freq", values.choice(Frequency.values), "")
        byday = row.take("byday", _byday, "")
        offset = row.take("timezone", _offset, None)
        if offset is None:
            offset = _zone(row.left.get("opens_at"))
        return HoursLine(
            uid=uid,
            frequency=own or said,
            interval=row.take("interval", _interval, 1),
            byday="" if own == Frequency.DAILY and byday == ALL_DAYS else byday,
            bymonthday=row.take("bymonthday", _numbers, ""),
            byweekno=row.take("byweekno", _numbers, ""),
            byyearday=row.take("byyearday", _numbers, ""),
            week_start=row.take("wkst", values.choice(_DAYS), ""),
            dtstart=row.take("dtstart", values.day, None),
            until=row.take("until", values.day, None),
            count=row.take("count", values.whole, None),
            **_validity(row),
            opens_at=row.take("opens_at", _clock, None),
            closes_at=row.take("closes_at", _clock, None),
            utc_offset=offset,
            description=row.text("description"),
            attending_type=row.fitting("attending_type", 200),
            link=row.take("schedule_link", values.web, ""),
            notes=row.text("notes"),
            beyond=row.beyond(),
        )

    def costs(self, taker: Taker, owner: UUID) -> tuple[CostLine, ...]:
        """Prices."""
        return self.lines(taker, "cost_options", "cost_option", owner, self._cost)

    def _cost(self, row: Taker, uid: UUID) -> CostLine:
        amount = row.take("amount", values.money, None)
        return CostLine(
            uid=uid,
            option=row.fitting("option", 300),
            amount=amount,
            currency=row.fitting("currency", 3) if amount is not None else "",
            description=row.fitting("amount_description", 500),
            **_validity(row),
            beyond=row.beyond(),
        )

    def documents(self, taker: Taker, owner: UUID) -> tuple[DocumentLine, ...]:
        """What a person must bring."""

        def read(row: Taker, uid: UUID) -> DocumentLine | None:
            said = row.fitting("document", 300)
            return DocumentLine(uid=uid, document=said, beyond=row.beyond()) if said else None

        return self.lines(taker, "required_documents", "required_document", owner, read)

    def identifiers(self, taker: Taker, owner: UUID) -> tuple[IdentifierLine, ...]:
        """Numbers that registers gave; the same one twice is one."""
        found: dict[tuple[str, str], IdentifierLine] = {}
        kept, taken = [], set[UUID]()
        for rank, raw in taker.rows("organization_identifiers"):
            row = Taker("organization_identifier", raw, f"{taker.where}.organization_identifiers.{rank}", self.notes)
            uid = self.names.of_line("organization_identifier", raw, owner, rank, taken)
            kind, value = row.fitting("identifier_type", 120), row.fitting("identifier", 120)
            scheme = row.fitting("identifier_scheme", 120)
            if (kind or scheme) and value and (kind or scheme, value) not in found:
                found[kind or scheme, value] = IdentifierLine(uid=uid, scheme=scheme, kind=kind or scheme, value=value)
            elif (kind or scheme, value) not in found:
                kept.append(raw)
        taker.put_back("organization_identifiers", kept)
        return tuple(found.values())


def _validity(row: Taker) -> dict[str, Any]:
    """The days between which a line holds; an end before the beginning is set apart."""
    start, end = row.take("valid_from", values.day, None), row.take("valid_to", values.day, None)
    if start and end and start > end:
        row.refused["valid_to"] = end.isoformat()
        row.say("valid_to", _("La fin précède le début : mise à part."))
        end = None
    return {"valid_from": start, "valid_to": end}


def _byday(value: Any) -> str:
    said = values.text(value).upper().replace(" ", "").strip(",")
    if not _BYDAY.fullmatch(said) or len(said) > 80:
        raise ValueError(value)
    return said


def _numbers(value: Any) -> str:
    said = values.text(value).replace(" ", "").strip(",")
    if not _NUMBERS.fullmatch(said) or len(said) > 120:
        raise ValueError(value)
    return said


def _interval(value: Any) -> int:
    found = values.whole(value)
    if not 1 <= found <= 366:
        raise ValueError(value)
    return found


def _offset(value: Any) -> float:
    found = values.number(value)
    if not -15 <= found <= 15:
        raise ValueError(value)
    return found


def _zone(value: Any) -> float | None:
    """The zone that an hour bears (« 08:30-05:00 »), in hours."""
    seen = _ZONE.search(value.strip()) if isinstance(value, str) else None
    if seen is None or not re.match(r"\d{1,2}:\d{2}", value.strip()):
        return None
    digits = seen[1].replace(":", "")
    return 0.0 if digits in "Zz" else (int(digits[1:3]) + int(digits[3:5]) / 60) * (-1 if digits[0] == "-" else 1)


def _clock(value: Any) -> time:
    if isinstance(value, str) and re.match(r"\d{1,2}:\d{2}", value.strip()):
        return values.clock(_ZONE.sub("", value.strip()))
    return values.clock(value)
