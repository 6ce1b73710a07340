"""The OpenAPI document is valid, and whatever is asked, the answer is one that it tells."""

import copy
import json
from functools import cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from maillage.api.hsds.answers import meter
from maillage.api.hsds.lists import COLLECTIONS
from maillage.api.hsds.parameters import PARAMETERS
from tests.directory.exchange.official import CHECKER, faults, said

from .conftest import API, Reader

pytestmark = pytest.mark.django_db
EVERY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def document(read: Reader) -> dict[str, Any]:
    return read("openapi.json")


@cache
def _validator(components: str, schema: str) -> Draft202012Validator:
    return Draft202012Validator({**json.loads(schema), "components": json.loads(components)}, format_checker=CHECKER)


def _holds(document: dict[str, Any], path: str, method: str, answer: Any) -> None:
    """The document tells this answer: its status, its shape, its code."""
    told = document["paths"][path][method]["responses"][str(answer.status_code)]
    if answer.status_code in (301, 304):
        return
    kind = answer.headers["Content-Type"]
    if kind == "application/x-ndjson":
        assert kind in told["content"]
        return
    schema = told["content"]["application/json"]["schema"]
    found = _validator(json.dumps(document["components"]), json.dumps(schema))
    value = json.loads(answer.content)
    assert [f"{error.json_path}: {error.message}" for error in found.iter_errors(value)] == []
    if answer.status_code != 200:
        assert f"`{value['error']}`" in told["description"]


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(document).validate()


def test_the_document_knows_what_the_specification_asks(document: dict[str, Any]) -> None:
    official = said("openapi")
    for path, methods in official["paths"].items():
        for method, told in methods.items():
            if method not in ("get", "post"):
                continue
            ours = document["paths"][path][method]
            wanted = {one.get("name") or one["$ref"].rpartition("/")[2] for one in told.get("parameters", ())}
            mine = {one["name"] for one in ours.get("parameters", ()) if one["in"] == "query"}
            assert wanted <= mine, (path, method)
    for name in official["components"]["schemas"]["Page"]["properties"]:
        assert name in document["components"]["schemas"]["Page"]["required"]


def test_the_document_says_everything(document: dict[str, Any]) -> None:
    operations = [told for path in document["paths"].values() for told in path.values()]
    assert len({told["operationId"] for told in operations}) == len(operations)
    for told in operations:
        assert told["summary"]
        for one in told.get("parameters", ()):
            assert one["in"] == "path" or one["description"]
    assert document["components"]["schemas"]["service"]["properties"]["qc_fee"]["enum"] == ["free", "sliding", "paid"]
    assert document["components"]["schemas"]["schedule"]["properties"]["qc_freq"]["enum"] == ["DAILY", "YEARLY"]


junk = st.text(max_size=20) | st.sampled_from(["-1", "0", "1e3", "null", "[]", "%00", "\0", "é", "true", "99999999999"])
good: dict[str, Any] = {
    "page": st.integers(1, 4).map(str),
    "per_page": st.integers(1, 30).map(str),
    "format": st.sampled_from(["json", "ndjson"]),
    "modified_after": st.datetimes().map(lambda at: at.isoformat() + "Z"),
    "postcode": st.sampled_from(["G6V 1A1", "g1r4s9", "H0H 0H0"]),
    "proximity": st.integers(1, 500_000).map(str),
    "search": st.sampled_from(["vestiaire", "aide alimentaire", "%", "_", "'"]) | st.text(max_size=30),
    **dict.fromkeys(("minimal", "full", "full_service", "top_only"), st.sampled_from(["true", "false"])),
    **dict.fromkeys(("taxonomy_term_id", "taxonomy_id", "organization_id", "parent_id"), st.uuids().map(str)),
}


@st.composite
def requests(draw: Any) -> tuple[str, str, dict[str, str]]:
    """An address, a method, and what is asked: what it knows, well or badly, and sometimes what it does not."""
    name = draw(st.sampled_from(sorted(COLLECTIONS)))
    takes = draw(st.lists(st.sampled_from(COLLECTIONS[name].takes), max_size=4, unique=True))
    asked = {one: draw(good[one] if draw(st.integers(0, 5)) else junk) for one in takes}
    if draw(st.integers(0, 20)) == 0:
        asked[draw(st.sampled_from([*PARAMETERS, "x"]))] = draw(junk)
    return name, draw(st.sampled_from(["get", "post"])), asked


@EVERY
@given(request=requests())
def test_whatever_is_asked_the_answer_is_one_that_is_told(
    request: tuple[str, str, dict[str, str]], directory: SimpleNamespace, document: dict[str, Any]
) -> None:
    name, method, asked = request
    meter.forget()
    answer = getattr(Client(), method)(API + name, asked)
    if any("\0" in one for pair in asked.items() for one in pair):
        assert answer.status_code == 400  # refused before it comes to the API
        return
    assert answer.status_code in (200, 400), (answer.status_code, asked)
    _holds(document, f"/{name}", method, answer)
    if answer.headers["Content-Type"] == "application/x-ndjson":
        rows = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    else:
        rows = json.loads(answer.content).get("contents", [])
    if asked.get("minimal") != "true":
        for row in rows:
            assert faults(COLLECTIONS[name].table, row) == []


@EVERY
@given(name=st.sampled_from(sorted(COLLECTIONS)), id=st.uuids().map(str) | st.text(min_size=1, max_size=40))
def test_whatever_is_looked_for(name: str, id: str, directory: SimpleNamespace, document: dict[str, Any]) -> None:
    meter.forget()
    answer = Client().get(f"{API}{name}/{quote(id, safe='')}")
    assert answer.status_code in (400, 404)
    assert answer.json()["error"] in ("not_found", "bad_request")


def test_single_objects_hold_to_the_document(
    directory: SimpleNamespace, document: dict[str, Any], read: Reader
) -> None:
    strict = copy.deepcopy(document)
    for name, shape in strict["components"]["schemas"].items():
        if name in COLLECTIONS or name in ("service", "location", "phone", "schedule"):
            shape["additionalProperties"] = False
    for name in COLLECTIONS:
        for row in read(name)["contents"]:
            _holds(strict, f"/{name}/{{id}}", "get", Client().get(f"{API}{name}/{row['id']}"))
