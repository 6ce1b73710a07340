"""Files as they come: a sentence that says what and where, nothing lost, nothing served as code."""

import json
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.core.errors import Refused
from maillage.directory.exchange.hsds.publishing import every_service
from maillage.directory.exchange.loading import load
from maillage.directory.models import Service

from .importing import counts, import_file, write_json
from .test_importing import SECOND, service

pytestmark = pytest.mark.django_db


def taken(tmp_path: Path, *services: dict[str, Any], partial: bool = False) -> dict[str, Any]:
    """The report of these services, imported; then imported again, which changes nothing."""
    path = write_json(tmp_path / "a.json", list(services))
    report = import_file(path, "voisins", partial=partial)
    again = counts(import_file(path, "voisins", partial=True))
    assert again[:2] == (0, 0)
    return report


def remarks(report: dict[str, Any]) -> str:
    return " ".join(one["message"] for one in report["remarks"])


def test_empty_and_repeated_identifiers(tmp_path: Path) -> None:
    empty = [
        service("", name=name, phones=[{"id": "", "number": "418 555-0101"}] * 2) for name in ("Un", "Deux", "Deux")
    ]
    report = taken(tmp_path, *empty)
    assert counts(report) == (3, 0, 0, 0)
    assert "reconnu par son nom" in remarks(report)
    assert [row.phones.count() for row in Service.objects.order_by("pk")] == [2, 2, 2]


def test_the_same_service_twice(tmp_path: Path) -> None:
    assert counts(taken(tmp_path, service(), service())) == (1, 0, 1, 0)


