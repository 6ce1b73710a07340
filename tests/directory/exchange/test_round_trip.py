"""HSDS → product → HSDS loses nothing that the profile keeps: first in memory, then through the database and files."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from maillage.directory.exchange import values
from maillage.directory.exchange.exporting import export
from maillage.directory.exchange.glossary import Glossary
from maillage.directory.exchange.hsds.package import Assembly, taken_apart
from maillage.directory.exchange.hsds.publishing import every_service
from maillage.directory.exchange.hsds.reading import HsdsReader
from maillage.directory.exchange.hsds.terms import Lexicon
from maillage.directory.exchange.hsds.writing import service_object
from maillage.directory.models import Location, Organization, Service, TaxonomyTerm
from tests.directory.exchange import strategies
from tests.factories.services import make_service

from .importing import counts, import_file

pytestmark = pytest.mark.django_db
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # sheets are too large to be made small in good time
NEEDS = [("needs", "food"), ("needs", "housing"), ("clienteles", "senior")]


@pytest.fixture
def lexicon() -> Lexicon:
    terms = {
        (t.taxonomy.code, t.code): t for t in TaxonomyTerm.objects.select_related("taxonomy", "parent").order_by("pk")
    }
    access = {code: term for (taxonomy, code), term in terms.items() if taxonomy == "accessibility"}
    access |= {"ramp": terms["accessibility", "step_free"], "elevator": terms["accessibility", "lift"]}
    return Lexicon(terms, access, {})


def _known(sheet: Any, draw: Any) -> Any:
    """The random sheet, with terms and territories that the directory holds."""
    chosen = draw(st.lists(st.sampled_from(NEEDS), max_size=3, unique=True))
    old = [*sheet.terms][: len(chosen)]
    terms = tuple(replace(line, taxonomy=a, code=b) for line, (a, b) in zip(old, chosen, strict=False))
    return replace(sheet, terms=terms, areas=tuple(replace(line, division="") for line in sheet.areas))


@st.composite
def said_by_somebody(draw: Any) -> tuple[Any, Any]:
    sheet = _known(draw(strategies.services), draw)
    owner = draw(strategies.organizations)
    at = tuple(replace(one, place=_posted(one.place)) for one in sheet.at)
    places = tuple(_posted(place) for place in owner.places)
    return replace(sheet, organization=owner.uid, at=at), replace(
        owner, identifiers=owner.identifiers[:1], places=places
    )


def _posted(place: Any) -> Any:
    """A place whose postal code is as long as one may be."""
    return replace(place, postal_code=place.postal_code[:12])


def _bare(value: Any) -> Any:
    """Without what the profile does not keep: links between rows, the history of elsewhere, codes of unknown divisions, what
    says nothing, spaces beyond one."""
    if isinstance(value, dict):
        links = {
            name
            for name in value
            if name.endswith("_id") and name not in ("taxonomy_term_id", "taxonomy_id", "parent_id")
        }
        apart = links | {"metadata", "last_modified", "qc_division", "qc_refused", "link_entity"}
        value = {**value.get("qc_refused", {}), **value}  # set apart is not lost
        found = {name: _bare(one) for name, one in value.items() if name not in apart}
        return {name: one for name, one in found.items() if one not in ("", [], {}, None)}
    if isinstance(value, str):
        return " ".join(values.text(value).split())
    if isinstance(value, list):  # what the sheet cannot say follows what it says
        return sorted(
            (_bare(one) for one in value), key=lambda one: str(one.get("id") if isinstance(one, dict) else one)
        )
    return value


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW, phases=PHASES)
@given(data=st.data())
def test_an_object_read_and_written_is_the_same(data: st.DataObject, lexicon: Lexicon) -> None:
    sheet, owner = data.draw(said_by_somebody())
    first = json.loads(json.dumps(service_object(sheet, owner, lexicon)))
    reader = HsdsReader(Glossary())
    reader.note("service", first)
    record = reader.record(1, "service", first)
    assert record.problems == []
    assert record.service is not None
    again = service_object(record.service, record.organization, lexicon)
    assert list(_differences(_bare(first), _bare(json.loads(json.dumps(again))))) == []


def _differences(first: Any, again: Any, where: str = "") -> Iterator[str]:
    """Where two documents differ, in a few words."""
    if isinstance(first, dict) and isinstance(again, dict):
        for name in sorted({*first, *again}):
            yield from _differences(first.get(name), again.get(name), f"{where}.{name}")
    elif isinstance(first, list) and isinstance(again, list) and len(first) == len(again):
        for rank, (one, other) in enumerate(zip(first, again, strict=True)):
            yield from _differences(one, other, f"{where}.{rank}")
    elif first != again:
        yield f"{where}: {first!r} != {again!r}"


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """Three services written here, exported in JSON."""
    for number in range(3):
        make_service(name=f"Cuisine du quartier {number}")
    return _exported(tmp_path, "hsds-json", "ici.json")


def _exported(folder: Path, name: str, file_name: str) -> Path:
    path = folder / file_name
    services = Service.objects.filter(merged_into=None).order_by("pk")
    path.write_bytes(b"".join(export(services, name, path.suffix)))
    return path


def _said() -> list[Any]:
    return sorted((_bare(row) for row in every_service(Service.objects.order_by("pk"))), key=lambda row: row["id"])


@pytest.mark.parametrize(("name", "file_name"), [("hsds-json", "a.json"), ("hsds-csv", "a.zip")])
def test_what_is_exported_and_imported_again_changes_nothing(
    filled: Path, tmp_path: Path, name: str, file_name: str
) -> None:
    assert counts(import_file(_exported(tmp_path, name, file_name))) == (0, 0, 3, 0)


@pytest.mark.parametrize(("name", "file_name"), [("hsds-json", "a.json"), ("hsds-csv", "a.zip")])
def test_an_empty_directory_takes_everything_back(filled: Path, tmp_path: Path, name: str, file_name: str) -> None:
    path, before = _exported(tmp_path, name, file_name), _said()
    Service.objects.all().delete()
    Organization.objects.all().delete()
    Location.objects.all().delete()
    assert counts(import_file(path)) == (3, 0, 0, 0)
    assert _said() == before
    assert counts(import_file(path)) == (0, 0, 3, 0)


@pytest.mark.parametrize("ending", [".xlsx", ".json", ".zip"])
def test_the_template_comes_back_under_its_own_numbers(filled: Path, tmp_path: Path, ending: str) -> None:
    path = _exported(tmp_path, "data-inclusion", f"gabarit{ending}")
    Service.objects.all().delete()
    Organization.objects.all().delete()
    Location.objects.all().delete()
    assert counts(import_file(path, "voisins")) == (3, 0, 0, 0)
    assert counts(import_file(path, "voisins")) == (0, 0, 3, 0)
    service = Service.objects.order_by("name").first()
    assert service is not None
    assert (service.fee, service.phones.get().number) == ("free", "418 555-0110")
    assert service.service_locations.get().location.postal_code == "G6V 1A1"


def test_tables_and_nested_objects_say_the_same(filled: Path) -> None:
    objects = json.loads(filled.read_text())
    again = [one for _line, _table, one in Assembly(taken_apart(("service", one) for one in objects)).objects()]
    assert list(_differences([_bare(one) for one in objects], [_bare(one) for one in again])) == []
