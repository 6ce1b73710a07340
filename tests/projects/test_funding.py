"""The search for money: which sources suit a project and why, deadlines, requests to the cent."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.errors import Refused
from maillage.projects.deadlines import Opening, deadline
from maillage.projects.funding_match import Match, Place, Wanted, match
from maillage.projects.funding_search import suggestions
from maillage.projects.models import FundingRequest, FundingSource, Project
from maillage.projects.services.funding import follow, save_request
from tests.factories import make_division, make_project, make_project_person, make_user
from tests.factories.projects_activities import make_source


@pytest.fixture
def lead(db: None) -> Any:
    return make_user(is_administrator=True)


@pytest.fixture
def project(lead: Any) -> Project:
    """A garden in an MRC, led by `lead`."""
    project = make_project(name="Jardin collectif", summary="Cultiver ensemble et mieux manger.")
    project.territories.add(make_division("mrc", name="Lotbinière"))
    make_project_person(project, "lead", lead)
    return project


def test_a_source_suits_by_its_theme_and_territory_and_says_why(project: Project) -> None:
    here = project.territories.get()
    region = here.parent or here
    elsewhere = make_division("mrc")
    garden = make_source(themes=["jardins collectifs", "transport"], territories=[region])
    anywhere = make_source(themes=[], closes_on=timezone.localdate() + timedelta(days=10))
    make_source(themes=["transport"])
    make_source(themes=["jardin"], territories=[elsewhere])
    make_source(themes=["jardin"], closes_on=timezone.localdate() - timedelta(days=1))
    again = make_source(themes=["jardin"], closes_on=timezone.localdate() - timedelta(days=1), is_yearly=True)
    make_source(themes=["jardin"], is_retired=True)
    found, count = suggestions(project)
    assert [one.source for one in found] == [garden, again, anywhere]
    assert count == 3
    shown, count = suggestions(project, 1)
    assert ([one.source for one in shown], count) == ([garden], 3)
    assert found[0].match == Match(("jardins collectifs",), (region.name,))
    assert found[1].deadline.opening == Opening.AGAIN
    assert found[2].deadline.opening == Opening.SOON


def test_a_request_is_followed_from_the_project_page(project: Project, lead: Any, sign_in: Any) -> None:
    client = sign_in(lead)
    source = make_source(name="Fonds vert", themes=["jardin"], closes_on=timezone.localdate() + timedelta(days=5))
    page = client.get(f"/projets/{project.slug}/financement/").content.decode()
    assert "Fonds vert" in page
    assert "<strong>jardin</strong>" in page
    new = f"/projets/{project.slug}/financement/demander/?source={source.uid}"
    assert str(source.closes_on) in client.get(new).content.decode()
    typed = {"source": str(source.pk), "state": "asked", "asked": "5 500,50 $", "asked_on": "2026-01-12"}
    assert client.post(new, typed).status_code == 302
    request = FundingRequest.objects.get()
    assert request.asked == Decimal("5500.50")
    page = client.get(f"/projets/{project.slug}/financement/").content.decode()
    assert "5\u202f500,50\u00a0$" in page
    assert "Suivre une demande" not in page, "what is asked is not proposed again"
    typed |= {"state": "partly", "granted": "2,000", "answered_on": "2026-02-01", "reason": "Pour le matériel."}
    assert client.post(f"/projets/financement/demandes/{request.uid}/", typed).status_code == 302
    assert "2\u202f000\u00a0$" in client.get(f"/projets/{project.slug}/financement/").content.decode()
    client.post(f"/projets/financement/demandes/{request.uid}/retirer/")
    assert FundingRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"state": "to_make"}, "à qui la demande est faite"),
        ({"funder": "Caisse", "state": "asked"}, "quel jour la demande"),
        ({"funder": "Caisse", "state": "granted", "asked_on": "2026-01-01"}, "quel jour la réponse"),
        ({"funder": "Caisse", "state": "to_make", "granted": "100"}, "changez l"),
        ({"funder": "Caisse", "state": "asked", "asked_on": "2026-01-01", "asked": "100 EUR"}, "dollars canadiens"),
        (
            {"funder": "Caisse", "state": "granted", "asked_on": "2026-02-01", "answered_on": "2026-01-01", "granted": "1"},
            "précède la demande",
        ),
        (
            {"funder": "Caisse", "state": "granted", "asked_on": "2026-01-01", "answered_on": "2026-02-01", "asked": "9", "granted": "1"},
            "Accordé en partie",
        ),
        ({"funder": "Caisse", "state": "dropped", "reason": "Née le 4 mai 1951"}, "Retirez ce qui dit qui"),
        ({"funder": "Caisse", "state": "asked", "asked_on": "2100-01-01"}, "dans l"),
    ],
)  # fmt: skip
def test_what_does_not_hold_together_gets_a_sentence(
    project: Project, lead: Any, sign_in: Any, typed: dict[str, str], sentence: str
) -> None:
    answer = sign_in(lead).post(f"/projets/{project.slug}/financement/demander/", typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not FundingRequest.objects.exists()


def test_a_source_is_written_kept_and_retired(project: Project, lead: Any, sign_in: Any) -> None:
    client, here = sign_in(lead), project.territories.get()
    typed = {
        "name": "Fonds vert", "funder": "Ville", "kind": "municipal", "themes": "jardin, jardin, sols",
        "territories": here.code, "least": "500", "most": "10 000", "closes_on": "2027-01-31", "is_yearly": "on",
    }  # fmt: skip
    assert client.post("/projets/financement/nouvelle/", {**typed, "most": "100"}).status_code == 422
    wrong = client.post("/projets/financement/nouvelle/", {**typed, "territories": "Nulle part"})
    assert "« Nulle part »" in wrong.content.decode()
    wrong = client.post("/projets/financement/nouvelle/", {**typed, "opens_on": "2027-05-01"})
    assert "précède l" in wrong.content.decode()
    assert not FundingSource.objects.exists()
    assert client.post("/projets/financement/nouvelle/", typed).status_code == 302
    source = FundingSource.objects.get()
    assert source.themes == ["jardin", "sols"]
    assert list(source.territories.order_by("id")) == [here]
    edit = f"/projets/financement/{source.uid}/modifier/"
    assert "10\u202f000" in client.get(edit).content.decode()
    follow(actor=lead, project=project, source=source)
    assert "Jardin collectif" in client.get(f"/projets/financement/{source.uid}/").content.decode()
    assert client.post(edit, {**typed, "is_retired": "on"}).status_code == 302
    assert "Fonds vert" not in client.get("/projets/financement/").content.decode().split('id="results"')[1]
    assert "Fonds vert" in client.get("/projets/financement/?quand=retires&q=sols").content.decode()


def test_what_is_to_be_asked_soon_is_said_first(project: Project, lead: Any, sign_in: Any) -> None:
    for days in (-3, 20, 400):
        values = {"funder": f"Caisse {days}", "state": "to_make", "due_on": timezone.localdate() + timedelta(days=days)}
        save_request(actor=lead, request=FundingRequest(project=project), values=values)
    page = sign_in(lead).get("/projets/financement/").content.decode()
    assert "Caisse -3" in page
    assert "En retard" in page
    assert "Caisse 20" in page
    assert "Caisse 400" not in page


@pytest.mark.django_db
def test_only_those_who_carry_the_project_ask(project: Project) -> None:
    with pytest.raises(Refused):
        follow(actor=make_user(), project=project, source=make_source())


@pytest.mark.parametrize("many", [3, 30])
def test_the_pages_take_the_same_few_queries(
    project: Project, lead: Any, sign_in: Any, many: int, django_assert_max_num_queries: Any
) -> None:
    client, region = sign_in(lead), project.territories.get()
    for rank in range(many):
        source = make_source(themes=["jardin"], territories=[region])
        make_source(themes=["jardin"], territories=[region])
        FundingRequest.objects.create(project=project, source=source, due_on=timezone.localdate())
        assert rank < many
    for address in (
        "/projets/financement/",
        f"/projets/financement/{source.uid}/",
        f"/projets/{project.slug}/financement/",
    ):
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


DAYS = st.none() | st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(opens=DAYS, closes=DAYS, yearly=st.booleans(), today=st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_a_deadline_is_open_between_its_days_only(
    opens: date | None, closes: date | None, yearly: bool, today: date
) -> None:
    found = deadline(opens, closes, yearly, today)
    assert found.is_open == ((opens is None or opens <= today) and (closes is None or today <= closes))
    assert found.sentence


WORDS = st.sampled_from(["jardin", "transport", "aînés", "logement", "climat"])
PLACES = st.lists(st.builds(Place, st.integers(1, 6), st.just("Lieu"), st.frozensets(st.integers(1, 6))), max_size=3)


@given(texts=st.lists(WORDS), themes=st.lists(WORDS), own=PLACES, served=PLACES)
def test_a_match_says_only_what_is_common(
    texts: list[str], themes: list[str], own: list[Place], served: list[Place]
) -> None:
    found = match(Wanted.of(texts, own), themes, served)
    common = set(texts) & set(themes)
    near = not served or not own or any(place.meets(mine) for place in served for mine in own)
    assert (found is not None) == ((not themes or bool(common)) and near)
    if found is not None:
        assert set(found.themes) == common
        assert match(Wanted.of([*texts, "climat"], own), themes, served) is not None, "more words never lose a source"


FILE = (
    "Programme;Bailleur;Type;Thèmes;Territoires;Montant maximal;Date limite;Revient chaque année\n"
    "Fonds vert;Ville;Municipalité ou MRC;jardin, sols;{mrc};10 000 $;2027-01-31;oui\n"
    "Petits gestes;Caisse;caisse;;;500,50;;\n"
)


def test_a_list_of_sources_is_imported_whole_and_twice_is_once(project: Project, lead: Any, sign_in: Any) -> None:
    client, here = sign_in(lead), project.territories.get()

    def send(text: str) -> tuple[str, str]:
        upload = SimpleUploadedFile("sources.csv", text.encode())
        page = client.post("/projets/financement/importer/", {"importer": "funding", "file": upload}, follow=True)
        return page.redirect_chain[-1][0], page.content.decode()

    address, page = send(FILE.format(mrc=here.code) + "Autre;Ville;;;Nulle part;9 EUR;2027-13-45;\n")
    assert "Aucun territoire ne porte ce nom" in page
    assert "dollars canadiens" in page
    client.post(address, {"action": "write"})
    assert not FundingSource.objects.exists()
    address, _page = send(FILE.format(mrc=here.code))
    client.post(address, {"action": "write"})
    green, small = FundingSource.objects.order_by("name")
    assert (green.themes, green.most, green.is_yearly) == (["jardin", "sols"], Decimal(10_000), True)
    assert list(green.territories.order_by("id")) == [here]
    assert (small.kind, small.most, small.closes_on) == ("cooperative", Decimal("500.50"), None)
    _address, page = send(FILE.format(mrc=here.code))
    assert "rien à importer" in page
    address, _page = send("Programme;Bailleur;Montant maximal\nFonds vert;Ville;12 000\n")
    client.post(address, {"action": "write"})
    green.refresh_from_db()
    assert (green.most, green.themes) == (Decimal(12_000), ["jardin", "sols"])
