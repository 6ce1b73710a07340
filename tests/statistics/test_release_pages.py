"""The coordinator's path: choose, look at what will be hidden, publish, correct, withdraw; and the rules of protection."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.core.models import AuditEvent
from maillage.programs.models import Program
from maillage.statistics import release_periods
from maillage.statistics.models import ProtectionPolicy, Release
from tests.factories import make_entry, make_program

from .release_world import make_world

pytestmark = pytest.mark.django_db
YEAR = "year:2013-01-01"


@pytest.fixture
def world(db: None) -> Program:
    return make_world(consent=True)


@pytest.fixture
def client(world: Program, as_role: Any) -> Client:
    return as_role(world, "coordinator")


def text(response: Any) -> str:
    assert response.status_code == 200, response
    return response.content.decode().replace("&#x27;", "'").replace("\u202f", " ").replace("\xa0", " ")


def prepared(client: Client, program: Program, **data: Any) -> Release:
    """A draft made through the form."""
    from maillage.statistics.definitions import ORDER

    sent = {"periode": YEAR, "niveaux": ["mrc"], "tableaux": list(ORDER), "titre": "", **data}
    response = client.post(f"/portraits/{program.slug}/publier/", sent)
    assert response.status_code == 302, text(response)
    draft = Release.objects.get(uid=response["Location"].rstrip("/").rsplit("/", 1)[1])
    assert draft.state == "draft"
    return draft


def where(release: Release) -> str:
    return f"/portraits/{release.program.slug}/publications/{release.uid}/"


def test_only_finished_periods_of_the_calendar_are_offered() -> None:
    program = make_program(start=date(2014, 2, 10), end=date(2015, 3, 31))
    offered = dict(release_periods.offered(program))
    assert [value for value, _l in offered["Toute la durée du programme"]] == ["whole"]
    assert offered["Années"] == [
        ("year:2015-01-01", "2015 (de janvier à mars 2015)"),
        (
            "year:2014-01-01",
            "2014 (du 10 février 2014 au 31 décembre 2014)".replace("10 f", "10\xa0f").replace("31 d", "31\xa0d"),
        ),
    ]
    assert [value for value, _l in offered["Trimestres"]][-1] == "quarter:2014-01-01"
    assert len(offered["Mois"]) == 14
    going_on = make_program(start=date.today().replace(day=1))
    assert release_periods.offered(going_on) == []


@pytest.mark.parametrize("value", ["whole", "year:2014-01-01", "quarter:2014-04-01", "month:2014-07-01"])
def test_a_period_and_its_dates_name_each_other(value: str) -> None:
    from maillage.statistics.release import calendar

    program = make_program(start=date(2013, 4, 1), end=date(2016, 3, 31))
    bounds = calendar.bounds(program, *release_periods.chosen(value))
    assert release_periods.of_portrait(program, *bounds) == value
    assert release_periods.of_portrait(program, date(2014, 1, 3), date(2014, 2, 7)) == ""


def test_the_portrait_of_a_finished_period_is_published_by_one_tap(
    world: Program, client: Client, as_role: Any
) -> None:
    finished = text(client.get(f"/portraits/{world.slug}/?du=2013-01-01&au=2013-12-31"))
    assert f'href="/portraits/{world.slug}/publier/?periode=year%3A2013-01-01"' in finished
    assert '<option value="year:2013-01-01" selected>' in text(
        client.get(f"/portraits/{world.slug}/publier/?periode=year%3A2013-01-01")
    )
    for query in ("?du=2013-01-03&au=2013-12-31", "?du=2013-01-01&au=2013-12-31&theme=food"):
        assert "Publier cette période" not in text(client.get(f"/portraits/{world.slug}/{query}"))
    worker = as_role(world, "worker")
    assert "Publier cette période" not in text(worker.get(f"/portraits/{world.slug}/?du=2013-01-01&au=2013-12-31"))


def test_from_the_choice_to_the_public_page(world: Program, client: Client) -> None:
    draft = prepared(client, world, titre="Notre année 2013")
    public = f"/publications/{world.slug}/1/"
    assert Client().get(public).status_code == 404
    shown = text(client.get(where(draft)))
    for words in ("Publier", "Abandonner", "Chiffres exacts, non publiables", "Pourquoi des chiffres sont cachés"):
        assert words in shown
    assert client.post(where(draft), {"do": "publish"}).status_code == 302
    assert "Notre année 2013" in text(Client().get(public))
    assert "Lire la page publique" in text(client.get(where(draft)))
    assert f'href="{where(draft)}"' in text(client.get(f"/portraits/{world.slug}/publications/"))
    assert AuditEvent.objects.filter(verb="statistics.release_published").count() == 1


def test_the_draft_tells_exact_public_and_why(world: Program, client: Client) -> None:
    draft = prepared(client, world)
    shown = text(client.get(where(draft)))
    hidden = [key.split("|") for key, codes in draft.findings["reasons"].items() if key.split("|")[1] == ""]
    assert hidden
    assert "Le chiffre compte trop peu de personnes ou d'interventions." in shown
    assert "Le chiffre est caché pour qu'on ne puisse pas en calculer un autre par différence." in shown
    seen = [line for table in client.get(where(draft)).context["seen"] for line in table.lines]
    assert {line.public == "x" for line in seen} == {True, False}
    for line in seen:
        assert line.exact
        assert (line.public == line.exact) if line.public != "x" else line.reasons


def test_the_draft_is_looked_at_by_territory(world: Program, client: Client) -> None:
    draft = prepared(client, world)
    mrc = world.territory.children.order_by("code").first()
    assert mrc.name in text(client.get(where(draft)))
    assert client.get(f"{where(draft)}?territoire={mrc.code}").context["area"] == mrc.code
    assert client.get(f"{where(draft)}?territoire=999").status_code == 404


def test_what_is_left_to_read_adds_up(world: Program, client: Client) -> None:
    draft = prepared(client, world)
    context = client.get(where(draft)).context
    for parts in (context["tables"], context["areas"]):
        assert sum(part.hidden for part in parts) == len(draft.attack["figures"])
        assert all(0 <= part.figures <= 1 and 0 <= part.weight <= 1 for part in parts)
    hidden = {part.id for part in context["tables"] if part.hidden >= 8 and part.figures < 0.6}
    assert {part.id for part in context["tables"] if part.title in context["advised"]} == hidden


def test_what_a_consent_would_show_is_said(world: Program, client: Client) -> None:
    assert "Inscrire l'accord" not in text(client.get(where(prepared(client, world))))
    ProtectionPolicy.objects.filter(program=world).delete()
    draft = prepared(client, world)
    assert client.get(where(draft)).context["unconsented"] > 0
    assert "Inscrire l'accord" in text(client.get(where(draft)))


def test_an_advised_draft_is_prepared_again_without_what_hides_much(world: Program, client: Client) -> None:
    draft = prepared(client, world)
    query = release_periods.proposal(draft, without=["themes"])
    form = text(client.get(f"/portraits/{world.slug}/publier/?{query}"))
    assert '<option value="year:2013-01-01" selected>' in form
    assert re.search(r'value="tenure"[^>]* checked', form)
    assert not re.search(r'value="themes"[^>]* checked', form)


def test_a_draft_is_abandoned(world: Program, client: Client) -> None:
    draft = prepared(client, world)
    assert client.post(where(draft), {"do": "discard"})["Location"] == f"/portraits/{world.slug}/publications/"
    assert not Release.objects.exists()


def test_a_publication_is_corrected_then_withdrawn(world: Program, client: Client) -> None:
    first = prepared(client, world)
    client.post(where(first), {"do": "publish"})
    assert "Écrivez ce que la nouvelle version corrige" in text(
        client.post(where(first), {"do": "correct"}, follow=True)
    )
    for _ in range(30):
        make_entry(world, world.memberships.filter(role="worker").first(), date=date(2013, 6, 6))
    address = client.post(where(first), {"do": "correct", "note": "Trente interventions oubliées."})["Location"]
    second = Release.objects.get(uid=address.rstrip("/").rsplit("/", 1)[1])
    assert (second.number, second.version) == (1, 2)
    client.post(where(second), {"do": "publish"})
    public = text(Client().get(f"/publications/{world.slug}/1/"))
    assert "version 2" in public
    assert "La version 1 a été remplacée" in text(Client().get(f"/publications/{world.slug}/1/v1/"))
    assert "pourquoi" in text(client.post(where(second), {"do": "withdraw"}, follow=True))
    client.post(where(second), {"do": "withdraw", "reason": "Un milieu compté deux fois."})
    assert "Un milieu compté deux fois." in text(Client().get(f"/publications/{world.slug}/1/"))


def test_what_cannot_be_published_gets_a_sentence(world: Program, client: Client) -> None:
    form = f"/portraits/{world.slug}/publier/"
    for data, sentence in (
        ({"periode": "year:2031-01-01", "tableaux": ["tenure"]}, "Cette période n'est pas terminée"),
        ({"periode": YEAR, "tableaux": []}, "obligatoire"),
        ({"periode": YEAR, "tableaux": ["rien"]}, "rien"),
        ({"periode": YEAR, "tableaux": ["tenure"], "niveaux": ["lune"]}, "lune"),
        ({"periode": "month:2015-05-01", "tableaux": ["tenure"]}, "il n'y a rien à publier"),
    ):
        assert sentence in text(client.post(form, data)), data
    assert not Release.objects.exists()


def test_with_a_script_the_draft_opens_by_itself(world: Program, client: Client) -> None:
    data = {"periode": YEAR, "tableaux": ["tenure", "nature"]}
    answer = client.post(f"/portraits/{world.slug}/publier/", data, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == where(Release.objects.get())
    assert Release.objects.get().tables == ["tenure", "nature"]


def test_another_action_is_refused_in_a_sentence(world: Program, client: Client) -> None:
    draft = prepared(client, world)
    for data in ({}, {"do": "explode"}, {"do": "withdraw", "reason": "x"}):
        assert "alert-danger" in text(client.post(where(draft), data, follow=True))
    assert Release.objects.get().state == "draft"


def test_thresholds_only_go_up(world: Program, client: Client) -> None:
    page = f"/portraits/{world.slug}/protection/"
    low = {"do": "thresholds", "threshold": 4, "sensitive_threshold": 10, "smallest_area": 40}
    assert "alert-danger" in text(client.post(page, low))
    assert client.post(page, {**low, "threshold": 8}).status_code == 302
    assert ProtectionPolicy.objects.get().threshold == 8


def test_an_agreement_is_recorded_dated_and_taken_back(client: Client, as_role: Any) -> None:
    program = make_program()
    page, coordinator = f"/portraits/{program.slug}/protection/", as_role(program, "coordinator")
    given = {"do": "consent", "accord": "Toute l'équipe, en réunion.", "le": "2014-05-01"}
    for wrong in ({**given, "le": "hier"}, {**given, "accord": " "}, {**given, "le": "2999-01-01"}):
        assert "alert-danger" in text(coordinator.post(page, wrong))
    assert coordinator.post(page, given).status_code == 302
    assert "Accord donné le 1er mai 2014" in text(coordinator.get(page))
    assert coordinator.post(page, {"do": "withdraw"}).status_code == 302
    assert ProtectionPolicy.objects.get(program=program).consent == ""


def test_pages_of_releases_keep_their_budget(world: Program, client: Client) -> None:
    draft = prepared(client, world)
    pages = (where(draft), f"/portraits/{world.slug}/publications/", f"/portraits/{world.slug}/publier/")
    for address in pages:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) <= 12, (address, [query["sql"] for query in queries])
