"""The page and the commands: the same importer, the same words; what leaves in the template is what its schema asks."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from jsonschema import Draft202012Validator

from maillage.core.errors import Refused
from maillage.core.models import ImportJob
from maillage.directory.models import Service
from tests.factories.services import make_service
from tests.territories.shared_data import real

from .importing import counts, import_file, write_json
from .test_importing import SECOND, service

pytestmark = pytest.mark.django_db


def told(capsys: pytest.CaptureFixture[str], *words: str, **options: Any) -> dict[str, Any]:
    call_command("import", "services", *words, json=True, **options)
    return json.loads(capsys.readouterr().out)


def test_the_page_shows_what_is_found_before_anything_is_written(program: Any, as_role: Any) -> None:
    client = as_role(program, "coordinator")
    content = json.dumps([service(), service(SECOND, url="javascript:alert(1)")]).encode()
    sent = {"importer": "services", "file": SimpleUploadedFile("voisins.json", content)}
    page = client.post("/repertoire/importer/", sent, follow=True)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Service 02" in text
    assert "mise à part" in text
    assert "Étendue" in text
    assert not Service.objects.exists()
    job = ImportJob.objects.get()
    address = page.redirect_chain[-1][0]
    client.post(address, {"action": "check", "opt-source": "voisins", "opt-extent": ""}, follow=True)
    done = client.post(address, {"action": "write"}, follow=True)
    job.refresh_from_db()
    assert (job.state, done.status_code) == ("done", 200)
    assert set(Service.objects.values_list("source__slug", flat=True)) == {"voisins"}
    assert Service.objects.count() == 2


def test_the_page_says_why_a_line_is_refused(program: Any, as_role: Any) -> None:
    client = as_role(program, "coordinator")
    content = json.dumps([service(status="peut-être")]).encode()
    sent = {"importer": "services", "file": SimpleUploadedFile("voisins.json", content)}
    text = client.post("/repertoire/importer/", sent, follow=True).content.decode()
    assert "peut-être" in text
    assert "active, inactive, defunct ou temporarily closed" in text


def test_the_page_says_that_a_file_is_no_directory(program: Any, as_role: Any) -> None:
    client = as_role(program, "coordinator")
    sent = {"importer": "services", "file": SimpleUploadedFile("a.json", b'{"id": 1,')}
    text = client.post("/repertoire/importer/", sent, follow=True).content.decode()
    assert "abîmé à la ligne 1" in text


def test_the_command_imports_for_a_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_json(tmp_path / "a.json", [service(), service(SECOND)])
    assert counts(told(capsys, str(path), source="voisins", dry_run=True)) == (2, 0, 0, 0)
    assert not Service.objects.exists()
    assert told(capsys, str(path), source="voisins")["written"] is True
    assert counts(told(capsys, str(path), source="voisins")) == (0, 0, 2, 0)
    with pytest.raises(Refused, match="au format « hsds-json »"):
        call_command("import", "services", str(path), format="data-inclusion")


def test_the_command_exports_what_it_imports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_service()
    path = tmp_path / "tout.zip"
    call_command("export", "services", format="hsds-csv", output=path)
    assert "1 service écrit" in capsys.readouterr().out
    assert counts(import_file(path)) == (0, 0, 1, 0)
    with pytest.raises(Refused, match=r"\.zip"):
        call_command("export", "services", format="hsds-csv", output=tmp_path / "tout.json")
    with pytest.raises(Refused, match="Aucune source"):
        call_command("export", "services", format="hsds-csv", output=path, source="inconnue")
    assert list(tmp_path.glob("*.part")) == []


def test_what_leaves_in_the_template_is_what_its_schema_asks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = real("directories/data_inclusion_schema/service.json").parent
    import_file(real("directories/data_inclusion_dataset.xlsx"), "gabarit", partial=True)
    make_service(name="Ici")
    make_service(name="a", description="x", fee="sliding")
    path = tmp_path / "gabarit.json"
    call_command("export", "services", format="data-inclusion", output=path)
    written = json.loads(path.read_text())
    assert len(written["services"]) == 4
    for name, rows in (("structure", written["structures"]), ("service", written["services"])):
        validator = Draft202012Validator(json.loads((folder / f"{name}.json").read_text()))
        assert [error.message for row in rows for error in validator.iter_errors(row)] == []
    theirs = next(row for row in written["services"] if row["nom"] == "Logement social")
    assert theirs["thematiques"] == ["logement-hebergement--louer-un-logement"]
    assert theirs["modes_mobilisation"] == ["utiliser-lien-mobilisation", "telephoner", "se-presenter"]


def test_a_cell_that_would_run_is_text(tmp_path: Path) -> None:
    make_service(name="=cmd|' /C calc'!A0", alternate_name="@SOMME(A1)")
    path = tmp_path / "a.zip"
    call_command("export", "services", format="hsds-csv", output=path)
    import zipfile

    with zipfile.ZipFile(path) as archive:
        table = archive.read("services.csv").decode()
    assert "'=cmd" in table
    assert "'@SOMME" in table
    assert counts(import_file(path)) == (0, 0, 1, 0)
