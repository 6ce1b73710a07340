"""What the HSDS API gives: everything validates, pages add up, filters choose, and what nobody sees is not there."""

import json
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from maillage.directory.models import Organization, Service
from maillage.directory.reading import sheet_of
from maillage.directory.services import save_service
from tests.directory.exchange.official import faults
from tests.factories import make_member, make_user

from .conftest import API, Reader

LISTS = {
    "services": "service_list",
    "organizations": "organization_list",
    "service_at_locations": "service_at_location_list",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
TABLES = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}


def _names(page: Any) -> list[str]:
    return [row["name"] for row in page["contents"]]


def test_what_the_api_is(read: Reader) -> None:
    said = read()
    assert said["version"] == "3.1"
    assert Client().get(said["profile"]).status_code == 200
    assert Client().get(said["openapi_url"]).json()["info"]["title"]
    assert Client().get("/api/hsds").status_code in (200, 301)


@pytest.mark.parametrize("name", LISTS)
def test_every_page_and_every_object_is_what_the_specification_asks(
    name: str, directory: SimpleNamespace, read: Reader
) -> None:
    page = read(name)
    assert page["contents"]
    for row in page["contents"]:
        assert faults(LISTS[name], row) == []
        assert not [key for key, value in row.items() if isinstance(value, list)], "a list gives one value a field"
        assert faults(TABLES[name], read(f"{name}/{row['id']}")) == []


def test_full_says_what_a_single_object_says(directory: SimpleNamespace, read: Reader) -> None:
    for name, least in (("services", 3), ("service_at_locations", 2), ("organizations", 2)):
        page = read(name, full="true")
        assert page["size"] == least
        for row in page["contents"]:
            assert faults(TABLES[name], row) == []
            assert row == read(f"{name}/{row['id']}")


def test_a_service_says_what_its_sheet_says(directory: SimpleNamespace, read: Reader) -> None:
    said = read(f"services/{directory.food.uid}")
    assert said["name"] == "Comptoir alimentaire"
    assert said["organization"]["qc_kind"] == "community"
    assert said["organization"]["parent_organization_id"] == str(directory.network.uid)
    assert (said["qc_fee"], said["cost_options"][0]["amount"]) == ("free", 5)
    assert [area["name"] for area in said["service_areas"]] == ["Lévis"]
    assert said["attributes"][0]["taxonomy_term"]["id"] == str(directory.need.uid)
    (at,) = said["service_at_locations"]
    assert at["location"]["addresses"][0]["postal_code"] == "G6V 1A1"
    assert at["location"]["accessibility"][0]["attributes"][0]["taxonomy_term"]["code"] == directory.access.code
    assert at["schedules"][0]["byday"] == "MO,TU,WE"
    assert [(row["last_action_type"], row["field_name"]) for row in said["metadata"]] == [("create", "name")]


def test_what_changed_is_told_without_a_name(directory: SimpleNamespace, read: Reader, program: Any) -> None:
    coordinator = make_member(program, "coordinator", user=make_user(full_name="Jeanne Inventée")).user
    sheet = sheet_of(directory.visits)
    save_service(
        actor=coordinator,
        sheet=replace(sheet, name="Visites", website="https://exemple.test"),
        service=directory.visits,
    )
    said = read(f"services/{directory.visits.uid}")
    changes = {row["field_name"]: (row["previous_value"], row["replacement_value"]) for row in said["metadata"]}
    assert changes["url"] == ("", "https://exemple.test")
    assert {row["updated_by"] for row in said["metadata"]} == {"Équipe du répertoire", "Maillage"}
    assert "Jeanne" not in json.dumps(said, ensure_ascii=False)


def test_pages_add_up(directory: SimpleNamespace, read: Reader) -> None:
    whole = _names(read("services"))
    one, two, three = (read("services", per_page=2, page=page) for page in (1, 2, 3))
    assert _names(one) + _names(two) == whole
    assert {key: value for key, value in one.items() if key != "contents"} == {
        "total_items": 3,
        "total_pages": 2,
        "page_number": 1,
        "size": 2,
        "first_page": True,
        "last_page": False,
        "empty": False,
    }
    assert (two["size"], two["first_page"], two["last_page"], two["empty"]) == (1, False, True, False)
    assert (three["size"], three["last_page"], three["empty"], three["contents"]) == (0, True, True, [])


def test_an_empty_directory(read: Reader) -> None:
    page = read("services")
    assert page == {
        "total_items": 0,
        "total_pages": 0,
        "page_number": 1,
        "size": 0,
        "first_page": True,
        "last_page": True,
        "empty": True,
        "contents": [],
    }


