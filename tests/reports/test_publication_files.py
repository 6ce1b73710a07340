"""The files of a release give the cells of its page, all of them, and the same bytes at each writing."""

import csv
import io
import json
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from frictionless import Package
from pypdf import PdfReader

from maillage.core.errors import Refused
from maillage.programs.models import Program
from maillage.reports import publication_files
from maillage.statistics.attack_report import deductions
from maillage.statistics.models import Release
from maillage.statistics.presentation import present
from maillage.statistics.publication import Publication, figures_of
from tests.factories import make_release
from tests.statistics.publications import two_portraits

pytestmark = pytest.mark.django_db
Cells = dict[tuple[str, str, str, str], tuple[float | None, float | None]]
ADDRESS = "https://maillage.test/publications/x/1/v1/"


@pytest.fixture
def opened(program: Program) -> Publication:
    cache.clear()
    return Publication(make_release(program, two_portraits()))


def write(opened: Publication, format: str) -> bytes:
    return publication_files.write(opened, format, ADDRESS)


def cells_of(opened: Publication) -> Cells:
    """Count and share of each figure, by territory, table, row and column."""
    found: Cells = {}
    for portrait in opened.portraits:
        for table in portrait.tables:
            shares = {row.code: row.share for row in table.rows}
            for row, column, count in figures_of(table):
                place = (portrait.territory, table.id, row, column)
                if row or count is not None or table.id != "monthly":
                    found[place] = (count, None if column else shares.get(row))
    return found


def number(text: str) -> float | None:
    return float(text.replace(",", ".")) if text else None


def from_csv(opened: Publication) -> Cells:
    text = write(opened, "csv").decode("utf-8-sig")
    found: Cells = {}
    for line in csv.DictReader(io.StringIO(text), delimiter=";"):
        place = (line["territoire"], line["tableau"], line["code"], line["colonne"])
        found[place] = (number(line["nombre"]), number(line["part"]))
        assert (line["caché"] == "1") == (line["nombre"] == "")
        if line["tableau"] != "monthly":
            found[line["territoire"], line["tableau"], "", ""] = (number(line["dénominateur"]), None)
    return found


def from_json(opened: Publication) -> Cells:
    found: Cells = {}
    for portrait in json.loads(write(opened, "json"))["portraits"]:
        area = portrait["territory"] or ""
        for table in [*portrait["tables"], *portrait["more"]]:
            if table["id"] != "monthly":
                found[area, table["id"], "", ""] = (table["denominator"], None)
            for line in table["rows"]:
                for row in (line, *line.get("parts", ())):
                    assert row.get("hidden", False) == (row["count"] is None)
                    found[area, table["id"], row["code"], ""] = (row["count"], row["share"])
                    for head, count in zip(table.get("columns", ()), row.get("counts", ()), strict=True):
                        found[area, table["id"], row["code"], head["code"]] = (count, None)
    return found


def from_zip(opened: Publication) -> Cells:
    with zipfile.ZipFile(io.BytesIO(write(opened, "zip"))) as archive:
        text = archive.read(f"{opened.name}/donnees/chiffres.csv").decode()
    found: Cells = {}
    for line in csv.DictReader(io.StringIO(text)):
        area, row, column = (
            "" if line[name].startswith("_") else line[name] for name in ("territoire", "ligne", "colonne")
        )
        found[area, line["tableau"], row, column] = (number(line["nombre"]), number(line["part"]))
        assert (line["cache"] == "true") == (line["nombre"] == "")
    return found


def from_xlsx(opened: Publication) -> Cells:
    book = openpyxl.load_workbook(io.BytesIO(write(opened, "xlsx")))
    sheets = {sheet["A1"].value: sheet for sheet in book.worksheets[1:-1]}
    names = {name: code for code, name in opened.areas}
    found: Cells = {}
    for portrait in opened.portraits:
        for table in portrait.tables:
            codes = {row.label: row.code for row in table.rows}
            for line in sheets[table.title].iter_rows(min_row=5, values_only=True):
                if names.get(line[0]) != portrait.territory:
                    continue
                row, wide = codes[line[1]], len(table.columns)
                figures = [None if cell == "x" else cell for cell in line[2:]]
                for head, count in zip(table.columns, figures, strict=False):
                    found[portrait.territory, table.id, row, head.code] = (count, None)
                found[portrait.territory, table.id, row, ""] = (figures[wide], figures[wide + 1])
                if table.id != "monthly":
                    found[portrait.territory, table.id, "", ""] = (figures[wide + 2], None)
    return found