def test_two_services_under_one_number(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.json", [service(name="Un"), service(name="Autre")])
    report = import_file(path, "voisins", partial=True)
    assert counts(report) == (1, 0, 0, 1)
    assert "aussi celui de « Un » (ligne 1)" in report["problems"][0]["message"]


def test_line_breaks_written_as_letters(tmp_path: Path) -> None:
    taken(tmp_path, service(description="Lundi\\nMardi\\r\\nMercredi"))
    assert Service.objects.get().description == "Lundi\nMardi\nMercredi"


@pytest.mark.parametrize(
    "point", [{}, {"latitude": 46.8}, {"latitude": 100, "longitude": 101}, {"latitude": 0, "longitude": 0}]
)
def test_coordinates_that_are_no_point(tmp_path: Path, point: dict[str, Any]) -> None:
    said = service()
    place = said["service_at_locations"][0]["location"]
    del place["latitude"], place["longitude"]
    place.update(point)
    report = taken(tmp_path, said)
    location = Service.objects.get().service_locations.get().location
    assert (location.latitude, location.longitude) == (None, None)
    assert bool(point) == ("ne sont pas un point" in remarks(report))
    assert {name: location.beyond.get(name) for name in point} == point


def test_wrong_enumerations_are_set_apart_or_refused(tmp_path: Path) -> None:
    said = service(status="Actif", schedules=[{"id": "", "freq": "FORTNIGHTLY", "wkst": "XX", "byday": "lundi"}])
    said["service_at_locations"][0]["location"]["location_type"] = "building"
    report = taken(tmp_path, said)
    found = Service.objects.get()
    assert (found.status, found.service_locations.get().location.kind) == ("active", "physical")
    assert found.schedules.get().beyond["qc_refused"] == {"freq": "FORTNIGHTLY", "wkst": "XX", "byday": "lundi"}
    assert all(word in remarks(report) for word in ("building", "FORTNIGHTLY", "lundi"))


@pytest.mark.parametrize(
    "attack", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,<script>", "vbscript:x"]
)
def test_an_address_that_is_an_attack_is_kept_and_never_served(tmp_path: Path, attack: str) -> None:
    said = service(url=attack, additional_urls=[{"id": str(UUID(int=80)), "url": attack, "label": "x"}])
    said["organization"]["website"] = attack
    said["organization"]["logo"] = attack
    report = taken(tmp_path, said)
    assert "n'est pas une adresse web" in remarks(report)
    found = Service.objects.get()
    assert (found.website, found.organization.website) == ("", "")
    assert found.beyond["qc_refused"]["url"] == attack
    whole = next(every_service(Service.objects.all()))
    assert "url" not in whole
    assert not {"website", "logo"} & set(whole["organization"])


def test_markup_is_text(tmp_path: Path) -> None:
    taken(tmp_path, service(name="<script>alert(1)</script>", description="<img src=x onerror=alert(1)>"))
    assert Service.objects.get().name == "<script>alert(1)</script>"


def test_numbers_and_days_of_any_kind(tmp_path: Path) -> None:
    said = service(minimum_age="douze", maximum_age=17.5, assured_date="15/01/2026", email="pas une adresse")
    said["cost_options"] = [{"id": "", "amount": 12.345, "currency": "CAD"}, {"id": "", "amount": "12,50 $"}]
    report = taken(tmp_path, said)
    found = Service.objects.get()
    assert (found.minimum_age, found.maximum_age, str(found.checked_on), found.email) == (None, None, "2026-01-15", "")
    assert found.beyond["maximum_age"] == 17.5
    assert [(str(row.amount), row.beyond.get("amount")) for row in found.costs.order_by("pk")] == [
        ("None", 12.345),
        ("12.50", None),
    ]
    assert "douze" in remarks(report)


def test_a_text_that_is_too_long_says_where(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.json", [service(description="x" * 10_001)])
    report = import_file(path, write=False)
    assert (report["problems"][0]["column"], report["problems"][0]["title"]) == ("description", "Service 02")
    assert "10001 caractères : 10000 au plus" in report["problems"][0]["message"]


def test_a_service_without_organization_or_name(tmp_path: Path) -> None:
    said = service()
    del said["organization"]
    report = import_file(write_json(tmp_path / "a.json", [said, service(SECOND, name="")]), write=False)
    assert [one["column"] for one in report["problems"]] == ["organization", "name"]


def test_a_french_spreadsheet_in_an_old_encoding(tmp_path: Path) -> None:
    path = tmp_path / "ressources.csv"
    lines = [
        "Nom du service;Organisme;Téléphone;Site web;Municipalité;Coûts;Besoins",
        "Dépannage « été »;Comptoir Élan;418 555-0107;www.exemple.test;Saint-Modèle;Gratuit;Aide alimentaire",
        "Meubles à prix modique;Comptoir Élan;418 555-0108;;Saint-Modèle;5 $;Vêtements et meubles",
    ]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    assert counts(import_file(path, "comptoir")) == (2, 0, 0, 0)
    found = Service.objects.get(name__startswith="Dépannage")
    assert (found.organization.name, found.website, found.fee) == ("Comptoir Élan", "https://www.exemple.test", "free")
    assert list(found.terms.values_list("code", flat=True)) == ["food"]
    assert counts(import_file(path, "comptoir")) == (0, 0, 2, 0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b'{"id": 1, "name": ', "abîmé à la ligne 1"),
        (b"[" * 100_000, "ne se lit pas|abîmé"),
        (b"{}", "Aucun service"),
        (b"[1, 2, null]", "Aucun service"),
        (b"a;b;c\n1;2;3\n", "Aucun service"),
        (b"PK\x03\x04rien", "archive"),
        (b"\x00\x01\x02\xff", "Aucun service|ni un tableau"),
        (b'{"name":"a"}\n{"name":\n', "Ligne 2|ligne"),
    ],
)
def test_files_that_are_no_directory(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "fichier"
    path.write_bytes(content)
    with pytest.raises(Refused, match=said):
        load(path)


def test_an_archive_that_would_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maillage.directory.exchange.files.MAX_UNPACKED", 1000)
    path = tmp_path / "bombe.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../services.csv", "id,name\n" + "x" * 100_000)
    with pytest.raises(Refused, match="démesurée"):
        load(path)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "name", "url", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = st.sampled_from([
    "phones", "contacts", "schedules", "service_areas", "languages", "cost_options", "required_documents", "attributes",
    "service_at_locations", "url", "email", "minimum_age", "assured_date", "organization_id", "funding", "program", "qc_fee",
])  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.dictionaries(NAMES, JUNK, max_size=6))
def test_whatever_a_field_holds_the_import_says_a_sentence(tmp_path: Path, said: dict[str, Any]) -> None:
    path = write_json(tmp_path / "a.json", [{**service(), **said}])
    report = import_file(path, write=False)
    assert report["rows"] == 1
    json.dumps(report)
