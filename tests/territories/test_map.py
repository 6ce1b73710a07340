"""The map, its table and the page of a site: the same for all who may see them, the address for the team."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from maillage.core.actor import PRODUCT
from maillage.directory.services import set_owner
from maillage.programs.models import SupportHours
from maillage.territories.queries import site_search
from maillage.territories.services import set_boundary
from tests.factories import make_division, make_entry, make_organization, make_site, make_tenant_body

pytestmark = pytest.mark.django_db
SQUARE = {"type": "Polygon", "coordinates": [[[-71, 46], [-70, 46], [-70, 47], [-71, 46]]]}


@pytest.fixture
def region(program: Any) -> Any:
    mrc = program.territory.children.order_by("code").first()
    set_boundary(actor=PRODUCT, division=mrc, geometry=SQUARE, is_schematic=True, source="Source inventée")
    SupportHours.objects.create(program=program, division=mrc, role="worker", hours_per_week=Decimal("17.5"))
    name, place = "Coopérative du Quai", {"latitude": 46.812345, "longitude": -71.212345}
    make_site(program, name=name, tenure="coop", is_served=False, search=site_search("1", name), **place)
    return mrc


def test_the_page_says_in_tables_what_the_map_draws(program: Any, region: Any, as_role: Any) -> None:
    body = as_role(program, "worker").get("/territoires/").content.decode()
    assert "Coopérative du Quai" in body
    assert "17,5" in body
    assert "schématiques" in body
    assert "Source inventée" in body
    assert "sans donnée" in body


@pytest.mark.parametrize(
    ("query", "shown"),
    [("?mode=coop", True), ("?mode=omh", False), ("?servi=0", True), ("?servi=1", False), ("?cible=1", False),
     ("?q=quai", True), ("?q=COOPERATIVE+quai", True), ("?q=absent", False), ("?mrc=inconnue", True), ("?mode=x", True)],
)  # fmt: skip
def test_filters_keep_the_same_sites_on_the_map_and_in_the_table(
    program: Any, region: Any, as_role: Any, query: str, shown: bool
) -> None:
    client = as_role(program, "partner")
    assert ("Coopérative du Quai" in client.get(f"/territoires/{query}").content.decode()) is shown
    features = client.get(f"/territoires/milieux.geojson{query}").json()["features"]
    assert ("Coopérative du Quai" in [feature["properties"]["name"] for feature in features]) is shown


def test_coordinates_are_coarse_outside_of_the_team(program: Any, region: Any, as_role: Any) -> None:
    for role, expected in (
        ("worker", [-71.212345, 46.812345]),
        ("partner", [-71.21, 46.81]),
        ("tenant", [-71.21, 46.81]),
    ):
        [feature] = as_role(program, role).get("/territoires/milieux.geojson?mode=coop").json()["features"]
        assert feature["geometry"]["coordinates"] == expected


def test_limits_are_kept_by_the_browser_until_they_change(program: Any, region: Any, as_role: Any) -> None:
    client: Client = as_role(program, "tenant")
    first = client.get("/territoires/limites.geojson")
    [feature] = first.json()["features"]
    assert (feature["properties"]["hours"], feature["properties"]["depth"]) == (17.5, 0)
    tag = first.headers["ETag"]
    assert client.get("/territoires/limites.geojson", headers={"If-None-Match": tag}).status_code == 304
    SupportHours.objects.update(hours_per_week=3)
    assert client.get("/territoires/limites.geojson", headers={"If-None-Match": tag}).status_code == 200
    assert client.get("/territoires/limites.geojson?niveau=region").status_code == 404


def test_the_page_of_a_site(program: Any, as_role: Any) -> None:
    town = make_division("municipality", name="Sainte-Invention", parent=program.territory.children.first())
    site = make_site(program, name="Le Verger", address="12, rue Cachée", municipality=town, clienteles=["seniors"])
    owner = make_organization(name="Office Inventé")
    set_owner(actor=PRODUCT, site=site, organization=owner)
    make_tenant_body(site, name="Association du Verger")
    make_entry(program, site=site)
    address = f"/territoires/milieux/{site.uid}/"
    team = as_role(program, "worker").get(address).content.decode()
    for text in (
        "Office Inventé",
        "Association du Verger",
        "Aînés",
        "Sainte-Invention",
        "12, rue Cachée",
        "1 intervention inscrite",
    ):
        assert text in team
    partner = as_role(program, "partner").get(address).content.decode()
    assert "rue Cachée" not in partner
    assert "1 intervention inscrite" not in partner


def test_pages_cost_the_same_with_many_sites(
    program: Any, region: Any, as_role: Any, django_assert_max_num_queries: Any
) -> None:
    client = as_role(program, "worker")
    site = make_site(program)
    for _ in range(60):
        make_site(program)
    client.get("/territoires/")
    for address in (
        "/territoires/",
        "/territoires/milieux.geojson",
        "/territoires/limites.geojson",
        f"/territoires/milieux/{site.uid}/",
    ):
        with django_assert_max_num_queries(12):
            answer = client.get(address)
        assert len(answer.content) < 60_000


def test_who_has_no_programme_finds_an_empty_page(sign_in: Any) -> None:
    from tests.factories import make_user

    client = sign_in(make_user())
    assert "Aucun programme" in client.get("/territoires/").content.decode()
    assert client.get("/territoires/milieux.geojson").status_code == 404
