"""Sheets of the product from objects of HSDS 3: the way back from `writing.py`, and the way in for others' files.

An object is a service with its organization and its places in it, as `GET /services/{id}` gives; `package.py` brings lists
of tables to that form.
"""

from collections import Counter
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.directory.enums import Fee, LocationKind, OrganizationKind, ServiceStatus
from maillage.directory.exchange import values
from maillage.directory.exchange.drafts import Record
from maillage.directory.exchange.glossary import Glossary
from maillage.directory.exchange.values import Notes, identifier
from maillage.directory.sheets import AtPlace, OrganizationSheet, PlaceSheet, ServiceSheet

from .addresses import Address, coordinates
from .taking import Names, Raw, Taker, defused
from .words import WordReader


class HsdsReader:
    """Reads the objects of one file."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary, self.source = glossary, glossary.source
        self.names = Names()
        self._nameless: Counter[tuple[str, UUID]] = Counter()

    def note(self, table: str, raw: Raw) -> None:
        """Every object of the file is noted before one is read: identifiers may be shared."""
        self.names.note(table, raw)

    def record(self, number: int, table: str, raw: Raw) -> Record:
        """A service with its organization, or an organization alone."""
        record = Record(number)
        clean = defused(table, raw, "", record.remarks)
        if table == "service":
            self._service_record(record, clean)
        else:
            record.organization = self.organization(clean, "", record.remarks)
            record.title, record.key = record.organization.name, str(clean.get("id") or "")
            if not record.title:
                record.problems.append(("name", _("L'organisation n'a pas de nom.")))
        return record

    def _service_record(self, record: Record, raw: Raw) -> None:
        lines = WordReader(self.names, self.glossary, record.remarks)
        top = Taker("service", raw, "", record.remarks)
        given = top.one("organization")
        if given is not None:
            record.organization = self.organization(given, "organization", record.remarks)
        owner = record.organization.uid if record.organization else None
        if owner is None and raw.get("organization_id"):
            owner = identifier(raw["organization_id"], self.source, "organization")
        name = top.take("name", values.line, "")
        record.title, record.key = name[:100], str(raw.get("id") or "").strip()
        if not name:
            record.problems.append(("name", _("Le service n'a pas de nom.")))
        if owner is None:
            record.problems.append(("organization", _("Le service ne dit pas quelle organisation l'offre.")))
        if record.problems or owner is None:
            return
        uid = identifier(record.key, self.source, "service")
        if not record.key:
            self._nameless[name, owner] += 1
            uid = identifier(f"{name}#{self._nameless[name, owner]}", self.source, "service", owner)
            record.remarks.append(
                ("id", _("Le service n'a pas de numéro : il est reconnu par son nom et son organisation."))
            )
        try:
            record.service = self._service(top, lines, uid, owner, name, record)
        except _Refused as refused:
            record.problems.append(("status", str(refused)))

    def _service(
        self, top: Taker, lines: WordReader, uid: UUID, owner: UUID, name: str, record: Record
    ) -> ServiceSheet:
        status = _status(top)
        fee_note = top.text("fees_description") or top.text("fees")
        return ServiceSheet(
            uid=uid,
            organization=owner,
            source_key=_own_key(record.key),
            name=name,
            alternate_name=top.fitting("alternate_name", 250),
            description=top.text("description"),
            status=status,
            website=top.take("url", values.web, ""),
            email=top.take("email", values.mail, ""),
            application_process=top.text("application_process"),
            fee=top.take("qc_fee", values.choice(Fee.values), "") or values.fee_said(fee_note),
            fee_note=fee_note,
            eligibility=top.text("eligibility_description"),
            **_ages(top),
            wait_time=top.fitting("wait_time", 300),
            interpretation=top.fitting("interpretation_services", 500),
            accreditations=top.text("accreditations"),
            alert=top.fitting("alert", 1000),
            checked_on=top.take("assured_date", values.day, None),
            terms=lines.terms(top, uid),
            areas=lines.areas(top, uid),
            costs=lines.costs(top, uid),
            documents=lines.documents(top, uid),
            languages=lines.languages(top, uid),
            phones=lines.phones(top, uid),
            contacts=lines.contacts(top, uid),
            schedules=lines.schedules(top, uid),
            at=self._places_of(top, lines, uid),
            beyond=top.beyond(),
        )

    def _places_of(self, top: Taker, lines: WordReader, owner: UUID) -> tuple[AtPlace, ...]:
        places: set[UUID | None] = set()

        def read(row: Taker, uid: UUID) -> AtPlace | None:
            raw = row.one("location")
            if raw is None:
                row.say("location", _("Le lieu n'est pas dans le fichier : cette ligne est gardée à part."))
                return None
            place = self.place(raw, f"{row.where}.location", lines, owner)
            if place.uid in places:
                row.say("location", _("Ce lieu y est deux fois : le premier est pris, l'autre est gardé à part."))
                return None
            places.add(place.uid)
            return AtPlace(
                uid=uid,
                place=place,
                description=row.text("description"),
                phones=lines.phones(row, uid),
                contacts=lines.contacts(row, uid),
                schedules=lines.schedules(row, uid),
                beyond=row.beyond(),
            )

        return lines.lines(top, "service_at_locations", "service_at_location", owner, read)

    def organization(self, raw: Raw, where: str, notes: Notes) -> OrganizationSheet:
        """An organization with its own places."""
        lines = WordReader(self.names, self.glossary, notes)
        top = Taker("organization", raw, where, notes)
        key = str(raw.get("id") or "").strip()
        name = top.take("name", values.line, "")
        uid = identifier(key, self.source, "organization") if key else identifier(name, self.source, "organization")
        own = top.take("qc_division", values.line, "")
        division = self.glossary.coded(own)
        if own and not division:
            top.left["qc_division"] = own
        places: dict[UUID | None, PlaceSheet] = {}
        for rank, one in top.rows("locations"):
            place = self.place(one, f"{where}.locations.{rank}".lstrip("."), lines, uid)
            places.setdefault(place.uid, place)
        parent = top.take("parent_organization_id", lambda said: identifier(said, self.source, "organization"), None)
        return OrganizationSheet(
            uid=uid,
            source_key=_own_key(key),
            name=name[:250],
            short_name=top.fitting("alternate_name", 60),
            kind=top.take("qc_kind", values.choice(OrganizationKind.values), ""),
            description=top.text("description"),
            legal_status=top.fitting("legal_status", 120),
            year_incorporated=top.take("year_incorporated", values.whole, None),
            parent=None if parent == uid else parent,
            website=top.take("website", values.web, ""),
            email=top.take("email", values.mail, ""),
            division=division,
            identifiers=lines.identifiers(top, uid),
            phones=lines.phones(top, uid),
            contacts=lines.contacts(top, uid),
            places=tuple(places.values()),
            beyond=top.beyond(),
        )

    def place(self, raw: Raw, where: str, lines: WordReader, owner: UUID) -> PlaceSheet:
        """A location with its address; the others, and what the product does not use of it, stay in `beyond`."""
        top = Taker("location", raw, where, lines.notes)
        key = str(raw.get("id") or "").strip()
        kind = top.take("location_type", values.choice(LocationKind.values), LocationKind.PHYSICAL.value)
        address = Address(top, kind)
        name = top.fitting("name", 250)
        uid = (
            identifier(key, self.source, "location")
            if key
            else identifier(f"{name}|{address.said()}", self.source, "location", owner)
        )
        own = top.take("qc_division", values.line, "")
        town = self.glossary.coded(own)
        if own and not town:
            top.left["qc_division"] = own
        if not town and address.city and address.is_here():
            town = self.glossary.division(address.city, towns_first=True)
        return PlaceSheet(
            uid=uid,
            source_key=_own_key(key),
            kind=kind,
            name=name,
            description=top.text("description"),
            transportation=top.text("transportation"),
            url=top.take("url", values.web, ""),
            **address.fields(),
            **coordinates(top),
            municipality=town,
            phones=lines.phones(top, uid),
            contacts=lines.contacts(top, uid),
            schedules=lines.schedules(top, uid),
            languages=lines.languages(top, uid),
            accessibilities=lines.accessibilities(top, uid),
            beyond=address.beyond(top.beyond(), uid),
        )


class _Refused(ValueError):
    """The service cannot be read; the message is a sentence."""


def _status(top: Taker) -> str:
    if "status" not in top.left:
        top.say("status", _("L'état du service n'est pas dit : il est tenu pour offert."))
        return ServiceStatus.ACTIVE.value
    said = top.left.pop("status")
    try:
        return values.status(said)
    except (ValueError, TypeError, AttributeError):
        raise _Refused(
            _(
                "L'état « {value} » n'est pas un état de service. Écrivez active, inactive, defunct ou temporarily closed."
            ).format(value=str(said)[:60])
        ) from None


def _ages(top: Taker) -> dict[str, int | None]:
    low, high = top.take("minimum_age", values.whole, None), top.take("maximum_age", values.whole, None)
    if low is not None and high is not None and low > high:
        top.refused |= {"minimum_age": low, "maximum_age": high}
        top.say("minimum_age", _("L'âge minimal dépasse l'âge maximal : les deux sont mis à part."))
        low = high = None
    return {"minimum_age": low, "maximum_age": high}


def _own_key(key: str) -> str:
    """The number of the source, when it is none of the common form."""
    try:
        values.uuid(key)
    except ValueError:
        return key[:200]
    return ""
