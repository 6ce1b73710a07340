"""The region of the demonstration: its divisions, sites, partners, hours and people."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum
from shapely import Point
from shapely.geometry import shape
from shapely.strtree import STRtree

from maillage.accounts.models import User
from maillage.directory.models import Contact, Organization, OrganizationSuccession, Service, SiteOwnership, TenantBody
from maillage.portal.demonstration import accounts, load
from maillage.programs.models import Membership, Program
from maillage.territories.models import Boundary, Division, HousingSite

pytestmark = pytest.mark.usefixtures("demonstration", "db")


def boundary(level: str, code: str) -> Any:
    return shape(json.loads(Boundary.objects.get(division__level=level, division__code=code).geometry))


def test_divisions() -> None:
    assert Division.objects.at("region").get().code == "12"
    assert Division.objects.at("mrc").count() == 10
    assert Division.objects.at("municipality").count() == 136
    assert set(Division.objects.at("municipality").values_list("parent__parent__code", flat=True)) == {"12"}
    total = Division.objects.at("municipality").aggregate(total=Sum("population"))["total"]
    assert total == Division.objects.at("region").get().population


def test_former_name_of_beauce_centre() -> None:
    centre = Division.objects.get(level="mrc", code="27")
    assert centre.name == "Beauce-Centre"
    former = centre.names.get(name="Robert-Cliche")
    assert former.valid_to == date(2022, 7, 29)


def test_limits_are_schematic_and_share_out_the_region() -> None:
    assert not Boundary.objects.filter(is_schematic=False).exists()
    assert Boundary.objects.count() == 147
    region = boundary("region", "12")
    cells = [shape(json.loads(text)) for text in _geometries("municipality")]
    assert all(cell.is_valid and not cell.is_empty for cell in cells)
    assert sum(cell.area for cell in cells) == pytest.approx(region.area, rel=1e-3)
    for one, other in STRtree(cells).query(cells, predicate="overlaps").T:
        assert cells[one].intersection(cells[other]).area < 1e-6
    mrcs = [shape(json.loads(text)) for text in _geometries("mrc")]
    assert sum(mrc.area for mrc in mrcs) == pytest.approx(region.area, rel=1e-3)


def _geometries(level: str) -> list[str]:
    return list(Boundary.objects.filter(division__level=level).values_list("geometry", flat=True))


def test_each_division_holds_its_point() -> None:
    for line in Boundary.objects.select_related("division"):
        assert shape(json.loads(line.geometry)).contains(Point(line.division.longitude, line.division.latitude))


def test_offices_and_service() -> None:
    offices = HousingSite.objects.filter(tenure="omh")
    assert offices.count() == 85
    assert offices.exclude(address="").count() == 0
    for slug in ("entente-2008-2012", "entente-2013-2016"):
        lines = Program.objects.get(slug=slug).program_sites.filter(site__tenure="omh")
        assert lines.count() == 85
        assert lines.filter(is_served=True).count() == 76
    second = Program.objects.get(slug="entente-2013-2016")
    assert second.program_sites.filter(is_targeted=True).count() == 6
    assert second.program_sites.filter(site__tenure__in=("obnl", "coop"), is_served=True).count() == 36
    assert SiteOwnership.objects.filter(end=None).count() == HousingSite.objects.count()


def test_mergers() -> None:
    years = set(OrganizationSuccession.objects.values_list("successor__name", "on__year"))
    assert ("Office régional d'habitation de la Nouvelle-Beauce", 2018) in years
    assert ("Office d'habitation du Sud des Appalaches", 2020) in years
    site = HousingSite.objects.get(name="OMH de Saint-Georges")
    [former, now] = site.ownerships.order_by("start")
    assert (former.end, now.start) == (date(2019, 12, 31), date(2020, 1, 1))
    assert former.organization.closed_on == date(2020, 1, 1)


@pytest.mark.parametrize("slug", ["entente-2008-2012", "entente-2013-2016", "entente-en-cours"])
def test_hours_are_161(slug: str) -> None:
    hours = Program.objects.get(slug=slug).support_hours
    assert hours.filter(role="worker").aggregate(total=Sum("hours_per_week"))["total"] == Decimal("161")
    assert not hours.exclude(role="worker").exists()


def test_partners() -> None:
    first, second = (Program.objects.get(slug=slug) for slug in ("entente-2008-2012", "entente-2013-2016"))
    assert first.partners.count() == 16
    assert second.partners.filter(part="signatory").count() == 16
    assert second.partners.filter(part="joined").count() == 4
    assert second.previous_edition == first
    assert second.frame.origin == first.frame


def test_community_and_process() -> None:
    community = Program.objects.get(slug="cdp-centre-sud")
    assert community.partners.count() == 80
    assert community.memberships.count() == 200
    assert community.memberships.values("label").distinct().count() == 200
    assert Program.objects.get(slug="shawinigan").partners.count() == 7


def test_tenants_bodies_are_in_every_state() -> None:
    states = set(TenantBody.objects.filter(kind="adl").values_list("status", flat=True))
    assert states == {"forming", "active", "dormant", "dissolved"}


def test_accounts() -> None:
    assert {user.email for user in User.objects.all()} == {account.email for account in accounts.ACCOUNTS}
    assert all(user.check_password(accounts.PASSWORD) for user in User.objects.all())
    for slug in ("entente-2013-2016", "entente-en-cours"):
        roles = Membership.objects.filter(program__slug=slug, user__isnull=False).values_list("role", flat=True)
        assert sorted(roles) == ["coordinator", "outreach", "partner", "researcher", "tenant", "worker"]
    assert User.objects.get(is_administrator=True).email == "admin@demo.maillage.test"


def test_second_time_changes_nothing() -> None:
    before = Organization.objects.count(), HousingSite.objects.count(), Membership.objects.count()
    assert load.ensure(lambda text: None) is False
    assert before == (Organization.objects.count(), HousingSite.objects.count(), Membership.objects.count())


def test_no_mail_leaves_the_demonstration() -> None:
    assert all(user.email.endswith("@demo.maillage.test") for user in User.objects.all())
    for model in (Organization, Service, Contact):
        given = model.objects.exclude(email="").order_by("pk").values_list("email", flat=True)
        assert all(email.endswith(".exemple.test") for email in given), model  # a domain that can never exist
