"""The OpenAPI document is valid, says everything, and is what the product does: real requests and answers hold to it."""

import copy
import json
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator

from maillage.core.models import Epoch
from maillage.journal.models import Device

from .client import Answer, Phone
from .conftest import phone_of, without_session

pytestmark = pytest.mark.django_db
SYNC = "/api/sync/v1/"


@pytest.fixture
def document() -> dict[str, Any]:
    return json.loads(Client().get("/api/openapi.json").content)


def _holds(document: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    """`value` is what `schema` says, and holds nothing that it does not say."""
    components = copy.deepcopy(document["components"])
    for shape in components["schemas"].values():
        shape["additionalProperties"] = False
    found = Draft202012Validator({**schema, "components": components}, format_checker=FormatChecker())
    assert [f"{error.json_path}: {error.message}" for error in found.iter_errors(value)] == []


def _answered(document: dict[str, Any], method: str, door: str, answer: Answer) -> Any:
    """The document knows this answer: its status, its shape, its code."""
    told = document["paths"][SYNC + door][method]["responses"][str(answer.status)]
    _holds(document, told["content"]["application/json"]["schema"], answer.json)
    if answer.status != 200:
        assert f"`{answer.json['error']}`" in told["description"]
        assert ("retry-after" in answer.headers) == ("headers" in told)
    return answer.json


def _get(phone: Phone, door: str) -> Answer:
    return Answer(*phone.send("GET", SYNC + door, None, {}))


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(document).validate()


def test_the_document_says_everything(document: dict[str, Any]) -> None:
    assert sorted(document["paths"]) == [SYNC + door for door in ("devices", "entries", "form", "mailbox", "ops")]
    operations = [told for path in document["paths"].values() for told in path.values()]
    assert len({told["operationId"] for told in operations}) == len(operations) == 5
    for told in operations:
        assert told["summary"]
        assert told["description"]
        assert told["tags"] == ["sync"]
        for status, answer in told["responses"].items():
            assert answer["description"], status
            assert answer["content"]["application/json"]["schema"], status
    for name, shape in document["components"]["schemas"].items():
        assert shape.get("description"), name
        for field, said in shape["properties"].items():
            assert {"type", "$ref", "anyOf", "enum"} & set(said), f"{name}.{field}"


def test_examples_hold_to_their_shape(document: dict[str, Any]) -> None:
    for path in document["paths"].values():
        for told in path.values():
            if body := told.get("requestBody"):
                sent = body["content"]["application/json"]
                _holds(document, sent["schema"], sent["example"])


def test_what_the_client_sends_and_reads_is_what_the_document_says(
    document: dict[str, Any], worker: Any, program: Any, create: Any, fields: Any
) -> None:
    phone, other = phone_of(worker.user), phone_of(worker.user)
    _answered(document, "post", "devices", phone.enrol())
    first = create(phone, note="Au début")
    _holds(document, {"$ref": "#/components/schemas/BatchIn"}, phone.envelope([first]))
    _holds(document, {"$ref": "#/components/schemas/Content"}, fields())
    _answered(document, "post", "ops", phone.push())
    other.write("update", first["entry"], program.slug, fields(note="Ailleurs"), base=1)
    other.push()
    create(phone, persons="9999")
    create(phone, schema=7)
    phone.write("update", first["entry"], program.slug, fields(note="Ici"), base=1)
    said = _answered(document, "post", "ops", phone.push())
    assert {result["status"] for result in said["results"]} == {"rejected", "upgrade", "conflict"}
    assert next(result for result in said["results"] if "server" in result)["server"]["fields"]["note"] == "Ailleurs"
    create(phone)
    _answered(document, "post", "mailbox", phone.push("mailbox"))
    page = _answered(document, "get", "entries", _get(phone, "entries"))
    assert page["entries"]
    assert page["attention"] == {"siblings": 1, "operations": 1}
    forms = _answered(document, "get", "form", _get(phone, "form"))
    assert [form["program"] for form in forms["programs"]] == [program.slug]


def test_errors_are_those_of_the_document(document: dict[str, Any], phone: Phone, create: Any) -> None:
    first = create(phone)
    for door in ("devices", "ops", "mailbox"):
        assert _answered(document, "post", door, phone.post(door, b"["))["error"] == "unreadable"
        assert _answered(document, "post", door, phone.post(door, b" " * 262_145))["error"] == "too_large"
    many = phone.envelope([first] * 51)
    assert _answered(document, "post", "ops", phone.post("ops", many))["operations"] == 50
    _answered(document, "post", "ops", phone.post("ops", {**phone.envelope([]), "protocol": "maillage/9"}))
    Epoch.objects.create()
    for door in ("ops", "mailbox"):
        assert _answered(document, "post", door, phone.post(door, phone.envelope([])))["error"] == "epoch"
    Device.objects.all().delete()
    for door in ("ops", "mailbox"):
        assert _answered(document, "post", door, phone.post(door, phone.envelope([])))["error"] == "unknown_device"
    phone.token = lambda: ""
    for door in ("devices", "ops"):
        assert _answered(document, "post", door, phone.post(door, {}))["error"] == "csrf"
    without_session(phone)
    for method, door in (("post", "devices"), ("post", "ops"), ("get", "entries"), ("get", "form")):
        answer = _get(phone, door) if method == "get" else phone.post(door, {})
        assert _answered(document, method, door, answer)["error"] == "signed_out"


def test_the_form_says_what_the_form_takes(phone: Phone, program: Any, create: Any) -> None:
    """A client that fills each field with a value it was offered is understood."""
    (form,) = _get(phone, "form").json["programs"]
    by = {field["name"]: field for field in form["fields"]}
    assert [name for name, field in by.items() if field["required"]] == ["date", "nature", "persons"]
    chosen = {
        name: [options[0]["value"]] if by[name]["kind"] == "terms" else options[0]["value"]
        for name in by
        if (options := by[name].get("options")) and name not in ("mrc", "nature")
    }
    operation = create(phone, **{**chosen, "nature": "collective", "participants": "3", "participations": "5"})
    answer = phone.push()
    assert [result["status"] for result in answer.json["results"]] == ["applied"], (chosen, answer.body)
    assert operation["op"] in phone.kept
    assert _get(phone, "form?program=nulle-part").json == {"programs": []}
