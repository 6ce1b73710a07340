"""The directory of the demonstration: invented services of invented organizations, some stale, one twice, one out of reach."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from maillage.directory.enums import LocationKind, OrganizationKind, ServiceStatus
from maillage.directory.models import Organization, Service, Source
from maillage.directory.services import write_sheets
from maillage.directory.sheets import (
    AccessLine,
    AreaLine,
    AtPlace,
    ContactLine,
    DocumentLine,
    LanguageLine,
    OrganizationSheet,
    PhoneLine,
    PlaceSheet,
    ServiceSheet,
    TermLine,
)

from .houses import HOUSES
from .names import of
from .offers import House, Offer, tax_season
from .partners import CSSS_OF_MRC
from .region import REGION_CODE, Municipality, municipalities
from .resources import OF_ESTABLISHMENTS, OF_RESOURCES

SEED = 211
SOURCE = "carnet-des-familles"
FROM_SOURCE = ("boussole", "cerises")  # houses whose sheets a partner's file brings
STALE_EVERY = 9
STREETS = ("rue du Fanal", "rue des Tilleuls", "chemin du Ruisseau", "avenue de la Gare", "rue des Cerisiers")
ACCESS = ("wheelchair", "step_free", "reserved_parking", "accessible_toilet", "public_transport", "quiet")
NOT_REAL = "Fiche inventée pour la démonstration."


@dataclass(frozen=True, slots=True)
class Giver:
    """An organization that offers services: its row's identifier, where it is, whom it takes."""

    key: str
    uid: UUID
    town: Municipality
    areas: tuple[str, ...]
    hidden_place: bool = False


@dataclass(frozen=True, slots=True)
class Directory:
    """What the rest of the demonstration takes of the directory: services by organization and need."""

    services: Mapping[tuple[int, str], Service]
    by_key: Mapping[str, Service]


def uid_of(key: str) -> UUID:
    """An identifier that is the same in every demonstration."""
    return uuid5(NAMESPACE_URL, f"https://demo.maillage.test/{key}")


def load(
    actor: Any,
    partners: Mapping[str, Organization],
    community: Mapping[tuple[int, str], Organization],
    today: date,
) -> Directory:
    """Write the services of the resources, establishments and other houses."""
    draw = random.Random(SEED)
    towns = _towns()
    write_sheets(actor=actor, organizations=[(None, _house(house, code, towns[code])) for house, code in _houses()])
    sheets = [*_of_resources(draw, community, towns, today), *_of_establishments(draw, partners, towns, today)]
    ours = [pair for house, code in _houses() for pair in _of_house(draw, house, code, towns, today)]
    sheets += [pair for pair in ours if not pair[0].startswith(FROM_SOURCE)]
    theirs = [pair for pair in ours if pair[0].startswith(FROM_SOURCE)]
    first = write_sheets(actor=actor, services=[(None, sheet) for _key, sheet in sheets])
    source = Source.objects.create(
        slug=SOURCE, name="Carnet des familles (partenaire inventé)", website="https://carnet.exemple.test/"
    )
    twin, ended = _twin(sheets, today), _ended(theirs, today)
    theirs = [(key, replace(sheet, source_key=key)) for key, sheet in [*theirs, twin, ended]]
    second = write_sheets(actor=actor, services=[(None, sheet) for _key, sheet in theirs], source=source)
    return _directory([*sheets, *theirs], [one.obj for one in (*first, *second)])


def _towns() -> dict[str, Municipality]:
    """The largest municipality of each MRC, by the code of the MRC."""
    found: dict[str, Municipality] = {}
    for town in municipalities():
        if town.mrc_code not in found or town.population > found[town.mrc_code].population:
            found[town.mrc_code] = town
    return found


def _houses() -> Iterator[tuple[House, str]]:
    return ((house, code) for house in HOUSES for code in house.mrcs)


def _house(house: House, code: str, town: Municipality) -> OrganizationSheet:
    where = f" {of(town.mrc_name)}" if len(house.mrcs) > 1 else ""
    slug = f"{house.key}-{code}"
    return OrganizationSheet(
        uid=uid_of(slug),
        name=f"{house.word}{where} (organisme inventé)",
        kind=OrganizationKind.COMMUNITY,
        description=f"{house.mission} {NOT_REAL}",
        legal_status="OBNL",
        website=f"https://{slug}.exemple.test/",
        email=f"info@{slug}.exemple.test",
        division=f"mrc:{code}",
        contacts=(ContactLine(function="Coordination"),),
    )


def _of_house(
    draw: random.Random, house: House, code: str, towns: Mapping[str, Municipality], today: date
) -> list[tuple[str, ServiceSheet]]:
    covers = (
        (f"region:{REGION_CODE}",) if house.whole_region else tuple(f"mrc:{one}" for one in house.covers or (code,))
    )
    giver = Giver(f"{house.key}-{code}", uid_of(f"{house.key}-{code}"), towns[code], covers, house.hidden_place)
    return [_sheet(draw, giver, offer, today) for offer in house.offers]


