"""What leaves in HSDS is what the official schemas ask, whatever the sheet; and it says what the sheet says."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.directory.enums import TaxonomyKind
from maillage.directory.exchange.hsds.terms import Lexicon
from maillage.directory.exchange.hsds.writing import (
    at_head,
    organization_head,
    organization_object,
    service_head,
    service_object,
)
from maillage.directory.models import Taxonomy, TaxonomyTerm
from maillage.directory.sheets import (
    AccessLine,
    AreaLine,
    AtPlace,
    CostLine,
    HoursLine,
    OrganizationSheet,
    PhoneLine,
    PlaceSheet,
    ServiceSheet,
    TermLine,
)

from . import strategies
from .official import faults

A, B, C = (UUID(int=number) for number in (10, 11, 12))
NOW = datetime(2026, 11, 21, 14, 5, 6, 123456, tzinfo=UTC)


def lexicon() -> Lexicon:
    """Terms for the codes of the strategies, saved nowhere."""
    terms: dict[tuple[str, str], TaxonomyTerm] = {}
    for taxonomy, code in strategies.TERMS:
        of = Taxonomy(code=taxonomy, name=taxonomy.title(), uri="urn:exemple:" + taxonomy)
        terms[taxonomy, code] = TaxonomyTerm(taxonomy=of, code=code, name=code.title(), uri="pas une adresse")
    of = Taxonomy(code="accessibilite", kind=TaxonomyKind.ACCESS, name="Accessibilité")
    access = {code: TaxonomyTerm(taxonomy=of, code=code, name=code.title()) for code in strategies.ACCESS if code}
    return Lexicon(terms, access, {"250": "Montmagny", "25213": "Saint-Modèle"})


LEXICON = lexicon()


@settings(max_examples=60, deadline=None)
@given(strategies.services, st.none() | strategies.organizations)
def test_every_service_is_what_the_specification_asks(
    sheet: ServiceSheet, organization: OrganizationSheet | None
) -> None:
    whole = service_object(sheet, organization, LEXICON, modified=NOW)
    assert faults("service", whole) == []
    assert faults("service_list", service_head(sheet, organization, modified=NOW)) == []
    for at in sheet.at:
        assert faults("service_at_location_list", at_head(at, sheet)) == []
    json.dumps(whole, allow_nan=False)


@settings(max_examples=40, deadline=None)
@given(strategies.organizations)
def test_every_organization_is_what_the_specification_asks(sheet: OrganizationSheet) -> None:
    assert faults("organization", organization_object(sheet, LEXICON)) == []
    assert faults("organization_list", organization_head(sheet)) == []


@settings(max_examples=40, deadline=None)
@given(strategies.services)
def test_the_same_sheet_is_written_the_same_way(sheet: ServiceSheet) -> None:
    assert service_object(sheet, None, LEXICON) == service_object(sheet, None, LEXICON)


def _written(**fields: Any) -> dict[str, Any]:
    sheet = ServiceSheet(uid=A, organization=B, name="Comptoir alimentaire", **fields)
    return service_object(sheet, OrganizationSheet(uid=B, name="Entraide"), LEXICON, modified=NOW)


def test_what_a_service_says() -> None:
    said = _written(
        description="Des denrées",
        fee="free",
        checked_on=date(2026, 10, 1),
        maximum_age=99,
        terms=(TermLine(uid=C, taxonomy="besoins", code="food"), TermLine(taxonomy="besoins", code="inconnu")),
        areas=(AreaLine(division="250"), AreaLine(name="Tout le comté")),
        costs=(CostLine(amount=Decimal("12.50")), CostLine(option="Contribution volontaire")),
    )
    assert said["id"] == str(A)
    assert said["organization"] == {"id": str(B), "name": "Entraide", "description": ""}
    assert (said["qc_fee"], said["assured_date"], said["maximum_age"]) == ("free", "2026-10-01", 99)
    assert said["last_modified"] == "2026-11-21T14:05:06.123Z"
    (term,) = said["attributes"]
    assert (term["id"], term["link_id"], term["link_entity"]) == (str(C), str(A), "service")
    assert term["taxonomy_term"]["name"] == "Food"
    assert "term_uri" not in term["taxonomy_term"]
    assert term["taxonomy_term"]["taxonomy_detail"]["qc_code"] == "besoins"
    assert [area.get("name") for area in said["service_areas"]] == ["Montmagny", "Tout le comté"]
    assert said["service_areas"][0]["qc_division"] == "250"
    assert [(cost.get("amount"), cost.get("currency")) for cost in said["cost_options"]] == [
        (12.5, "CAD"),
        (None, None),
    ]
    assert "minimum_age" not in said


def test_what_a_place_says() -> None:
    place = PlaceSheet(
        uid=C,
        name="Le Centre",
        city="Montmagny",
        latitude=46.98,
        longitude=-70.55,
        municipality="25213",
        accessibilities=(AccessLine(uid=A, code="ramp"),),
        beyond={"addresses": [{"id": str(B), "attention": "Réception"}, {"id": str(A)}]},
    )
    (said,) = (at["location"] for at in _written(at=(AtPlace(uid=B, place=place),))["service_at_locations"])
    (address,) = said["addresses"]
    assert address["id"] == str(B)
    assert (address["attention"], address["city"], address["address_1"]) == ("Réception", "Montmagny", "")
    assert (address["country"], address["state_province"], address["address_type"]) == ("CA", "QC", "physical")
    assert (said["latitude"], said["qc_division"]) == (46.98, "25213")
    (access,) = said["accessibility"]
    assert access["description"] == "Ramp"
    assert access["attributes"][0]["taxonomy_term"]["code"] == "ramp"


def test_a_place_without_address_keeps_the_one_that_came() -> None:
    came = {"id": str(B), "address_1": "1, rue Une", "city": "X", "state_province": "QC", "postal_code": ""}
    place = PlaceSheet(uid=C, beyond={"addresses": [came | {"country": "CA", "address_type": "postal"}]})
    (at,) = _written(at=(AtPlace(uid=B, place=place),))["service_at_locations"]
    assert [address["address_1"] for address in at["location"]["addresses"]] == ["1, rue Une"]


def test_hours_that_the_specification_has_no_word_for() -> None:
    weekly = HoursLine(frequency="WEEKLY", interval=2, byday="TU", opens_at=time(8, 30), closes_at=time(16, 30))
    daily, yearly = HoursLine(frequency="DAILY"), HoursLine(frequency="YEARLY", byyearday="-1")
    one, two, three = _written(schedules=(weekly, daily, yearly))["schedules"]
    assert (one["freq"], one["interval"], one["byday"], one["opens_at"]) == ("WEEKLY", 2, "TU", "08:30")
    assert "qc_freq" not in one
    assert (two["freq"], two["qc_freq"], two["byday"]) == ("WEEKLY", "DAILY", "MO,TU,WE,TH,FR,SA,SU")
    assert (three.get("freq"), three["qc_freq"], three["byyearday"]) == (None, "YEARLY", "-1")


def test_an_extension_that_is_no_number() -> None:
    one, two = _written(
        phones=(PhoneLine(number="418 555-0101", extension="12"), PhoneLine(number="1", extension="012"))
    )["phones"]
    assert (one["extension"], one.get("qc_extension")) == (12, None)
    assert (two.get("extension"), two["qc_extension"]) == (None, "012")


def test_what_came_and_is_not_used_leaves_again_when_it_is_valid() -> None:
    program = {"id": str(A), "name": "Sécurité alimentaire", "description": ""}
    said = _written(beyond={"program": program, "licenses": "X", "name": "Autre", "minimum_age": "douze"})
    assert (said["program"], said["licenses"], said["name"]) == (program, "X", "Comptoir alimentaire")
    assert "minimum_age" not in said
    sheet = ServiceSheet(uid=A, organization=B, name="N", beyond={"program": program, "funding": [{"id": str(A)}]})
    assert service_head(sheet, None)["program"] == program
    assert "funding" not in service_head(sheet, None)
