"""Real files go through the importers; what is not theirs is refused with a sentence."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from maillage.core.errors import Refused
from maillage.core.imports import registry
from maillage.directory.models import Organization
from maillage.territories.models import Boundary, Division, HousingSite
from tests.factories import make_program

from .shared_data import real

pytestmark = pytest.mark.django_db
GPKG = "territories/qc_geographie_2021_canadianmaps.gpkg"
CENSUS = "indicators/98-10-0002-02_population_logements_qc.csv"


def _import(kind: str, name: str, *options: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("import", kind, str(real(name)), "--json", *options, stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


def _twice(kind: str, name: str, *options: str) -> dict[str, Any]:
    """The report of the first time; the second changes nothing."""
    first = _import(kind, name, *options)
    again = _import(kind, name, *options)["counts"]
    assert again["unchanged"] == first["rows"], again
    return first


def test_municipalities_and_their_mrc() -> None:
    report = _twice("territories", "territories/municipalites_chaudiere_appalaches.csv")
    assert report["counts"]["new"] == 136
    assert Division.objects.at("mrc").count() == 10
    town = Division.objects.get(level="municipality", code="17005")
    assert (town.name, town.designation, town.population, town.population_year) == ("Saint-Omer", "MÉ", 294, 2021)
    assert town.parent.code == "17"


@pytest.mark.parametrize(
    ("name", "options", "level", "count"),
    [
        ("territories/mrc_chaudiere_appalaches_whosonfirst.geojson", (), "mrc", 10),
        ("territories/quebec_regions_click_that_hood.geojson", (), "region", 17),
        ("territories/montreal_limadmin_2018.geojson", (), "borough", 19),
        ("territories/821000_cote-du-sud_territoire.sda.geojson", (), "school_service", 1),
        (GPKG, ("--layer", "mrc_cd"), "mrc", 98),
        (GPKG, ("--layer", "mrc_2016_canadamaps_epsg3347"), "mrc", 98),
        (GPKG, ("--layer", "regions_sociosanitaires_hr_epsg3347"), "health_region", 18),
        (GPKG, ("--layer", "municipalites_csd"), "municipality", 1282),
    ],
)
def test_limits(name: str, options: tuple[str, ...], level: str, count: int) -> None:
    report = _twice("territories", name, *options)
    assert report["counts"]["refused"] == 0
    divisions = Division.objects.at(level)
    assert divisions.count() == count
    assert Boundary.objects.filter(division__in=divisions, valid_to=None).count() == count
    west = divisions.order_by("longitude").first()
    assert -80 < west.longitude < -57


def test_repaired_geometries_are_said() -> None:
    report = _import("territories", GPKG, "--layer", "municipalites_csd")
    assert sum("réparée" in remark["message"] for remark in report["remarks"]) == 3 or report["remarks_total"] > 300


def test_the_directory_of_municipalities() -> None:
    _import("territories", "territories/municipalites_chaudiere_appalaches.csv")
    report = _twice("territories", "contacts/MAMH_repertoire_municipalites_2025_MUN.csv")
    assert report["rows"] == 1285
    levis = Division.objects.get(level="municipality", code="25213")
    assert levis.parent.code == "25"
    organizations = _import("organizations", "contacts/MAMH_repertoire_municipalites_2025_MUN.csv", "--accept-partial")
    assert organizations["counts"] == {"new": 1284, "changed": 0, "unchanged": 0, "refused": 1}
    assert Organization.objects.get(external_id="46005").phone == "450 538-2664"


def test_sites_of_vancouver() -> None:
    report = _twice("sites", "housing/vancouver_non-market-housing.geojson")
    assert report["counts"]["new"] == 641
    assert sum("pas de géométrie" in remark["message"] for remark in report["remarks"]) == 19
    assert HousingSite.objects.filter(latitude=None).count() == 19
    site = HousingSite.objects.get(reference="12")
    assert (site.name, site.units, site.clienteles) == ("Habitat Villa", 37, ["families"])
    assert site.ownerships.get().organization.name == "Metro Vancouver Housing Corporation"


def test_sites_of_toronto() -> None:
    report = _twice("sites", "housing/toronto_lemr_points_data.csv")
    assert (report["counts"]["new"], report["counts"]["refused"]) == (4177, 0)
    assert not HousingSite.objects.filter(name__regex=r"^Immeuble, \d").exists()


@pytest.mark.parametrize("kind", ["territories", "sites", "organizations", "journal"])
@pytest.mark.parametrize(
    "name",
    [CENSUS, "indicators/Population_Data.csv", "indicators/CIMD_Variables.csv"],
)
def test_what_is_something_else_is_refused(kind: str, name: str) -> None:
    options = ("--program", make_program().slug) if kind == "journal" else ()
    with pytest.raises(Refused, match="ne peut pas être lu"):
        _import(kind, name, *options)
    assert registry.find(kind)


def test_a_list_of_persons_is_refused() -> None:
    with pytest.raises(Refused, match="décrit des personnes"):
        _import("organizations", "journal/carnet_de_bord/import_beneficiaires.csv")