def _of_resources(
    draw: random.Random,
    community: Mapping[tuple[int, str], Organization],
    towns: Mapping[str, Municipality],
    today: date,
) -> Iterator[tuple[str, ServiceSheet]]:
    season = tax_season(today)
    for (_mrc, need), organization in community.items():
        code = organization.external_id.rpartition("-")[2]
        giver = Giver(f"{need.replace('_', '-')}-{code}", organization.uid, towns[code], (f"mrc:{code}",))
        for offer in OF_RESOURCES[need]:
            yield _sheet(draw, giver, replace(offer, schedules=season) if offer.key == "impots" else offer, today)


def _of_establishments(
    draw: random.Random, partners: Mapping[str, Organization], towns: Mapping[str, Municipality], today: date
) -> Iterator[tuple[str, ServiceSheet]]:
    for key in dict.fromkeys(CSSS_OF_MRC.values()):
        mine = [code for code, host in CSSS_OF_MRC.items() if host == key]
        largest = max(mine, key=lambda code: towns[code].population)
        giver = Giver(key, partners[key].uid, towns[largest], tuple(f"mrc:{code}" for code in mine))
        for offer in OF_ESTABLISHMENTS:
            yield _sheet(draw, giver, offer, today)


def _sheet(draw: random.Random, giver: Giver, offer: Offer, today: date) -> tuple[str, ServiceSheet]:
    key = f"{giver.key}/{offer.key}"
    phone = PhoneLine(uid=uid_of(f"{key}/phone"), number=f"418 555-01{draw.randrange(100):02d}")
    fresh = draw.randrange(3, 150) if draw.randrange(STALE_EVERY) else draw.randrange(200, 620)
    terms = [("needs", offer.needs), ("clienteles", offer.clienteles), ("modes", offer.modes)]
    return key, ServiceSheet(
        uid=uid_of(key),
        organization=giver.uid,
        name=offer.name,
        description=f"{offer.description} {NOT_REAL}",
        email=f"{offer.key}@{giver.key}.exemple.test",
        website=f"https://{giver.key}.exemple.test/{offer.key}" if draw.random() < 0.7 else "",
        application_process=offer.process,
        fee=offer.fee,
        fee_note=offer.fee_note,
        eligibility=offer.eligibility,
        minimum_age=offer.ages[0],
        maximum_age=offer.ages[1],
        wait_time=offer.wait,
        checked_on=today - timedelta(days=fresh),
        checked_by_label="L'organisme",
        terms=tuple(TermLine(taxonomy=taxonomy, code=code) for taxonomy, codes in terms for code in codes),
        areas=tuple(AreaLine(division=area) for area in giver.areas),
        costs=offer.costs,
        documents=tuple(DocumentLine(document=said) for said in offer.documents),
        languages=tuple(LanguageLine(code=code) for code in offer.languages),
        phones=(phone,),
        contacts=(ContactLine(function="Accueil", email=f"accueil@{giver.key}.exemple.test"),),
        schedules=offer.schedules,
        at=(AtPlace(place=_place(giver)),),
    )


def _place(giver: Giver) -> PlaceSheet:
    """Where the organization is: the same place for all its services, near the middle of its town."""
    if giver.hidden_place:
        return PlaceSheet(uid=uid_of(f"{giver.key}/place"), kind=LocationKind.VIRTUAL, name="Par téléphone")
    draw = random.Random(giver.key)
    return PlaceSheet(
        uid=uid_of(f"{giver.key}/place"),
        address_1=f"{draw.randrange(10, 400)}, {draw.choice(STREETS)}",
        city=giver.town.name,
        region="Chaudière-Appalaches",
        latitude=round(giver.town.latitude + draw.uniform(-0.008, 0.008), 5),
        longitude=round(giver.town.longitude + draw.uniform(-0.012, 0.012), 5),
        municipality=giver.town.code,
        accessibilities=tuple(AccessLine(code=code) for code in draw.sample(ACCESS, draw.randrange(1, 4))),
    )


def _twin(sheets: Sequence[tuple[str, ServiceSheet]], today: date) -> tuple[str, ServiceSheet]:
    """The same service as a partner's file tells it: a pair to merge."""
    sheet = dict(sheets)["food-25/depannage"]
    phones = tuple(replace(phone, uid=uid_of("jumeau/phone")) for phone in sheet.phones)
    return "jumeau", replace(
        sheet,
        uid=uid_of("jumeau"),
        name="Dépannage alimentaire et paniers",
        phones=phones,
        contacts=(),
        documents=(),
        checked_on=today - timedelta(days=240),
        at=(),
    )


def _ended(sheets: Sequence[tuple[str, ServiceSheet]], today: date) -> tuple[str, ServiceSheet]:
    """A service that is offered no more."""
    sheet = dict(sheets)["boussole-31/local"]
    return "camp", replace(
        sheet,
        uid=uid_of("camp"),
        name="Camp d'été des 12 à 14 ans",
        status=ServiceStatus.INACTIVE,
        phones=(),
        checked_on=today - timedelta(days=500),
    )


def _directory(sheets: Sequence[tuple[str, ServiceSheet]], rows: Sequence[Service]) -> Directory:
    """Services by organization and need (the first that answers it), and by their name here."""
    found: dict[tuple[int, str], Service] = {}
    for (_key, sheet), row in zip(sheets, rows, strict=True):
        for term in sheet.terms:
            if term.taxonomy == "needs" and row.status == ServiceStatus.ACTIVE:
                found.setdefault((row.organization_id, term.code), row)
    return Directory(found, {key: row for (key, _sheet), row in zip(sheets, rows, strict=True)})
