"""Published figures as anybody reads them: frozen, explained, kept by caches, and nothing of the journal asked."""

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.journal.models import Entry
from maillage.programs.models import Program
from maillage.statistics.models import Release
from tests.factories import make_program, make_release

from .publications import two_portraits

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(program: Program) -> Release:
    return make_release(program, two_portraits())


@pytest.fixture
def where(release: Release) -> str:
    return f"/publications/{release.program.slug}/1/v1/"


def text(response: Any) -> str:
    assert response.status_code == 200, response
    return response.content.decode().replace("&#x27;", "'").replace("\u202f", " ").replace("\xa0", " ")


def read(address: str) -> str:
    return text(Client().get(address))


def test_the_home_page_and_the_top_bar_lead_to_the_publications(release: Release) -> None:
    assert 'href="/publications/"' in read("/")
    assert release.title in read("/")
    assert f'href="/publications/{release.program.slug}/1/"' in read("/publications/")


def test_the_list_is_searched_by_words_and_year_the_newest_first(release: Release) -> None:
    other = make_program(name="Démarche de Shawinigan")
    late = datetime(2026, 11, 21, tzinfo=UTC)
    make_release(
        other, two_portraits(), title="Été 2015", start=date(2015, 7, 1), end=date(2015, 9, 30), published_at=late
    )
    shown = read("/publications/")
    assert shown.index("Été 2015") < shown.index("Portrait de 2014")
    for query, titles in {
        "?q=shawinigan ete": {"Été 2015"},
        "?annee=2014": {"Portrait de 2014"},
        "?annee=abc": {"Été 2015", "Portrait de 2014"},
        "?q=rien": set(),
    }.items():
        found = read(f"/publications/{query}")
        assert {title for title in ("Été 2015", "Portrait de 2014") if title in found} == titles, query
    assert "Été 2015" not in read(f"/publications/{release.program.slug}/")


def test_drafts_exist_for_nobody(release: Release, where: str) -> None:
    Release.objects.update(state="draft")
    for address in (where, f"{where}attaque/", f"{where}carte.json", f"/publications/{release.program.slug}/"):
        assert Client().get(address).status_code == 404
    assert release.title not in read("/publications/")


def test_the_page_says_what_it_is(release: Release, where: str) -> None:
    shown = read(where)
    for words in (release.title, release.program.name, "20 novembre 2026", "Publication 1, version 1"):
        assert words in shown
    assert "Creative Commons" in shown
    assert f"http://testserver{where}" in shown  # how to cite it
    assert f'rel="canonical" href="{where}"' in read(f"/publications/{release.program.slug}/1/")


def test_a_hidden_figure_prints_x_and_is_explained(where: str) -> None:
    shown = read(f"{where}?territoire=2402500")
    block = re.search(r'<article[^>]*id="tenure".*?</article>', shown, re.S)
    assert block
    assert re.search(r"Autre ou non précisé<td[^>]*>\s*(<[^>]+>)?x", block[0])
    assert "Pourquoi des « x »" in shown
    assert "Un chiffre caché n'est pas zéro" in shown


def test_territories_are_chosen_by_links(where: str) -> None:
    shown = read(where)
    assert f'href="{where}?territoire=2402500"' in shown
    assert "1 234" in read(f"{where}?territoire=2402500")
    assert Client().get(f"{where}?territoire=999").status_code == 404


def test_the_public_asks_nothing_of_the_journal(release: Release, where: str) -> None:
    before = {address: read(address) for address in (where, f"{where}?territoire=2402500", f"{where}attaque/")}
    Entry.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        for address, shown in before.items():
            assert read(address) == shown
        Client().get(f"{where}carte.json")
        read("/publications/")
    asked = " ".join(query["sql"] for query in queries)
    for live in ("journal_", "programs_programsite", "programs_term", "core_change", "programs_membership"):
        assert live not in asked, live


