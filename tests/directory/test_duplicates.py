"""Services that look alike are proposed, merged with a trace, or said to be two; a merger can be undone."""

from typing import Any

import pytest

from maillage.core.actor import PRODUCT
from maillage.core.errors import NotAllowed, Refused
from maillage.core.models import AuditEvent
from maillage.directory.models import Location, Service, ServicePair
from maillage.directory.reading import sheet_of
from maillage.directory.services import decide_pair, find_pairs, merge_services, part_services
from maillage.directory.sheets import AtPlace, PhoneLine, PlaceSheet
from tests.factories import make_organization, make_service, make_user

pytestmark = pytest.mark.django_db


def _twins(**fields: Any) -> tuple[Service, Service]:
    organization = make_organization(name="Comptoir alimentaire de Lévis")
    sister = make_organization(name="Le Comptoir alimentaire Lévis")
    place = AtPlace(place=PlaceSheet(name="Local", address_1="12, rue Wolfe", city="Lévis"))
    same = {"phones": (PhoneLine(number="(418) 555-0123"),), "at": (place,), "email": ""}
    one = make_service(organization, name="Dépannage alimentaire d'urgence", **same)
    two = make_service(sister, name="Dépannages alimentaires urgence", **{**same, **fields})
    return one, two


def test_twins_are_proposed_and_strangers_are_not() -> None:
    one, two = _twins()
    make_service(one.organization, name="Cuisine collective", phones=(PhoneLine(number="418 555-0123"),))
    make_service(
        make_organization(), name="Dépannage alimentaire d'urgence", at=(), phones=(PhoneLine(number="819 555-0100"),)
    )
    assert find_pairs() == 1
    pair = ServicePair.objects.get()
    assert (pair.low, pair.high) == (one, two)
    assert {"name", "phone", "address"} <= set(pair.reasons)
    assert find_pairs() == 0


def test_what_was_decided_is_never_asked_again() -> None:
    one, two = _twins()
    find_pairs()
    decide_pair(actor=PRODUCT, one=two, other=one, state="distinct")
    assert find_pairs() == 0
    assert ServicePair.objects.get().state == "distinct"


def test_a_merger_keeps_the_trace_and_takes_what_was_missing() -> None:
    one, two = _twins(wait_time="deux jours")
    before = one.revision
    merge_services(actor=PRODUCT, kept=one, merged=two)
    one, two = (Service.objects.select_related("organization").get(pk=row.pk) for row in (one, two))
    assert (two.merged_into, two.status) == (one, "inactive")
    assert (one.wait_time, one.revision) == ("deux jours", before + 1)
    assert two not in Service.objects.offered()
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"directory.service_merged", "directory.service_took"} <= verbs
    assert sheet_of(two).phones
    with pytest.raises(Refused, match="déjà fusionné"):
        merge_services(actor=PRODUCT, kept=one, merged=two)


def test_a_service_without_a_place_takes_the_places_of_the_other() -> None:
    one, two = _twins()
    three = make_service(one.organization, at=(), phones=())
    places = Location.objects.count()
    merge_services(actor=PRODUCT, kept=three, merged=two)
    taken = sheet_of(Service.objects.select_related("organization").get(pk=three.pk))
    assert taken.at[0].place.address_1 == "12, rue Wolfe"
    assert taken.phones[0].number == "(418) 555-0123"
    assert Location.objects.count() == places


def test_chains_of_mergers_lead_to_the_last() -> None:
    one, two = _twins()
    three = make_service(one.organization)
    merge_services(actor=PRODUCT, kept=two, merged=three)
    merge_services(actor=PRODUCT, kept=one, merged=two)
    three.refresh_from_db()
    assert three.merged_into == one


def test_a_merger_is_undone() -> None:
    one, two = _twins()
    merge_services(actor=PRODUCT, kept=one, merged=two)
    part_services(actor=PRODUCT, merged=two)
    two.refresh_from_db()
    assert (two.merged_into, two.status) == (None, "active")
    assert find_pairs() == 0
    with pytest.raises(Refused):
        part_services(actor=PRODUCT, merged=two)


def test_only_keepers_merge() -> None:
    one, two = _twins()
    with pytest.raises(NotAllowed):
        merge_services(actor=make_user(), kept=one, merged=two)


def test_the_page_decides(program: Any, as_role: Any) -> None:
    one, two = _twins()
    client = as_role(program, "coordinator")
    assert "1 nouvelle paire" in client.post("/repertoire/doublons/", follow=True).content.decode()
    pair = ServicePair.objects.get()
    page = client.get("/repertoire/doublons/").content.decode()
    assert "le même téléphone" in page
    assert "12, rue Wolfe" in page
    assert (
        "Dites laquelle" in client.post(f"/repertoire/doublons/{pair.pk}/", {"do": "x"}, follow=True).content.decode()
    )
    client.post(f"/repertoire/doublons/{pair.pk}/", {"do": "high"})
    one.refresh_from_db()
    assert one.merged_into == two
    assert client.get(f"/repertoire/services/{one.uid}/").headers["Location"].endswith(f"{two.uid}/")
    again = client.post(f"/repertoire/doublons/{pair.pk}/", {"do": "high"}, follow=True)
    assert "déjà fusionné" in again.content.decode()
    client.post(f"/repertoire/services/{one.uid}/defaire-la-fusion/")
    one.refresh_from_db()
    assert one.merged_into is None


def test_the_page_asks_the_same_however_many(program: Any, as_role: Any, django_assert_max_num_queries: Any) -> None:
    rows = [make_service() for _n in range(16)]
    for one, two in zip(rows[::2], rows[1::2], strict=True):
        ServicePair.objects.create(low=one, high=two, likeness=80, reasons=["name"])
    client = as_role(program, "coordinator")
    with django_assert_max_num_queries(16):
        client.get("/repertoire/doublons/")
