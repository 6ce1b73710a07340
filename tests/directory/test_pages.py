"""The directory: searched, filtered, kept by coordinators."""

from typing import Any

import pytest

from maillage.directory.models import Organization, TenantBody
from maillage.directory.queries import organization_search
from tests.factories import make_organization, make_program, make_site, make_tenant_body

pytestmark = pytest.mark.django_db


def test_search_folds_and_stems(program: Any, as_role: Any) -> None:
    name = "Office d'habitation de Lévis"
    make_organization(name=name, kind="housing_office", search=organization_search(name))
    make_organization(name="Banque alimentaire", kind="community")
    client = as_role(program, "tenant")
    assert "Lévis" in client.get("/repertoire/organisations/?q=LEVIS").content.decode()
    body = client.get("/repertoire/organisations/?type=community").content.decode()
    assert "Banque alimentaire" in body
    assert "Lévis" not in body


def test_the_search_finds_organizations_written_by_the_product(program: Any, as_role: Any) -> None:
    client = as_role(program, "coordinator")
    client.post(
        "/repertoire/nouvelle/", {"name": "Maison des Éclaircies", "kind": "community", "privacy_regime": "p39_1"}
    )
    assert "Maison des Éclaircies" in client.get("/repertoire/organisations/?q=eclaircie").content.decode()


def test_a_merger_by_the_form(program: Any, as_role: Any) -> None:
    old, new = make_organization(name="OMH Ancien"), make_organization(name="OH Nouveau")
    client = as_role(program, "coordinator")
    wrong = client.post(f"/repertoire/{old.uid}/succession/", {"successor": "Personne", "on": "2018-01-01"})
    assert "Aucune organisation" in wrong.content.decode()
    client.post(f"/repertoire/{old.uid}/succession/", {"successor": "OH Nouveau", "on": "2018-01-01"})
    old.refresh_from_db()
    assert str(old.closed_on) == "2018-01-01"
    page = client.get(f"/repertoire/{new.uid}/").content.decode()
    assert "OMH Ancien" in page


def test_a_tenants_body_has_its_state_and_history(program: Any, as_role: Any) -> None:
    client = as_role(program, "coordinator")
    site = program.program_sites.get().site
    form = {"kind": "adl", "name": "Association du Ruisseau", "status": "forming", "sites": [site.pk]}
    client.post(f"/repertoire/instances/nouvelle/?milieu={site.uid}", form)
    body = TenantBody.objects.get()
    change = {**form, "status": "active", "recognised_on": "2015-02-03", "members_count": "12"}
    client.post(f"/repertoire/instances/{body.pk}/modifier/", change)
    page = client.get(f"/repertoire/instances/{body.pk}/").content.decode()
    assert "3 février 2015" in page
    assert "forming" not in page.split("Historique")[0]
    refused = client.post(f"/repertoire/instances/{body.pk}/modifier/", {**form, "status": "dissolved"})
    assert refused.status_code == 422
    assert "date de la dissolution" in refused.content.decode()


def test_bodies_of_sites_that_one_does_not_see_stay_hidden(program: Any, as_role: Any) -> None:
    other = make_program()
    body = make_tenant_body(make_site(other), name="Association lointaine")
    for role in ("worker", "coordinator", "tenant"):
        assert as_role(program, role).get(f"/repertoire/instances/{body.pk}/").status_code == 404


def test_names_are_escaped(program: Any, as_role: Any) -> None:
    made = make_organization(name="<script>alert(1)</script>")
    body = as_role(program, "worker").get(f"/repertoire/{made.uid}/").content.decode()
    assert "<script>alert" not in body


def test_a_long_directory_is_cut_in_pages(program: Any, as_role: Any, django_assert_max_num_queries: Any) -> None:
    Organization.objects.bulk_create([Organization(name=f"Organisme {n:03d}", search=" organ ") for n in range(120)])
    client = as_role(program, "worker")
    with django_assert_max_num_queries(12):
        answer = client.get("/repertoire/organisations/?page=2")
    assert "Page 2 sur 3" in answer.content.decode()
    assert len(answer.content) < 60_000
