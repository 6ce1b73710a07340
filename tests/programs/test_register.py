"""One site of the register, added and corrected by those who coordinate a programme that covers it."""

from typing import Any

import pytest

from maillage.core.models import AuditEvent
from maillage.territories.models import HousingSite
from tests.factories import make_division, make_organization, make_program, make_site

pytestmark = pytest.mark.django_db
NEW = "/territoires/milieux/nouveau/"


@pytest.fixture
def town(program: Any) -> Any:
    mrc = program.territory.children.order_by("code").first()
    return make_division("municipality", name="Sainte-Invention", parent=mrc)


def _form(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Le Ruisseau",
        "reference": "R-100",
        "tenure": "coop",
        "housing_program": "acl",
        "clienteles": ["seniors"],
        "municipality": "sainte invention",
        "address": "12, rue Cachée",
        "latitude": "46.81",
        "longitude": "-71.21",
        "units": "30",
        "accessible_units": "4",
        "has_common_room": "1",
        "occupied_since": "1974",
        **changes,
    }


def test_a_site_is_added_with_its_owner_and_its_programme(program: Any, town: Any, as_role: Any) -> None:
    owner = make_organization(name="Coopérative du Ruisseau")
    sent = _form(program=program.slug, owner="coopérative du ruisseau", owner_since="2001-05-06")
    page = as_role(program, "coordinator").post(NEW, sent, follow=True)
    site = HousingSite.objects.get(reference="R-100")
    assert (site.municipality, site.mrc, site.units, site.has_common_room) == (town, town.parent, 30, True)
    assert program.program_sites.get(site=site).is_served is False
    assert site.ownerships.get().organization == owner
    body = page.content.decode()
    for text in ("Le milieu est ajouté", "Milieu d&#x27;habitation ajouté", "Propriétaire inscrit", "Aînés"):
        assert text in body
    assert "rue Cachée" not in str(list(AuditEvent.objects.values_list("changes", flat=True)))


def test_a_correction_keeps_the_number_the_address_secret_and_the_former_owner(
    program: Any, town: Any, as_role: Any
) -> None:
    client = as_role(program, "coordinator")
    old, new = make_organization(name="Office Ancien"), make_organization(name="Office Nouveau")
    client.post(NEW, _form(program=program.slug, owner=old.name, owner_since="2001-05-06"))
    site = HousingSite.objects.get(reference="R-100")
    address = f"/territoires/milieux/{site.uid}/modifier/"
    assert "12, rue Cachée" in client.get(address).content.decode()
    sent = _form(reference="R-101", units="", has_common_room="", owner=new.name, owner_since="2018-01-01")
    client.post(address, sent)
    site.refresh_from_db()
    assert (site.reference, site.units, site.has_common_room, site.municipality) == ("R-101", None, None, town)
    [ended, current] = site.ownerships.order_by("start")
    assert (ended.organization, str(ended.end)) == (old, "2017-12-31")
    assert (current.organization, current.end) == (new, None)
    events = AuditEvent.objects.count()
    client.post(address, sent)
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reference": "PRIS"}, "déjà celui"),
        ({"municipality": "Nulle-Part"}, "pas une municipalité"),
        ({"longitude": ""}, "latitude et la longitude"),
        ({"latitude": "nan"}, "nombre"),
        ({"latitude": "146"}, "latitude va de"),
        ({"accessible_units": "40"}, "plus de logements accessibles"),
        ({"units": "9000"}, "5000"),
        ({"owner": "Personne"}, "ajoutez-la d&#x27;abord"),
        ({"owner_since": "2001-01-01"}, "Dites qui est propriétaire"),
        ({"closed_on": "hier"}, "AAAA-MM-JJ"),
        ({"clienteles": ["pirates"]}, "pirates"),
        ({"program": "ailleurs"}, "ailleurs"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    program: Any, town: Any, as_role: Any, changes: dict[str, Any], said: str
) -> None:
    make_site(program, reference="PRIS")
    sites = HousingSite.objects.count()
    answer = as_role(program, "coordinator").post(NEW, _form(**{"program": program.slug, **changes}))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert said in body
    assert "12, rue Cachée" in body
    assert HousingSite.objects.count() == sites


def test_a_site_is_corrected_only_where_a_programme_is_coordinated(program: Any, as_role: Any) -> None:
    other = make_program()
    site = make_site(other, name="Loin")
    address = f"/territoires/milieux/{site.uid}/modifier/"
    assert as_role(program, "coordinator").post(address, _form()).status_code == 404
    assert as_role(other, "worker").post(address, _form(municipality="")).status_code == 403
    assert as_role(other, "administrator").post(address, _form(municipality="")).status_code == 302
    site.refresh_from_db()
    assert site.name == "Le Ruisseau"


def test_the_page_of_a_site_keeps_its_budget(program: Any, as_role: Any, django_assert_max_num_queries: Any) -> None:
    site = make_site(program)
    for role in ("coordinator", "worker", "administrator"):
        client = as_role(program, role)
        with django_assert_max_num_queries(12):
            client.get(f"/territoires/milieux/{site.uid}/")


def test_an_administrator_adds_a_site_that_no_programme_covers(program: Any, as_role: Any) -> None:
    as_role(program, "administrator").post(NEW, _form(municipality=""))
    assert not HousingSite.objects.get(reference="R-100").program_sites.exists()
