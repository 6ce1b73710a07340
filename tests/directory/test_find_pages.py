"""Finding a service: one box, filters that are seen and removed, near a place, on a list and a map."""

import json
from datetime import date, time
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.core.actor import PRODUCT
from maillage.directory.models import SavedSearch, Service
from maillage.directory.place_names import find_place, suggest_places
from maillage.directory.services import save_service
from maillage.directory.sheets import AtPlace, HoursLine, PlaceSheet, ServiceSheet, TermLine
from maillage.territories.models import Division
from maillage.territories.queries import division_search, site_search
from tests.factories import make_division, make_member, make_organization, make_program, make_site, make_user

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ALWAYS = HoursLine(frequency="DAILY", opens_at=time(0), closes_at=time(0))
NEVER = HoursLine(frequency="DAILY", opens_at=time(9), closes_at=time(10), valid_to=date(2020, 1, 1))


def make(name: str, latitude: float = 46.8, longitude: float = -71.2, **fields: Any) -> Service:
    place = PlaceSheet(name=f"Lieu de {name}", city="Lévis", latitude=latitude, longitude=longitude)
    hours = fields.pop("schedules", ())
    given = {"organization": make_organization().uid, "at": (AtPlace(place=place, schedules=hours),), **fields}
    return save_service(actor=PRODUCT, sheet=ServiceSheet(name=name, **given)).obj


def find(client: Client | None = None, htmx: bool = False, **asked: Any) -> Any:
    headers = {"HX-Request": "true", "HX-Target": "results"} if htmx else {}
    answer = (client or Client()).get(reverse("directory:search"), asked, headers=headers)
    assert answer.status_code == 200
    return answer


def text(answer: Any) -> str:
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def names(answer: Any) -> list[str]:
    return [line.service.name for line in answer.context["lines"]]


def signed(user: Any = None) -> Client:
    client = Client()
    client.force_login(user or make_user(), backend=BACKEND)
    return client


def town(name: str, latitude: float, longitude: float, parent: Division | None = None, **fields: Any) -> Division:
    return make_division(
        "municipality",
        name=name,
        search=division_search("", name),
        latitude=latitude,
        longitude=longitude,
        parent=parent,
        **fields,
    )


def test_nothing_asked_offers_the_needs() -> None:
    said = text(find())
    assert "Par besoin" in said
    assert "besoin=food" in said


def test_a_service_is_found_without_accents_by_anybody() -> None:
    make("Épicerie solidaire")
    make("Popote roulante")
    assert names(find(q="epicerie")) == ["Épicerie solidaire"]
    assert "à vérifier" in text(find(q="epicerie")).lower()


def test_the_exchange_gives_the_same_results_as_the_page() -> None:
    make("Épicerie solidaire")
    page, part = text(find(q="épicerie", cout="", lieu="")), find(htmx=True, q="épicerie", cout="", lieu="")
    assert part.headers["HX-Replace-Url"] == f"{reverse('directory:search')}?q=%C3%A9picerie"
    assert "<html" not in text(part)
    assert text(part).strip() in page


def test_filters_in_force_are_seen_and_removed_one_by_one() -> None:
    make("Épicerie", fee="free", terms=(TermLine(taxonomy="needs", code="food"),))
    make("Traiteur", fee="paid", terms=(TermLine(taxonomy="needs", code="food"),))
    answer = find(besoin="food", cout="free")
    assert names(answer) == ["Épicerie"]
    shown = {line["label"]: line for line in answer.context["filters"]}
    assert {label: line["value"] for label, line in shown.items()} == {"Besoin": "Aide alimentaire", "Coût": "Gratuit"}
    left = parse_qs(urlsplit(shown["Coût"]["remove"]).query)
    assert left == {"besoin": ["food"]}
    assert sorted(names(find(**left))) == ["Traiteur", "Épicerie"]


def test_open_now_and_what_the_list_says_of_it() -> None:
    make("Refuge de nuit", schedules=(ALWAYS,))
    make("Refuge fermé", schedules=(NEVER,))
    make("Refuge sans horaire")
    assert names(find(q="refuge", ouvert="maintenant")) == ["Refuge de nuit"]
    assert "Ouvert en tout temps" in text(find(q="refuge"))


def test_what_is_near_a_municipality_comes_first() -> None:
    mrc = make_division("mrc", name="Essai", search=division_search("", "Essai"))
    far, near = make("Popote du sud", 45.5, -70.6), make("Popote du nord", 46.4, -71.1)
    town("Nordville", 46.41, -71.1, mrc)
    town("Sudbourg", 45.5, -70.6, mrc)
    assert names(find(lieu="Nordville"))[0] == near.name
    assert names(find(lieu="sudbourg (Essai)"))[0] == far.name
    said = text(find(lieu="Nordville"))
    assert "Près de : Nordville (Essai)" in said.replace("<strong>", "").replace("</strong>", "")
    assert "à 1 km" in said