def test_the_map_has_the_published_figures(release: Release, where: str) -> None:
    from maillage.territories.models import Boundary, Division

    for at, code in enumerate(("2402500", "2401700")):
        division = Division.objects.create(level="mrc", code=code, name=f"MRC {code}")
        ring = [[at, 45], [at + 1, 45], [at + 1, 46], [at, 46], [at, 45]]
        geometry = json.dumps({"type": "Polygon", "coordinates": [ring]})
        Boundary.objects.create(division=division, geometry=geometry, digest=code, is_schematic=True)
    shapes = Client().get(f"{where}carte.json").json()["features"]
    figures = {shape["properties"]["label"]: shape["properties"]["value"] for shape in shapes}
    assert figures == {"MRC 2402500": 880, "MRC 2401700": None}


def test_a_superseded_version_stays_and_names_its_successor(release: Release, where: str) -> None:
    Release.objects.update(state="superseded")
    make_release(release.program, two_portraits(), version=2, note="Un total corrigé.")
    shown = read(where)
    assert "La version 1 a été remplacée" in shown
    assert where.replace("v1", "v2") in shown
    assert "Un total corrigé." in shown
    assert "10 400" in shown
    in_force = read(f"/publications/{release.program.slug}/1/")
    assert "Publication 1, version 2" in in_force
    assert "a été remplacée" not in in_force


def test_a_withdrawn_version_shows_no_figure(release: Release, where: str) -> None:
    Release.objects.update(state="withdrawn", withdrawal="Un milieu manquait.")
    for address in (where, f"/publications/{release.program.slug}/1/", f"{where}attaque/"):
        shown = read(address)
        assert "Cette publication a été retirée" in shown
        assert "Un milieu manquait." in shown
        assert "10 400" not in shown
        assert "portrait-block" not in shown
    assert Client().get(f"{where}carte.json").status_code == 404
    assert release.title in read("/publications/")


def test_the_attack_report_tells_each_hidden_figure(release: Release, where: str) -> None:
    shown = read(f"{where}attaque/")
    assert "Ce que peut déduire quelqu'un qui connaît tout ce qui est publié" in shown
    assert '<a href="?tableau=tenure">' in shown
    one = read(f"{where}attaque/?tableau=tenure")
    assert re.search(r"Lévis.*Autre ou non précisé.*entre 0 et 14", one, re.S)
    assert "L'Islet" not in one
    assert Client().get(f"{where}attaque/?tableau=rien").status_code == 404


def test_nothing_says_which_figures_are_small(release: Release, where: str) -> None:
    Release.objects.update(findings={"reasons": {"tenure||other|": ["sensitive"]}}, ledger={"secret": 31337})
    for address in (where, f"{where}attaque/?tableau=tenure"):
        assert "sensitive" not in read(address)
        assert "31337" not in read(address)


def test_caches_keep_a_version_and_ask_whether_it_changed(release: Release, where: str) -> None:
    first = Client().get(where)
    assert first["Cache-Control"] == "public, max-age=3600"
    assert "Cookie" in first["Vary"]
    assert not first.cookies
    assert first.has_header("Last-Modified")
    again = Client().get(where, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    Release.objects.update(state="withdrawn")
    assert Client().get(where, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_page_of_a_person_is_kept_by_no_cache(where: str, as_role: Any, program: Program) -> None:
    assert as_role(program, "worker").get(where)["Cache-Control"] == "no-store"


def test_pages_keep_their_budget(release: Release, where: str) -> None:
    for address, most in ((where, 3), (f"{where}attaque/", 3), ("/publications/", 2), ("/", 1)):
        Client().get(address)
        with CaptureQueriesContext(connection) as queries:
            Client().get(address)
        assert len(queries) <= most, [query["sql"] for query in queries]


@pytest.mark.parametrize("tail", ["0/", "9/", "99999999999999999999999/", "1/v9/", "1/v99999999999999999999/"])
def test_an_address_that_leads_nowhere(release: Release, tail: str) -> None:
    assert Client().get(f"/publications/{release.program.slug}/{tail}").status_code == 404
