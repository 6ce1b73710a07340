"""The files of the page: the same figures, the same rights."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from maillage.programs.models import Program
from maillage.statistics.queries import portrait
from tests.factories import make_member, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(db: None) -> Program:
    program = make_program(start=date(2014, 1, 1), end=date(2015, 12, 31))
    make_member(program, "worker")
    call_command("synth", "journal", program=program.slug, entries=200, seed=5, verbosity=0)
    return program


def address(program: Program, format: str, query: str = "") -> str:
    return f"/portraits/{program.slug}/portrait.{format}{query}"


def test_the_json_of_the_page_is_that_of_the_engine(busy: Program, as_role: Any) -> None:
    given = as_role(busy, "worker").get(address(busy, "json", "?du=2014-01-01&au=2014-12-31")).json()
    wanted = portrait(program=busy, start=date(2014, 1, 1), end=date(2014, 12, 31)).as_json()
    assert {**given, "generated_at": ""} == {**wanted, "generated_at": ""}


@pytest.mark.parametrize("role", ["partner", "researcher", "tenant"])
def test_others_take_protected_figures_away(busy: Program, as_role: Any, role: str) -> None:
    given = as_role(busy, role).get(address(busy, "json")).json()
    assert given["entries"] % 5 == 0
    assert all((row["count"] or 0) % 5 == 0 for t in given["tables"] if t["unit"] == "entries" for row in t["rows"])


@pytest.mark.parametrize("format", ["csv", "xlsx", "pdf", "json"])
def test_each_format_has_its_type_and_name(busy: Program, as_role: Any, format: str) -> None:
    response = as_role(busy, "coordinator").get(address(busy, format))
    assert response.status_code == 200
    assert response["Content-Disposition"] == (
        f'attachment; filename="portrait-{busy.slug}_2014-01-01_2015-12-31.{format}"'
    )


@pytest.mark.parametrize("format", ["docx", "exe", "pdfx"])
def test_another_format_is_not_found(busy: Program, as_role: Any, format: str) -> None:
    assert as_role(busy, "worker").get(address(busy, format)).status_code == 404


def test_another_programme_s_file_is_not_found(busy: Program, as_role: Any) -> None:
    assert as_role(make_program(), "coordinator").get(address(busy, "csv")).status_code == 404


@pytest.mark.parametrize("query", ["?du=hier", "?mrc=999", "?du=2015-01-01&au=2014-01-01"])
def test_a_question_without_sense_leads_to_the_page_that_says_why(busy: Program, as_role: Any, query: str) -> None:
    response = as_role(busy, "worker").get(address(busy, "pdf", query), follow=True)
    assert "alert" in response.content.decode()


def test_the_page_offers_its_own_files(busy: Program, as_role: Any) -> None:
    shown = as_role(busy, "worker").get(f"/portraits/{busy.slug}/?du=2014-01-01&au=2014-12-31").content.decode()
    for format in ("pdf", "xlsx", "csv"):
        assert f"{address(busy, format)}?du=2014-01-01&amp;au=2014-12-31" in shown


def test_the_command_line_writes_the_same_document(busy: Program, tmp_path: Any) -> None:
    target = tmp_path / "portrait.pdf"
    call_command("portrait", program=busy.slug, format="pdf", output=target)
    assert PdfReader(io.BytesIO(target.read_bytes())).metadata.title.endswith(busy.name)