@pytest.mark.parametrize("read", [from_csv, from_json, from_zip, from_xlsx])
def test_every_format_gives_every_cell(opened: Publication, read: Any) -> None:
    found, wanted = read(opened), cells_of(opened)
    assert found.keys() == wanted.keys()
    for place, (count, share) in wanted.items():
        assert found[place][0] == count, place
        assert found[place][1] == (None if share is None else pytest.approx(share, abs=1e-12)), place


def test_the_document_prints_what_the_page_prints(opened: Publication) -> None:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(write(opened, "pdf"))).pages)
    printed, at = squeezed(text), 0
    with translation.override("fr-ca"):
        for portrait in opened.portraits:
            for section in present(portrait, "fr-ca")[1]:
                for block in section.blocks:
                    for line in block.lines if block.kind != "heat" else ():
                        if block.id in ("tenure", "coverage", "nature", "hours_by_role"):
                            wanted = squeezed(line.label + "".join(cell.text for cell in line.cells))
                            place = printed.find(wanted, at)
                            assert place >= 0, (portrait.territory, block.id, wanted)
                            at = place


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]", "", text).replace("'", "’")


@pytest.mark.parametrize("format", ["csv", "json", "zip", "xlsx", "pdf"])
def test_a_file_has_the_same_bytes_at_each_writing(opened: Publication, format: str) -> None:
    first = write(opened, format)
    cache.clear()
    assert write(Publication(Release.objects.get()), format) == first


def test_the_package_is_valid(opened: Publication, tmp_path: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(write(opened, "zip"))) as archive:
        archive.extractall(tmp_path)
    described = tmp_path / opened.name / "datapackage.json"
    report = Package(str(described)).validate()
    assert report.valid, report.flatten(["type", "message"])[:3]
    read = json.loads(described.read_text())
    assert read["licenses"][0]["name"] == "CC-BY-4.0"
    assert read["homepage"] == ADDRESS
    assert "n'est pas zéro" in (tmp_path / opened.name / "LISEZMOI.md").read_text()
    labels = (tmp_path / opened.name / "donnees" / "lignes.csv").read_text()
    assert "tenure,omh,Office municipal d'habitation (OMH)" in labels


def test_a_package_that_breaks_a_reference_is_seen(opened: Publication, tmp_path: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(write(opened, "zip"))) as archive:
        archive.extractall(tmp_path)
    lines = tmp_path / opened.name / "donnees" / "lignes.csv"
    lines.write_text(lines.read_text().replace("tenure,omh,", "tenure,omhx,"))
    assert not Package(str(tmp_path / opened.name / "datapackage.json")).validate().valid


def test_the_attack_report_is_among_the_files(opened: Publication) -> None:
    where = f"/publications/{opened.release.program.slug}/1/v1/"
    answer = Client().get(f"{where}attaque.csv")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == len(deductions(opened)) > 5
    assert {(line["minimum"], line["maximum"]) for line in lines} == {("0", "14")}
    assert f'href="{where}attaque.csv"' in Client().get(where).content.decode()


@pytest.mark.parametrize("format", [*publication_files.FORMATS])
def test_each_file_is_offered_and_says_what_it_is(opened: Publication, format: str) -> None:
    release = opened.release
    where = f"/publications/{release.program.slug}/1/v1/"
    assert f'href="{where}fichier.{format}"' in Client().get(where).content.decode()
    answer = Client().get(f"{where}fichier.{format}")
    assert answer.status_code == 200
    assert f'filename="{release.program.slug}_2014_n1_v1' in answer["Content-Disposition"]
    assert answer["Cache-Control"].startswith("public")
    again = Client().get(f"{where}fichier.{format}", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_another_format_is_not_found(opened: Publication) -> None:
    assert Client().get(f"/publications/{opened.release.program.slug}/1/v1/fichier.exe").status_code == 404
    with pytest.raises(Refused):
        write(opened, "exe")


def test_files_of_a_withdrawn_version_are_gone(opened: Publication) -> None:
    Release.objects.update(state="withdrawn")
    answer = Client().get(f"/publications/{opened.release.program.slug}/1/v1/fichier.csv")
    assert answer.status_code == 410
    assert b"10400" not in answer.content


def test_files_are_in_french_whoever_reads(opened: Publication) -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    answer = client.get(f"/publications/{opened.release.program.slug}/1/v1/fichier.csv")
    assert answer.content.decode("utf-8-sig").startswith("publication;version;programme")
