"""The OpenAPI document of the HSDS API, drawn from what the addresses read and from the tables of HSDS."""

from functools import lru_cache
from typing import Any

from django.utils import translation

from maillage import __version__
from maillage.directory.exchange.hsds.profile import PROFILE, codes_of
from maillage.directory.exchange.hsds.tables import VERSION, Field, fields, tables

from .lists import COLLECTIONS, Collection
from .parameters import PARAMETERS, Parameter

ABOUT = (
    f"The directory of services, as the Human Services Data Specification {VERSION} says it (Open Referral). To read only, "
    "without account, from any origin. Text is in French. Fields that begin with `qc_` are those of the profile."
)
ERRORS = {
    400: "`parameter`, `unreadable`, `unknown_postcode`: what is asked cannot be answered; the sentence says what and why.",
    404: "`not_found`: nothing that everybody sees bears this identifier.",
    413: "`too_large`: the body of a POST is beyond 16 KiB.",
    429: "`busy`: too many requests of one address. `Retry-After` says when to come back.",
}
_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "uuid": {"type": "string", "format": "uuid"},
    "moment": {"type": "string", "format": "date-time"},
}
_FORMATS = ("uuid", "uri", "email", "date-time")
_PAGE = {
    "total_items": "integer",
    "total_pages": "integer",
    "page_number": "integer",
    "size": "integer",
    "first_page": "boolean",
    "last_page": "boolean",
    "empty": "boolean",
}
_DATED = {"id": {"type": "string", "format": "uuid"}, "modified_date": {"type": "string", "format": "date-time"}}
_PROBLEM = {"error": {"type": "string"}, "sentence": {"type": "string"}, "parameter": {"type": "string"}}


def profile_fields() -> list[dict[str, Any]]:
    """The fields of the profile, in the language of the page."""
    return [
        {"table": table, "name": name, "codes": codes_of(table, name), "said": said}
        for table, name, _choices, said in PROFILE
    ]


@lru_cache(maxsize=4)
def document_for(server: str) -> dict[str, Any]:
    """The document of the API at this address."""
    paths: dict[str, Any] = {"/": {"get": _about()}, "/openapi.json": {"get": _itself()}}
    for collection in COLLECTIONS.values():
        paths[f"/{collection.name}"] = {
            "get": _listing(collection, "list", collection.takes),
            "post": _listing(collection, "ask", collection.takes),
        }
        paths[f"/{collection.name}/{{id}}"] = {"get": _one(collection)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Maillage – HSDS",
            "version": __version__,
            "summary": "The directory of services.",
            "description": ABOUT,
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "externalDocs": {"url": "https://docs.openreferral.org/", "description": "Human Services Data Specification"},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _schemas() -> dict[str, Any]:
    with translation.override("en"):
        found: dict[str, Any] = {name: _table(name) for name in tables() if name != "meta_table_description"}
    found["Page"] = {
        "type": "object",
        "description": "A page of a list.",
        "required": [*_PAGE, "contents"],
        "properties": {name: {"type": kind} for name, kind in _PAGE.items()} | {"contents": {"type": "array"}},
    }
    found["Dated"] = {"type": "object", "description": "With `minimal`.", "required": [*_DATED], "properties": _DATED}
    found["Problem"] = {
        "type": "object",
        "description": "An answer in error.",
        "required": ["error", "sentence"],
        "properties": _PROBLEM,
    }
    return found


def _table(name: str) -> dict[str, Any]:
    own = {
        field: {
            "type": "string",
            "description": str(said),
            **({"enum": codes} if (codes := codes_of(of, field)) else {}),
        }
        for of, field, _choices, said in PROFILE
        if of == name
    }
    known = fields(name)
    return {
        "type": "object",
        "description": f"The table `{name}` of HSDS.",
        "required": [field.name for field in known.values() if field.required],
        "properties": {field.name: _schema(field) for field in known.values()} | own,
    }


def _schema(field: Field) -> dict[str, Any]:
    if field.kind == "object":
        return _reference(field.table)
    if field.kind == "list":
        return {"type": "array", "items": _reference(field.table)}
    if field.kind == "number":
        return {"type": "number"}
    said: dict[str, Any] = {"type": "string"}
    if field.choices:
        said["enum"] = list(field.choices)
    return said | ({"format": field.kind} if field.kind in _FORMATS else {})


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _answers(schema: dict[str, Any], *statuses: int) -> dict[str, Any]:
    problem = {"application/json": {"schema": _reference("Problem")}}
    said: dict[str, Any] = {
        "200": {"description": "The answer.", "content": {"application/json": {"schema": schema}}},
        "304": {"description": "The reader has it already (`If-None-Match`)."},
    }
    return said | {str(status): {"description": ERRORS[status], "content": problem} for status in statuses}


def _about() -> dict[str, Any]:
    uri = {"type": "string", "format": "uri"}
    properties = {"version": {"type": "string"}, "profile": uri, "openapi_url": uri}
    schema = {"type": "object", "required": [*properties], "properties": properties}
    return _operation("about", "What this API is", _answers(schema, 400, 429))


def _itself() -> dict[str, Any]:
    return _operation("readDocument", "This document", _answers({"type": "object"}, 400, 429))


def _listing(collection: Collection, verb: str, names: tuple[str, ...]) -> dict[str, Any]:
    item = _reference(collection.table)
    items = {"anyOf": [item, _reference("Dated")]} if "minimal" in names else item
    schema = {"allOf": [_reference("Page")], "properties": {"contents": {"type": "array", "items": items}}}
    answers = _answers(schema, 400, 413, 429) if verb == "ask" else _answers(schema, 400, 429)
    answers["200"]["content"]["application/x-ndjson"] = {"schema": {"type": "string"}}
    if verb == "ask":
        del answers["304"]
    summary = f"The list of `{collection.table}`" + ("; parameters may stand in the body" if verb == "ask" else "")
    return _operation(f"{verb}_{collection.name}", summary, answers, [_parameter(PARAMETERS[name]) for name in names])


def _one(collection: Collection) -> dict[str, Any]:
    answers = _answers(_reference(collection.table), 400, 404, 429)
    if collection.name == "services":
        answers["301"] = {"description": "The service was merged into another: `Location` is the way to that one."}
    identifier = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
    asked = [identifier, *(_parameter(PARAMETERS[name]) for name in collection.one)]
    return _operation(f"read_{collection.name}", f"One `{collection.table}`, in full", answers, asked)


def _operation(
    name: str, summary: str, answers: dict[str, Any], parameters: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "tags": ["hsds"],
        **({"parameters": parameters} if parameters else {}),
        "responses": answers,
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(_TYPES[parameter.kind])
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    elif parameter.kind == "integer":
        schema |= {"minimum": parameter.low, "maximum": parameter.high}
    elif parameter.high:
        schema["maxLength"] = parameter.high
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": parameter.description,
        "schema": schema,
    }