def test_a_place_that_does_not_exist_is_said_and_hides_nothing() -> None:
    make("Popote")
    answer = find(q="popote", lieu="Nullepartville")
    assert "Aucune municipalité ni aucun milieu ne s'appelle « Nullepartville »" in text(answer).replace("’", "'")
    assert names(answer) == ["Popote"]


def test_housing_sites_are_places_for_those_who_see_them() -> None:
    program = make_program()
    searched = site_search("M1", "Habitations Inventées")
    make_site(program, name="Habitations Inventées", latitude=46.123456, longitude=-71.654321, search=searched)
    worker = make_member(program, "worker").user
    found = find_place("habitations inventées", worker)
    assert found is not None
    assert found.near == (46.12, -71.65), "the address of a site is not told by distances"
    assert find_place("habitations inventées", make_user()) is None
    assert suggest_places("habitations", Client().get("/").wsgi_request.user) == []


@pytest.mark.parametrize(("asked", "most"), [({"q": "popote"}, 13), ({"q": "popote", "lieu": "Lévis"}, 15)])
def test_a_page_of_thirty_costs_no_more_queries_than_one_of_three(asked: dict[str, str], most: int) -> None:
    # Seven of the search, four of the frame and of the session; two more say where « near » is.
    client, counts = signed(), []
    make_division("mrc", name="Lévis", search=division_search("", "Lévis"))
    for number in range(30):
        make(f"Popote {number}", schedules=(ALWAYS,))
        if number in (2, 29):
            find(client, **asked)
            with CaptureQueriesContext(connection) as queries:
                answer = find(client, **asked)
            counts.append(len(queries))
    assert counts[0] == counts[1] <= most
    assert len(answer.content) < 60_000


def test_pages_follow_each_other() -> None:
    for number in range(25):
        make(f"Popote {number:02d}")
    first, second, beyond = (names(find(q="popote", tri="name", page=page)) for page in (1, 2, 99))
    assert len(first) == 15
    assert len(second) == 10
    assert beyond == second
    assert not set(first) & set(second)


def test_the_map_has_the_points_of_the_list() -> None:
    make("Épicerie", 46.8, -71.2)
    make("Popote", 46.8, -71.2)
    make("Ailleurs", 45.1, -70.2)
    address = find(tous=1).context["points"]
    features = json.loads(Client().get(address).content)["features"]
    found = {tuple(one["geometry"]["coordinates"]): one["properties"]["services"] for one in features}
    assert sorted(found) == [(-71.2, 46.8), (-70.2, 45.1)]
    assert {one["name"] for one in found[-71.2, 46.8]} == {"Épicerie", "Popote"}
    only = json.loads(Client().get(reverse("directory:points"), {"q": "épicerie"}).content)["features"]
    assert [one["name"] for one in only[0]["properties"]["services"]] == ["Épicerie"]


def test_what_is_no_longer_offered_is_never_shown_to_those_who_do_not_sign_in() -> None:
    make("Popote fermée", status="inactive")
    assert names(find(q="popote", inactifs=1)) == []
    assert names(find(signed(), q="popote", inactifs=1)) == ["Popote fermée"]
    assert (
        json.loads(Client().get(reverse("directory:points"), {"q": "popote", "inactifs": "1"}).content)["features"]
        == []
    )


def test_a_search_is_kept_found_again_and_forgotten_by_its_owner_alone() -> None:
    user = make_user()
    client, address = signed(user), reverse("directory:saved_searches")
    assert 'value="popote, Gratuit"' in text(client.get(f"{address}?q=popote&cout=free"))
    client.post(f"{address}?q=popote&cout=free&page=3", {"name": "Popotes gratuites"})
    kept = SavedSearch.objects.get()
    assert kept.query == "q=popote&cout=free"
    assert f"?{kept.query}" in text(client.get(address))
    again = client.post(f"{address}?q=autre", {"name": "Popotes gratuites"})
    assert again.status_code == 422
    assert "Vous avez déjà une recherche de ce nom." in text(again)
    other = signed()
    assert "Popotes gratuites" not in text(other.get(address))
    other.post(reverse("directory:forget_search", args=[kept.uid]))
    assert SavedSearch.objects.exists()
    client.post(reverse("directory:forget_search", args=[kept.uid]))
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    "name", ["q", "lieu", "territoire", "pres", "besoin", "langue", "ouvert", "organisation", "tri", "page"]
)
@pytest.mark.parametrize(
    "value", ["' OR 1=1 --", "<script>alert(1)</script>", "9" * 30, "-1", "nan,nan", "²", "%", "_", "a" * 5000]
)
def test_an_address_that_makes_no_sense_is_no_trouble(name: str, value: str) -> None:
    for view in ("search", "points", "places"):
        answer = Client().get(reverse(f"directory:{view}"), {name: value})
        assert answer.status_code == 200
        assert b"<script>alert(1)" not in answer.content
