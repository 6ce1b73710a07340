"""The official schemas of HSDS, when they stand beside the project: what every object that leaves is held to."""

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.territories.shared_data import FOLDER, real

HSDS = "directories/hsds/schema"
COMPILED = ("service_list", "organization_list", "service_at_location_list")
CHECKER = FormatChecker()


@CHECKER.checks("uri", raises=ValueError)
def _is_uri(said: object) -> bool:
    """The library has no check of its own here: a scheme, no space, nothing but ASCII."""
    if not isinstance(said, str):
        return True
    scheme, colon, rest = said.partition(":")
    return bool(colon and rest and scheme[:1].isalpha() and said.isascii() and not set(said) & set(' "<>\\^`{|}'))


def said(name: str) -> dict[str, Any]:
    """An official schema."""
    return json.loads(real(f"{HSDS}/{name}.json").read_text())


@cache
def _registry() -> Registry:
    files = (FOLDER / HSDS).glob("*.json")
    found = {path.name: json.loads(path.read_text()) for path in files if path.name != "openapi.json"}
    return Registry().with_resources(
        (name, Resource.from_contents(schema, default_specification=DRAFT202012)) for name, schema in found.items()
    )


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = said(f"compiled/{name}") if name in COMPILED else said(name)
    if name not in COMPILED:
        schema = {"$ref": f"{name}.json"}
    return Draft202012Validator(schema, registry=_registry(), format_checker=CHECKER)


def faults(name: str, value: Any) -> list[str]:
    """What the official schema `name` (a table, or a list) holds against a value."""
    return [f"{error.json_path}: {error.message}" for error in _validator(name).iter_errors(value)]
