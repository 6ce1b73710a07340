"""A coordinator imports a file from the pages: examined, corrected, written, and nothing before."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from maillage.core.models import ImportJob
from maillage.core.services import import_jobs
from maillage.territories.models import Division, HousingSite
from tests.factories import make_member, make_program, make_user

pytestmark = pytest.mark.django_db
SITES = "Numéro;Nom;Propriétaire;Type;Logements;MRC\nA1;Habitations du Ruisseau;OMH de Lévis;HLM;20;{mrc}\n"


def _send(client: Client, content: str, name: str = "milieux.csv", kind: str = "sites") -> Any:
    upload = SimpleUploadedFile(name, content.encode())
    return client.post("/territoires/importer/", {"importer": kind, "file": upload}, follow=True)


def test_a_file_is_examined_then_written(program: Any, as_role: Any) -> None:
    client = as_role(program, "coordinator")
    mrc = program.territory.children.first()
    page = _send(client, SITES.format(mrc=mrc.code))
    assert page.status_code == 200
    assert HousingSite.objects.filter(reference="A1").count() == 0
    address = page.redirect_chain[-1][0]
    done = client.post(address, {"action": "write"}, follow=True)
    assert "import est terminé" in done.content.decode()
    site = HousingSite.objects.get(reference="A1")
    assert (site.tenure, site.units, site.mrc) == ("omh", 20, mrc)
    assert site.program_sites.get().program == program
    again = _send(client, SITES.format(mrc=mrc.code))
    assert ImportJob.objects.first().report["counts"]["unchanged"] == 1
    assert "rien à importer" in again.content.decode()


def test_a_refused_line_stops_everything_unless_the_good_ones_are_wanted(program: Any, as_role: Any) -> None:
    client = as_role(program, "coordinator")
    mrc = program.territory.children.first()
    text = SITES.format(mrc=mrc.code) + f"A2;Autre;OMH;HLM;-4;{mrc.code}\nA3;Ailleurs;OMH;HLM;4;\n"
    page = _send(client, text)
    body = page.content.decode()
    assert "est négatif" in body
    assert "hors du territoire" in body
    address = page.redirect_chain[-1][0]
    client.post(address, {"action": "write"})
    assert not HousingSite.objects.filter(reference__in=["A1", "A2"]).exists()
    page = _send(client, text)
    client.post(page.redirect_chain[-1][0], {"action": "write-partial"})
    assert list(HousingSite.objects.filter(reference__startswith="A").values_list("reference", flat=True)) == ["A1"]


def test_columns_can_be_said_and_are_remembered(program: Any, as_role: Any) -> None:
    client = as_role(program, "coordinator")
    mrc = program.territory.children.first()
    text = f"Zone;Machin;Truc;Adresse\n{mrc.code};Le Verger;12;1, rue Inventée\n"
    page = _send(client, text)
    address = page.redirect_chain[-1][0]
    asked = {"col-mrc": "Zone", "col-name": "Machin", "col-units": "Truc", "col-address": "Adresse"}
    client.post(address, {"action": "check", "opt-program": [program.slug], "opt-served": "oui", **asked})
    client.post(address, {"action": "write"})
    site = HousingSite.objects.get(name="Le Verger")
    assert (site.units, site.program_sites.get().is_served) == (12, True)
    _send(client, text.replace("12", "13"))
    assert ImportJob.objects.first().report["counts"]["changed"] == 1


@pytest.mark.parametrize("role", ["worker", "outreach", "partner", "researcher", "tenant"])
def test_others_do_not_find_the_page(program: Any, as_role: Any, role: str) -> None:
    client = as_role(program, role)
    assert client.get("/territoires/importer/").status_code == 404
    assert client.get("/repertoire/importer/").status_code == 404


def test_an_import_is_for_the_person_who_sent_it(program: Any, as_role: Any) -> None:
    page = _send(as_role(program, "coordinator"), SITES.format(mrc=""))
    address = page.redirect_chain[-1][0]
    assert as_role(make_program(), "coordinator").get(address).status_code == 404
    assert as_role(program, "administrator").get(address).status_code == 404


def test_sites_of_another_programme_are_not_touched(program: Any, sign_in: Any) -> None:
    other = make_program()
    theirs = other.program_sites.get().site
    client = sign_in(make_member(program, "coordinator").user)
    mrc = program.territory.children.first()
    page = _send(client, f"Numéro;Nom;Type;MRC\n{theirs.reference};Pris;HLM;{mrc.code}\n")
    assert "que vous ne coordonnez pas" in page.content.decode()
    theirs.refresh_from_db()
    assert theirs.name != "Pris"


def test_files_that_are_not_what_is_expected(program: Any, as_role: Any) -> None:
    client = as_role(program, "coordinator")
    for content, said in (
        ("", "vide"),
        ("a\n", "ne peut pas être lu"),
        ("<html></html>", "page web"),
        ("Nom;Type\n", "que des titres"),
    ):
        assert said in _send(client, content).content.decode()


def test_limits_from_geojson(as_role: Any, program: Any) -> None:
    square = {"type": "Polygon", "coordinates": [[[-71, 46, 5], [-70, 46, 5], [-70, 47, 5], [-71, 46, 5]]]}
    features = [{"type": "Feature", "properties": {"code": "2427", "nom": "Beauce-Centre"}, "geometry": square}]
    client = as_role(program, "coordinator")
    text = json.dumps({"type": "FeatureCollection", "features": features})
    page = _send(client, text, "mrc.geojson", "territories")
    client.post(page.redirect_chain[-1][0], {"action": "write"})
    division = Division.objects.get(level="mrc", code="27")
    assert division.boundaries.get().geometry.startswith('{"type":"Polygon"')


def test_a_killed_worker_leaves_the_import_interrupted(
    program: Any, as_role: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_role(program, "coordinator")
    monkeypatch.setattr(import_jobs, "IN_PLACE", 0)
    monkeypatch.setattr(import_jobs, "_spawn", lambda job: None)
    page = _send(client, SITES.format(mrc=""))
    address = page.redirect_chain[-1][0]
    assert "Examen en cours" in page.content.decode()
    assert "every 1s" in client.get(f"{address}?suivi=1", headers={"HX-Request": "true"}).content.decode()
    monkeypatch.setattr("maillage.core.imports.progress.GRACE", 0)
    assert "interrompu" in client.get(address).content.decode()
    monkeypatch.setattr(import_jobs, "IN_PLACE", 1_000_000)
    client.post(address, {"action": "check"})
    assert ImportJob.objects.get().state == "checked"


def test_the_worker_process_finishes_the_work(program: Any, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.management import call_command

    monkeypatch.setattr(import_jobs, "IN_PLACE", 0)
    monkeypatch.setattr(import_jobs, "_spawn", lambda job: call_command("run_import", str(job.uid)))
    client = as_role(program, "coordinator")
    mrc = program.territory.children.first()
    page = _send(client, SITES.format(mrc=mrc.code))
    client.post(page.redirect_chain[-1][0], {"action": "write"})
    assert HousingSite.objects.filter(reference="A1").exists()
    assert ImportJob.objects.get().state == "done"


def test_the_file_can_be_taken_back(program: Any, as_role: Any) -> None:
    client = as_role(program, "coordinator")
    page = _send(client, SITES.format(mrc=""))
    client.post(page.redirect_chain[-1][0], {"action": "discard"})
    assert not ImportJob.objects.exists()
    assert make_user().pk
