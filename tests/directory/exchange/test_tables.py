"""The tables of HSDS are those of the specification."""

from typing import Any

import pytest

from maillage.directory.exchange.hsds import tables

from .official import said

KINDS = {"date": "date", "time": "time", "datetime": "date-time"}


def _kind(field: dict[str, Any]) -> str:
    if field.get("type") == "array":
        return "list"
    if "$ref" in field:
        return "object"
    if "enum" in field:
        return "choice"
    return (
        field.get("format")
        or KINDS.get(field.get("datapackage_type", ""), "")
        or field["type"].replace("string", "text")
    )


@pytest.mark.parametrize("table", tables.tables())
def test_a_table_is_that_of_the_specification(table: str) -> None:
    schema = said(table)
    ours = tables.fields(table)
    assert list(ours) == list(schema["properties"])
    assert [name for name, field in ours.items() if field.required] == [n for n in ours if n in schema["required"]]
    for name, field in ours.items():
        told = schema["properties"][name]
        assert field.kind == _kind(told), name
        assert list(field.choices) == told.get("enum", [])
        reference = told.get("items", told).get("$ref", "").removesuffix(".json")
        assert field.table == reference


def test_what_does_not_fit_is_left_out() -> None:
    row = {
        "name": "Comptoir",
        "minimum_age": "douze",
        "maximum_age": True,
        "url": "pas une adresse",
        "email": "a@b",
        "status": "ouvert",
        "last_modified": "2026-13-45T00:00:00Z",
        "id": "1",
        "inconnu": {"x": 1},
        "program": {"id": "b7f1a1de-3f63-4c0d-9a70-6f0d8f4f2b11", "name": "P"},
        "funding": [{"id": "b7f1a1de-3f63-4c0d-9a70-6f0d8f4f2b11", "source": 3}, "texte", {"source": "sans numéro"}],
        "phones": "819 555-0101",
    }
    assert tables.kept("service", row) == {
        "name": "Comptoir",
        "email": "a@b",
        "inconnu": {"x": 1},
        "funding": [{"id": "b7f1a1de-3f63-4c0d-9a70-6f0d8f4f2b11"}],
    }


@pytest.mark.parametrize(
    ("said", "good"),
    [
        ("2026-11-21T12:00:00.123Z", True),
        ("2026-11-21T12:00:00-05:00", True),
        ("2026-11-21", False),
        ("2026-11-21T12:00:00", False),
        ("2026-02-30T12:00:00Z", False),
    ],
)
def test_moments(said: str, good: bool) -> None:
    assert tables.fits(tables.fields("service")["last_modified"], said) is good
