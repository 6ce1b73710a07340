"""Every address that answers a portrait's figures, read by people outside the team: protected figures, and no other."""

import csv
import inspect
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver
from pypdf import PdfReader

from maillage.core.typography import number
from maillage.programs.models import Program
from maillage.statistics import protection
from maillage.statistics.portrait import Portrait
from maillage.statistics.queries import open_areas, portrait
from tests.factories import make_member, make_program, make_site
from tests.factories.releases import hide, make_release

pytestmark = pytest.mark.django_db
YEAR = (date(2014, 1, 1), date(2014, 12, 31))
QUESTIONS = ("", "?du=2014-01-01&au=2014-12-31", "?du=2014-04-01&au=2014-06-30", "?du=2014-05-01&au=2014-05-31")


@pytest.fixture
def busy(db: None) -> Program:
    """A programme of two years; its totals are no multiples of 5."""
    program = make_program(start=date(2014, 1, 1), end=date(2015, 12, 31), slug="temoin")
    for mrc in program.territory.children.order_by("code"):
        make_site(program, mrc=mrc, tenure="omh")
    for role in ("worker", "outreach"):
        make_member(program, role)
    call_command("synth", "journal", program=program.slug, entries=1_203, seed=7, verbosity=0)
    return program


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Every address whose view asks for a portrait, with its pattern."""

    def walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
        for entry in resolver.url_patterns:
            where = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry, where)
            elif "queries.portrait(" in inspect.getsource(inspect.getmodule(inspect.unwrap(entry.callback))):
                yield where, entry

    yield from walk(get_resolver(), "")


def addresses(slug: str) -> list[str]:
    found = []
    for where, _entry in routes():
        for format in ("json", "csv", "xlsx", "pdf") if "<str:format>" in where or "<slug:format>" in where else ("",):
            filled = re.sub(r"<\w+:slug>", slug, re.sub(r"<\w+:format>", format, where))
            if "<" not in filled:
                found.append(f"/{filled}")
    return found


def test_the_walk_meets_every_way_out() -> None:
    found = addresses("temoin")
    assert {"/portraits/temoin/", "/portraits/temoin/carte.json"} <= set(found)
    assert {f"/portraits/temoin/portrait.{format}" for format in ("json", "csv", "xlsx", "pdf")} <= set(found)


def texts(response: Any) -> str:
    """All that an answer says, as text."""
    kind, content = response["Content-Type"], response.content
    if "pdf" in kind:
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif "sheet" in kind:
        book = openpyxl.load_workbook(io.BytesIO(content))
        text = " ".join(str(c) for s in book.worksheets for line in s.iter_rows(values_only=True) for c in line)
    else:
        text = content.decode("utf-8-sig")
    return text.replace("\u202f", "").replace("\u00a0", " ")


def numbers(response: Any, program: Program) -> set[str]:
    """The numbers of three or four digits that an answer says, names of places and programmes apart."""
    text = texts(response)
    for name in (program.name, *program.territory.children.values_list("name", flat=True).order_by("code")):
        text = text.replace(name, "")
    return set(re.findall(r"(?<![\w.,-])\d{3,4}(?![\w.,-])", text))


def canaries(program: Program, question: str) -> set[str]:
    """True counts that no protected figure of the same question equals, three digits long: they can stand nowhere."""
    start, end = (date.fromisoformat(d) for d in re.findall(r"\d{4}-\d\d-\d\d", question)) if question else (None, None)
    exact, shown = (portrait(program=program, start=start, end=end, public=public) for public in (False, True))
    return {str(int(n)) for n in counted(exact) if n >= 100 and n % 5} - {str(int(n)) for n in counted(shown)}


def counted(made: Portrait) -> list[float]:
    tables = [table for table in made.tables if table.unit in protection.PROTECTED_UNITS]
    rows = [n for table in tables for row in table.rows for n in (row.count, *row.counts)]
    return [n for n in [made.entries, *(table.denominator for table in tables), *rows] if n is not None]


@pytest.mark.parametrize("role", ["partner", "researcher", "tenant"])
def test_no_address_answers_a_true_figure(busy: Program, as_role: Any, role: str) -> None:
    client = as_role(busy, role)
    for question in QUESTIONS[:2] if role != "partner" else QUESTIONS:
        hidden = canaries(busy, question)
        assert len(hidden) > 5 or question in QUESTIONS[2:]
        for address in addresses(busy.slug):
            response = client.get(address + question)
            assert response.status_code == 200, address
            said = numbers(response, busy)
            assert not said & hidden, (address, question, said & hidden)
            assert "public" not in response.headers.get("Cache-Control", "")
            assert {"no-store", "private"} & set(re.split(r",\s*", response.headers["Cache-Control"]))


def test_the_same_walk_finds_true_figures_for_the_team(busy: Program, as_role: Any) -> None:
    """The test above would see a leak: the team's answers are one."""
    client, hidden = as_role(busy, "worker"), canaries(busy, "")
    for address in addresses(busy.slug):
        if "carte.json" not in address:  # no limits are loaded
            said = numbers(client.get(address), busy)
            assert said & hidden, address


def test_figures_are_equal_on_page_chart_and_files(busy: Program, as_role: Any) -> None:
    client, made = as_role(busy, "partner"), portrait(program=busy, public=True)
    page = client.get("/portraits/temoin/")
    given = client.get("/portraits/temoin/portrait.json").json()
    assert {**given, "generated_at": ""} == {**made.as_json(), "generated_at": ""}
    drawn = page.context["drawing"]["tables"]["monthly"][1]
    assert drawn == [[row.code, row.count] for row in made.table("monthly").rows]
    lines = list(csv.DictReader(io.StringIO(texts(client.get("/portraits/temoin/portrait.csv"))), delimiter=";"))
    months = {line["code"]: line["nombre"] for line in lines if line["tableau"] == "monthly"}
    assert months == {row.code: str(row.count) for row in made.table("monthly").rows}
    assert number(made.entries) in page.content.decode()
    assert all(line["portée"] == "chiffres protégés" for line in lines)


