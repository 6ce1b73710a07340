"""What others wrote, taken in from the official examples, is served again: valid, and with what the product does not use."""

import json
from typing import Any

import pytest

from tests.directory.exchange.importing import import_file
from tests.directory.exchange.official import faults
from tests.territories.shared_data import real

from .conftest import Reader

pytestmark = pytest.mark.django_db


def _all(read: Reader, name: str) -> list[Any]:
    return read(name, full="true", per_page=50)["contents"]


@pytest.mark.parametrize("name", ["service_full.json", "tabular.json", "service_list.json"])
def test_official_examples_are_served_as_the_specification_asks(name: str, read: Reader) -> None:
    import_file(real(f"directories/hsds/examples/{name}"))
    services = _all(read, "services")
    assert services
    for table, rows in (
        ("service", services),
        ("organization", _all(read, "organizations")),
        ("service_at_location", _all(read, "service_at_locations")),
        ("taxonomy_term", read("taxonomy_terms", per_page=100)["contents"]),
    ):
        for row in rows:
            assert faults(table, row) == []


def test_the_official_service_comes_out_with_what_it_said(read: Reader) -> None:
    path = real("directories/hsds/examples/service_full.json")
    came = json.loads(path.read_text())
    came["description"] = came["description"].strip()  # spaces at the ends of a text are not kept
    import_file(path)
    (said,) = _all(read, "services")
    same = (
        "id",
        "name",
        "alternate_name",
        "description",
        "email",
        "status",
        "interpretation_services",
        "application_process",
        "fees_description",
        "accreditations",
        "eligibility_description",
        "minimum_age",
        "maximum_age",
        "assured_date",
        "alert",
        "funding",
        "program",
    )
    assert {name: said.get(name) for name in same} == {name: came.get(name) for name in same}
    assert said["organization"]["name"] == came["organization"]["name"]
    assert [row["number"] for row in said["phones"]] == [row["number"] for row in came["phones"]]
    assert [row["byday"] for row in said["schedules"]] == [row["byday"] for row in came["schedules"]]
