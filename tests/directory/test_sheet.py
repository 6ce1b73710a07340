"""The sheet of a service: for anybody, on the screen, on paper and at its short address."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maillage.directory.enums import ServiceStatus, TaxonomyKind
from maillage.directory.models import (
    Contact,
    Location,
    Phone,
    Schedule,
    Service,
    ServiceLocation,
    SheetTrouble,
    Taxonomy,
    TaxonomyTerm,
)
from maillage.directory.upkeep_words import freshness
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db


def make(**fields: Any) -> Service:
    return Service.objects.create(**{"organization": make_organization(), "name": "Dépannage alimentaire", **fields})


def furnished(places: int = 1) -> Service:
    """A service with a little of everything, at so many places."""
    service = make(
        description="Des paniers de denrées.", fee="free", website="https://exemple.test/panier", minimum_age=18
    )
    Phone.objects.create(service=service, number="418 555-0110", extension="3")
    contact = Contact.objects.create(service=service, function="Accueil", email="accueil@exemple.test")
    Phone.objects.create(contact=contact, number="418 555-0112")
    taxonomy, _new = Taxonomy.objects.get_or_create(
        code="essais", defaults={"kind": TaxonomyKind.NEED, "name": "Essais"}
    )
    for number in range(places):
        location = Location.objects.create(name=f"Point {number}", address_1="1, rue des Essais", city="Lévis")
        at = ServiceLocation.objects.create(service=service, location=location, description="Au sous-sol")
        Schedule.objects.create(service_location=at, byday="MO,TU,WE,TH,FR", opens_at=time(9), closes_at=time(16, 30))
        location.accessibilities.create(description=f"Rampe {number}")
        service.documents.create(document=f"Papier {number}")
        service.costs.create(option=f"Membre {number}", amount="5.00")
        service.areas.create(name=f"Rang {number}")
        service.languages.create(name="Français")
        term = TaxonomyTerm.objects.create(
            taxonomy=taxonomy, code=f"essai-{number}-{service.pk}", name=f"Besoin {number}"
        )
        service.service_terms.create(term=term)
    SheetTrouble.objects.create(service=service, kind="website", value=service.website, found_at=timezone.now())
    return service


def page(service: Service, client: Client | None = None) -> str:
    answer = (client or Client()).get(reverse("directory:service", args=[service.uid]))
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_anybody_reads_all_of_it() -> None:
    service = furnished()
    said = page(service)
    for words in (
        "Des paniers de denrées.",
        'href="tel:4185550110;ext=3"',
        "Accueil",
        "accueil@exemple.test",
        "Point 0",
        "1, rue des Essais, Lévis (QC)",
        "lundi au vendredi, 9 h à 16 h 30",
        "Rampe 0",
        "Papier 0",
        "5,00 $",
        "Rang 0",
        "18 ans et plus",
        "Besoin 0",
        "Gratuit",
        "cette page ne répond pas",
        f"/r/{service.short_code}",
    ):
        assert words in said, words


def test_what_is_no_longer_offered_is_for_those_who_sign_in() -> None:
    service = make(status=ServiceStatus.INACTIVE, gone_on=date(2026, 3, 1))
    assert Client().get(reverse("directory:service", args=[service.uid])).status_code == 404
    client = Client()
    client.force_login(make_user(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Sa source ne l'annonce plus depuis le 1er mars 2026" in page(service, client)


def test_a_merged_service_leads_to_the_other() -> None:
    last = make(name="Celui qui reste")
    middle = make(name="Le suivant", merged_into=last)
    first = make(name="Le premier", merged_into=middle)
    answer = Client().get(reverse("directory:service", args=[first.uid]))
    assert answer.headers["Location"] == reverse("directory:service", args=[last.uid])
    assert Client().get(f"/r/{first.short_code}").headers["Location"] == reverse("directory:service", args=[last.uid])


def test_the_short_address_is_read_as_it_is_dictated() -> None:
    service = make()
    for code in (service.short_code, service.short_code.upper(), f"{service.short_code}/"):
        assert Client().get(f"/r/{code}").headers["Location"].endswith(f"{service.uid}/")
    assert Client().get("/r/pas-un-code").status_code == 404


def test_the_paper_bears_the_drawing_of_the_short_address() -> None:
    service = furnished()
    answer = Client().get(reverse("directory:service_print", args=[service.uid]))
    said = answer.content.decode()
    assert '<svg aria-hidden="true" viewBox=' in said
    assert f"/r/{service.short_code}" in said
    assert "style=" not in said


def test_the_telephones_of_the_organization_stand_in() -> None:
    service = make()
    Phone.objects.create(organization=service.organization, number="418 555-0199")
    assert "418 555-0199" in page(service)
    Phone.objects.create(service=service, number="418 555-0198")
    assert "418 555-0199" not in page(service)


@pytest.mark.parametrize("website", ["javascript:alert(1)", "data:text/html,x", "http://[", "ftp://exemple.test/x"])
def test_an_address_that_is_an_attack_is_no_link(website: str) -> None:
    service = make()
    Service.objects.filter(pk=service.pk).update(website=website)
    assert f'href="{website}"' not in page(service)


def test_what_a_file_says_is_never_code() -> None:
    attack = '<script>alert("x")</script>'
    service = make(name=attack, description=attack, application_process=attack, alert=attack)
    Phone.objects.create(service=service, number='"><script>', description=attack)
    assert "<script>alert" not in page(service)
    assert "<script>alert" not in Client().get(reverse("directory:service_print", args=[service.uid])).content.decode()


def test_as_many_queries_for_thirty_places_as_for_three() -> None:
    counts = []
    for places in (3, 30):
        service = furnished(places)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            said = page(service)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
    assert len(said) < 60_000


@pytest.mark.parametrize(
    ("days", "expected", "is_stale"), [(0, "À jour le", False), (180, "À jour le", False), (181, "À vérifier", True)]
)
def test_a_sheet_grows_old(days: int, expected: str, is_stale: bool) -> None:
    found = freshness(Service(checked_on=timezone.localdate() - timedelta(days=days)))
    assert found.words.startswith(expected)
    assert found.is_stale is is_stale


def test_a_sheet_that_nobody_confirmed_is_to_be_checked() -> None:
    assert freshness(Service()).is_stale