def test_the_map_colours_only_protected_figures(busy: Program, as_role: Any) -> None:
    from maillage.territories.models import Boundary

    for at, division in enumerate(busy.territory.children.order_by("code")):
        ring = [[at, 45], [at + 1, 45], [at + 1, 46], [at, 46], [at, 45]]
        geometry = json.dumps({"type": "Polygon", "coordinates": [ring]})
        Boundary.objects.create(division=division, geometry=geometry, digest=str(at), is_schematic=True)
    client = as_role(busy, "partner")
    for question, period in (("", {}), (QUESTIONS[3], {"start": date(2014, 5, 1), "end": date(2014, 5, 31)})):
        rows = portrait(program=busy, public=True, **period).table("territory").rows
        shapes = client.get(f"/portraits/temoin/carte.json{question}").json()["features"]
        found = {shape["properties"]["label"]: shape["properties"] for shape in shapes}
        assert {row.label: row.count for row in rows} == {label: p["value"] for label, p in found.items()}
        assert all((p["text"] == "x") == (p["value"] is None) for p in found.values())


def test_the_form_offers_what_is_open_to_the_reader(busy: Program, as_role: Any) -> None:
    form = as_role(busy, "partner").get("/portraits/temoin/?du=2014-05-01&au=2014-05-31").context["form"]
    assert [value for value, _label in form.fields["annee"].choices] == ["tout", "2015", "2014"]
    assert len(form.fields["partie"].choices) == 17
    assert form.initial["partie"] == "05"
    assert "du" not in form.fields
    assert form.fields["mrc"].choices[1:] == open_areas(busy, date(2014, 5, 1), date(2014, 5, 31))
    whole = as_role(busy, "partner").get("/portraits/temoin/").context["form"]
    assert whole.fields["mrc"].choices[1:] == open_areas(busy, busy.start, busy.end)
    assert whole.fields["mrc"].choices[1:]
    assert "du" in as_role(busy, "worker").get("/portraits/temoin/").context["form"].fields


def test_an_mrc_that_is_open_can_be_chosen(busy: Program, as_role: Any) -> None:
    code, name = open_areas(busy, busy.start, busy.end)[0]
    shown = as_role(busy, "tenant").get(f"/portraits/temoin/?mrc={code}")
    assert name in shown.content.decode()
    assert shown.context["portrait"].territory == code


def test_a_refusal_keeps_what_was_asked_and_says_what_to_do(busy: Program, as_role: Any) -> None:
    code = busy.territory.children.order_by("code").first().code
    shown = as_role(busy, "partner").get(f"/portraits/temoin/?du=2014-05-01&au=2014-05-31&mrc={code}")
    text = shown.content.decode()
    assert "choisissez une période plus longue" in text
    assert shown.context["form"].initial["partie"] == "05"
    assert "portrait-block" not in text
    assert "sans filtre : retirez-le" in as_role(busy, "partner").get("/portraits/temoin/?theme=food").content.decode()


def test_protected_pages_lead_to_a_page_that_explains_them(busy: Program, as_role: Any, client: Any) -> None:
    text = as_role(busy, "partner").get("/portraits/temoin/").content.decode()
    assert "Chiffres protégés" in text
    assert 'href="/portraits/chiffres-proteges/"' in text
    explained = client.get("/portraits/chiffres-proteges/").content.decode().replace("&#x27;", "'")
    for words in ("multiple de 5", "« x »", "s'additionnent pas", "Soustraire", "au plus 8 de différence"):
        assert words in explained, words


def test_a_release_in_force_answers_its_own_question(busy: Program, as_role: Any) -> None:
    """Its figures and no others: what it hides is not shown rounded beside it."""
    exact = portrait(program=busy, start=YEAR[0], end=YEAR[1])
    kept = hide(exact.table("tenure"), "coop", "obnl")
    release = make_release(busy, (Portrait(**{**_fields(exact), "tables": (kept,)}),))
    client = as_role(busy, "partner")
    shown = client.get("/portraits/temoin/?du=2014-01-01&au=2014-12-31")
    made = shown.context["portrait"]
    assert [row.count for row in made.tables[0].rows] == [row.count for row in kept.rows]
    assert "ceux de la publication en vigueur" in shown.content.decode()
    assert f'href="/publications/{busy.slug}/"' in shown.content.decode()
    given = client.get("/portraits/temoin/portrait.json?du=2014-01-01&au=2014-12-31").json()
    assert [row["count"] for row in given["tables"][0]["rows"]] == [row.count for row in kept.rows]
    assert client.get("/portraits/temoin/carte.json?du=2014-01-01&au=2014-12-31").json()["features"] == []
    assert portrait(program=busy, start=date(2015, 1, 1), public=True).rounded  # another question is live
    assert not portrait(program=busy, start=YEAR[0], end=YEAR[1]).protected  # the team's is exact
    type(release).objects.filter(pk=release.pk).update(state="withdrawn")
    assert portrait(program=busy, start=YEAR[0], end=YEAR[1], public=True).rounded


def _fields(made: Portrait) -> dict[str, Any]:
    return {name: getattr(made, name) for name in made.__slots__}