def test_only_what_everybody_sees(directory: SimpleNamespace, read: Reader, refused: Reader) -> None:
    assert "Ancien service" not in _names(read("services"))
    assert refused(f"services/{directory.gone.uid}")[0] == 404
    assert _names(read("organizations")) == ["Regroupement", "Entraide inventée"]
    assert refused(f"organizations/{directory.alone.uid}")[0] == 404
    signed = Client()
    signed.force_login(make_user(is_administrator=True), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert signed.get(f"{API}services/{directory.gone.uid}").status_code == 404
    at = directory.gone.service_locations.get()
    assert refused(f"service_at_locations/{at.uid}")[0] == 404
    for name in ("x", "1", str(uuid4())):
        status, said = refused(f"services/{name}")
        assert (status, said["error"]) == (404, "not_found")


def test_a_merged_service_leads_to_the_one_that_stays(directory: SimpleNamespace) -> None:
    Service.objects.filter(pk=directory.gone.pk).update(merged_into=directory.food)
    answer = Client().get(f"{API}services/{directory.gone.uid}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{API}services/{directory.food.uid}")
    Service.objects.filter(pk=directory.food.pk).update(status="defunct")
    assert Client().get(f"{API}services/{directory.gone.uid}").status_code == 404


def test_filters(directory: SimpleNamespace, read: Reader) -> None:
    assert _names(read("services", organization_id=str(directory.network.uid))) == ["Visites d'amitié"]
    for term in (directory.need, directory.access):
        assert _names(read("services", taxonomy_term_id=str(term.uid))) == ["Comptoir alimentaire"]
        assert _names(read("services", taxonomy_id=str(term.taxonomy.uid))) == ["Comptoir alimentaire"]
        assert _names(read("organizations", taxonomy_term_id=str(term.uid))) == ["Entraide inventée"]
        assert read("service_at_locations", taxonomy_id=str(term.taxonomy.uid))["total_items"] == 1
    assert read("services", taxonomy_term_id=str(uuid4()))["empty"]
    assert read("service_at_locations", organization_id=str(directory.organization.uid))["total_items"] == 2
    terms = read("taxonomy_terms", taxonomy_id=str(directory.need.taxonomy.uid), per_page=100)["contents"]
    assert {term["taxonomy_id"] for term in terms} == {str(directory.need.taxonomy.uid)}
    child = next(term for term in terms if "parent_id" in term)
    under = read("taxonomy_terms", parent_id=child["parent_id"])["contents"]
    assert child["id"] in {term["id"] for term in under}
    top = read("taxonomy_terms", top_only="true", per_page=100)["contents"]
    assert top
    assert not [term for term in top if "parent_id" in term]


def test_words(directory: SimpleNamespace, read: Reader) -> None:
    assert _names(read("services", search="vestiaire")) == ["Vestiaire"]
    assert _names(read("organizations", search="entraides")) == ["Entraide inventée"]
    assert [row["service"]["name"] for row in read("service_at_locations", search="vestiaire")["contents"]] == [
        "Vestiaire"
    ]
    assert directory.need.name in _names(read("taxonomy_terms", search=directory.need.name.upper()))
    assert read("services", search="zzzzzz")["empty"]


def test_what_changed_since(directory: SimpleNamespace, read: Reader) -> None:
    old = timezone.now() - timedelta(days=2)
    Service.objects.update(updated_at=old)
    Organization.objects.update(updated_at=old)
    since = (timezone.now() - timedelta(days=1)).isoformat()
    assert read("services", modified_after=since)["empty"]
    Service.objects.filter(pk=directory.food.pk).update(updated_at=timezone.now())
    assert _names(read("services", modified_after=since)) == ["Comptoir alimentaire"]
    Organization.objects.filter(pk=directory.network.pk).update(updated_at=timezone.now())
    assert _names(read("services", modified_after=since)) == ["Comptoir alimentaire", "Visites d'amitié"]
    assert read("service_at_locations", modified_after=since)["total_items"] == 1
    assert read("services", modified_after=old.isoformat())["total_items"] == 3


def test_minimal(directory: SimpleNamespace, read: Reader) -> None:
    rows = read("services", minimal="true")["contents"]
    assert [row["id"] for row in rows] == [str(s.uid) for s in (directory.food, directory.clothes, directory.visits)]
    for row in rows:
        assert set(row) == {"id", "modified_date"}
        assert row["modified_date"] == read(f"services/{row['id']}")["last_modified"]


def test_an_organization_with_its_services(directory: SimpleNamespace, read: Reader) -> None:
    said = read(f"organizations/{directory.organization.uid}", full_service="true")
    assert [service["name"] for service in said["services"]] == ["Comptoir alimentaire", "Vestiaire"]
    assert [faults("service", service) for service in said["services"]] == [[], []]
    assert "services" not in read(f"organizations/{directory.organization.uid}")
    assert read("organizations", full_service="true")["contents"][1] == said


def test_near_a_postal_code(directory: SimpleNamespace, read: Reader, refused: Reader) -> None:
    def found(**asked: Any) -> list[str]:
        return [row["service"]["name"] for row in read("service_at_locations", **asked)["contents"]]

    assert found(postcode="g6v1a1") == ["Comptoir alimentaire"], "its territory is that of Lévis"
    assert found(postcode="G6V 1A1", proximity=10) == ["Comptoir alimentaire"]
    assert found(postcode="G1R 4S9") == [], "no municipality is known there, and the others have a territory"
    status, said = refused("service_at_locations", postcode="H0H 0H0")
    assert (status, said["error"]) == (400, "unknown_postcode")
    assert "H0H 0H0" in said["sentence"]
    assert refused("service_at_locations", proximity=100)[1]["parameter"] == "proximity"


def test_lines_without_pages(directory: SimpleNamespace, read: Reader) -> None:
    for name in LISTS:
        answer = Client().get(API + name, {"format": "ndjson"})
        assert answer.headers["Content-Type"] == "application/x-ndjson"
        lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
        assert lines == read(name, per_page=100)["contents"]
    answer = Client().get(API + "services", {"format": "ndjson", "full": "true", "search": "vestiaire"})
    assert [json.loads(line)["name"] for line in answer.streaming_content] == ["Vestiaire"]
