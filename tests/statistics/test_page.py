"""The page of a portrait, by role: what it says, what it opens, what it costs."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.test.utils import CaptureQueriesContext

from maillage.core.typography import number
from maillage.programs.models import Program
from maillage.statistics.queries import portrait
from tests.factories import make_member, make_program, make_user

pytestmark = pytest.mark.django_db
ENTRIES = 400
PROTECTED = ("partner", "researcher", "tenant")


@pytest.fixture
def busy(db: None) -> Program:
    """A programme of two years with a realistic journal."""
    program = make_program(start=date(2014, 1, 1), end=date(2015, 12, 31))
    for role in ("worker", "outreach"):
        make_member(program, role)
    call_command("synth", "journal", program=program.slug, entries=ENTRIES, seed=7, verbosity=0)
    return program


def address(program: Program, query: str = "") -> str:
    return f"/portraits/{program.slug}/{query}"


def text(response: Any) -> str:
    return response.content.decode().replace("&#x27;", "'")


def test_the_list_shows_only_my_programmes(as_role: Any) -> None:
    mine, other = make_program(name="Le mien"), make_program(name="Celui des autres")
    shown = text(as_role(mine, "worker").get("/portraits/"))
    assert "Le mien" in shown
    assert address(mine) in shown
    assert other.name not in shown


def test_the_list_of_nobody_offers_the_first_step(sign_in: Any) -> None:
    assert "Aucun portrait à lire" in text(sign_in(make_user()).get("/portraits/"))


@pytest.mark.parametrize("role", ["worker", "outreach", "coordinator", "administrator"])
def test_the_team_reads_exact_figures_that_open(busy: Program, as_role: Any, role: str) -> None:
    shown = text(as_role(busy, role).get(address(busy)))
    assert "Chiffres exacts, non publiables" in shown
    assert "/journal/?programme=" in shown


@pytest.mark.parametrize("role", PROTECTED)
def test_others_read_protected_figures_without_links(busy: Program, as_role: Any, role: str) -> None:
    shown = text(as_role(busy, role).get(address(busy)))
    assert "Chiffres protégés" in shown
    assert "des multiples de 5" in shown
    assert "non publiables" not in shown
    assert "/journal/?" not in shown
    assert 'name="du"' not in shown


@pytest.mark.parametrize("query", ["?mrc=X", "?du=2014-02-01&au=2014-03-31", "?theme=food"])
def test_a_question_closed_to_a_reader_gets_a_sentence(busy: Program, as_role: Any, query: str) -> None:
    response = as_role(busy, "partner").get(address(busy, query))
    assert response.status_code == 200
    assert "alert" in text(response)
    assert "portrait-block" not in text(response)


def test_every_figure_of_the_page_is_that_of_the_json(busy: Program, as_role: Any) -> None:
    shown = text(as_role(busy, "worker").get(address(busy)))
    for table in portrait(program=busy).tables:
        if table.id == "monthly":
            continue
        block = re.search(rf'<article[^>]*id="{table.id}".*?</article>', shown, re.S)
        assert block, table.id
        printed = [
            re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td>(.*?)(?=<td>|<tr|</tbody>)", block[0], re.S)
        ]
        wanted = (
            [count for row in table.rows for count in row.counts] if table.columns else [r.count for r in table.rows]
        )
        for count in wanted:
            if count:
                digits = 0 if float(count).is_integer() else 1
                assert number(count, digits) in [cell.strip() for cell in printed], (table.id, count)


def test_each_link_opens_exactly_the_entries_that_its_figure_counts(busy: Program, as_role: Any) -> None:
    client, checked = as_role(busy, "coordinator"), 0
    for query, most in (("", 99), ("?du=2014-03-01&au=2014-11-15", 2)):
        response = client.get(address(busy, query))
        for section in response.context["sections"]:
            for block in section.blocks:
                if block.table.unit != "entries":
                    continue
                for cell in [cell for line in block.lines for cell in line.cells if cell.href][:most]:
                    found = client.get(cell.href).context["totals"].entries
                    assert number(found) == cell.text, (block.id, cell)
                    checked += 1
    assert checked > 60


def test_the_total_opens_the_whole_journal_of_the_portrait(busy: Program, as_role: Any) -> None:
    client = as_role(busy, "worker")
    mrc = busy.territory.children.order_by("code").first().code
    for query in ("", f"?mrc={mrc}", "?du=2014-01-01&au=2014-12-31", "?theme=food"):
        figure = client.get(address(busy, query)).context["figures"][0]
        assert number(client.get(figure.href).context["totals"].entries) == figure.text


def test_the_journal_s_filters_are_visible_and_removable(busy: Program, as_role: Any) -> None:
    response = as_role(busy, "worker").get(address(busy, "?theme=food&du=2014-01-01&au=2014-12-31"))
    assert response.context["filters"] == [
        {"label": "Thème", "value": "Alimentation", "remove": address(busy, "?du=2014-01-01&au=2014-12-31")}
    ]
    assert 'name="theme" value="food"' in text(response)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("?annee=2014&partie=t2", "?du=2014-04-01&au=2014-06-30"),
        ("?annee=2014&partie=&mrc=&comparer=", "?du=2014-01-01&au=2014-12-31"),
        ("?annee=2015&partie=02&comparer=oui", "?du=2015-02-01&au=2015-02-28&comparer=oui"),
        ("?annee=tout&partie=t2&du=2014-01-01", ""),
        ("?annee=dates&du=2014-05-03&au=2014-06-04", "?du=2014-05-03&au=2014-06-04"),
    ],
)
def test_a_choice_of_period_leads_to_its_one_address(busy: Program, as_role: Any, query: str, wanted: str) -> None:
    response = as_role(busy, "worker").get(address(busy, query))
    assert response.status_code == 302
    assert response["Location"] == address(busy, wanted)


def test_choosing_dates_shows_the_two_dates(busy: Program, as_role: Any) -> None:
    response = as_role(busy, "worker").get(address(busy, "?annee=dates&partie="))
    assert response.status_code == 200
    assert 'type="date"' in text(response)
    assert 'name="du"' not in text(as_role(busy, "worker").get(address(busy)))


def test_an_exchange_gives_what_a_reload_would(busy: Program, as_role: Any) -> None:
    client = as_role(busy, "worker")
    part = client.get(address(busy, "?annee=2014&partie=t2"), headers={"HX-Request": "true"})
    whole = client.get(address(busy, "?du=2014-04-01&au=2014-06-30"))
    assert part["HX-Push-Url"] == address(busy, "?du=2014-04-01&au=2014-06-30")
    assert text(part).strip() in text(whole)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?du=hier", "« hier » n'est pas une date"),
        ("?du=2015-01-01&au=2014-01-01", "inversez les deux dates"),
        ("?mrc=999", "n'est pas celui d'une MRC"),
        ("?annee=abc", "n'est pas une année"),
        ("?annee=99999999999999999999", "n'est pas une année"),
        ("?annee=2014&partie=t9", "n'est pas une année"),
    ],
)
def test_what_makes_no_sense_gets_a_sentence(busy: Program, as_role: Any, query: str, sentence: str) -> None:
    response = as_role(busy, "worker").get(address(busy, query), follow=True)
    assert response.status_code == 200
    assert sentence in text(response)


def test_a_comparison_shows_where_figures_went(busy: Program, as_role: Any) -> None:
    client = as_role(busy, "worker")
    compared = client.get(address(busy, "?du=2015-01-01&au=2015-12-31&comparer=oui"))
    assert compared.context["previous"] == (busy.name, "2014")
    assert "Les écarts comparent avec" in text(compared)
    assert re.search(r"(point|stable)", text(compared))
    assert client.get(address(busy)).context["previous"] is None


def test_a_second_edition_is_compared_with_the_first(busy: Program, as_role: Any, sign_in: Any) -> None:
    second = make_program(
        start=date(2016, 1, 1),
        end=date(2016, 12, 31),
        frame=busy.frame,
        territory=busy.territory,
        previous_edition=busy,
    )
    member = make_member(second, "worker")
    call_command("synth", "journal", program=second.slug, entries=60, seed=3, verbosity=0)
    client = sign_in(member.user)
    assert client.get(address(second, "?comparer=oui")).context["previous"] is None  # not a member of the first
    make_member(busy, "worker", user=member.user)
    assert client.get(address(second, "?comparer=oui")).context["previous"][0] == busy.name


def test_an_empty_programme_says_so(as_role: Any) -> None:
    program = make_program()
    assert "Aucune intervention pour cette période" in text(as_role(program, "worker").get(address(program)))


@pytest.mark.django_db(transaction=True)
def test_the_page_keeps_its_budget(busy: Program, as_role: Any, django_assert_max_num_queries: Any) -> None:
    """Outside a transaction, as a server answers: inside one, the facts are read again each time."""
    for role, most in (("coordinator", 12), ("partner", 13)):  # one more: whether a publication answers the question
        client = as_role(busy, role)
        response = client.get(address(busy))
        assert len(response.content) <= 60_000
        with django_assert_max_num_queries(most):
            client.get(address(busy))


def test_queries_do_not_grow_with_the_journal(as_role: Any) -> None:
    from django.db import connection

    program = make_program(start=date(2014, 1, 1), end=date(2015, 12, 31))
    make_member(program, "worker")
    client, counts = as_role(program, "coordinator"), []
    for entries in (30, 300):  # with fewer, whole kinds of codes are missing and not asked for
        call_command("synth", "journal", program=program.slug, entries=entries, seed=1, verbosity=0)
        client.get(address(program))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(program))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_in_english_has_english_numbers(busy: Program, sign_in: Any) -> None:
    member = make_member(busy, "worker", user=make_user(language="en"))
    shown = sign_in(member.user).get(address(busy))
    assert re.search(r">\d+%<", text(shown))


def test_specifications_are_kept_by_browsers(busy: Program, as_role: Any) -> None:
    client = as_role(busy, "tenant")
    where = client.get(address(busy)).context["drawing"]["address"]
    response = client.get(where)
    assert {"bars", "heat", "months", "places", "strip"} <= response.json()["specs"].keys()
    assert "immutable" in response["Cache-Control"]
    assert client.get("/portraits/graphiques/xx-0.json").status_code == 404
    assert "immutable" not in client.get("/portraits/graphiques/fr-0.json")["Cache-Control"]


def test_the_map_has_the_figures_of_the_table(busy: Program, as_role: Any) -> None:
    from maillage.territories.models import Boundary

    rows = portrait(program=busy).table("territory").rows
    for at, division in enumerate(busy.territory.children.order_by("code")):
        ring = [[at, 45], [at + 1, 45], [at + 1, 46], [at, 46], [at, 45]]
        geometry = f'{{"type":"Polygon","coordinates":[{ring}]}}'
        Boundary.objects.create(division=division, geometry=geometry, digest=str(at), is_schematic=True)
    found = as_role(busy, "worker").get(address(busy, "carte.json")).json()
    assert found["schematic"] is True
    assert [shape["properties"]["value"] for shape in found["features"]] == [row.count for row in rows]
    assert as_role(busy, "partner").get(address(busy, "carte.json?mrc=1")).status_code == 400
