"""The page where a service is written: what comes back is what was typed, nothing is lost, two persons at once."""

from typing import Any

import pytest

from maillage.directory.models import Service
from maillage.directory.reading import sheet_of
from maillage.directory.shapes import nameless
from maillage.directory.sheets import AtPlace, HoursLine, PlaceSheet
from tests.factories import make_editor, make_organization, make_service, make_user

pytestmark = pytest.mark.django_db


def _again(service: Service) -> Service:
    return Service.objects.select_related("organization").get(pk=service.pk)


def _typed(client: Any, address: str) -> dict[str, Any]:
    """What a browser would send of the page as it stands."""
    page = client.get(address).context["page"]
    sent: dict[str, Any] = {}
    for form in [page.form, *(form for lines in page.sets.values() for form in [lines.management_form, *lines.forms])]:
        for field in form:
            value = field.value()
            if value is False or value in (None, "", []):
                continue
            shown = field.field.widget.format_value(value) if not isinstance(value, list) else value
            sent[field.html_name] = "on" if value is True else shown
    return sent


@pytest.fixture
def client(program: Any, as_role: Any) -> Any:
    return as_role(program, "coordinator")


def test_saving_the_page_as_it_stands_changes_nothing_but_its_date(client: Any) -> None:
    monthly = HoursLine(frequency="MONTHLY", byday="1MO", description="premier lundi du mois")
    service = make_service(schedules=(monthly,))
    before = sheet_of(_again(service))
    address = f"/repertoire/services/{service.uid}/modifier/"
    answer = client.post(address, _typed(client, address) | {"is_exact": ""})
    assert answer.status_code == 302, answer.context["page"].form.errors
    assert nameless(sheet_of(_again(service))) == nameless(before)
    client.post(address, _typed(client, address) | {"is_exact": "on"})
    after = _again(service)
    assert after.checked_on is not None
    assert "Inventé" in after.checked_by_label or after.checked_by_label


def test_each_part_of_a_service_is_written_by_the_page(client: Any) -> None:
    organization = make_organization()
    address = f"/repertoire/services/nouveau/?organisation={organization.uid}"
    sent = _typed(client, address) | {
        "organization": organization.pk,
        "name": "Halte-garderie",
        "status": "active",
        "needs": ["needs:food"],
        "spoken": ["fr", "sgn"],
        "territories": "Lévis\nLe rang du bout",
        "papers": "Carte d'assurance maladie\n\nPreuve d'adresse",
        "phones-0-number": "418 555-0133",
        "phones-0-kind": "voice",
        "contacts-0-function": "Accueil",
        "contacts-0-phone": "418 555-0134",
        "schedules-0-days": ["MO", "FR"],
        "schedules-0-opens_at": "09:00",
        "schedules-0-closes_at": "12:00",
        "costs-0-amount": "2,50",
        "at-0-name": "Centre inventé",
        "at-0-kind": "physical",
        "at-0-address_1": "12, rue des Essais",
        "at-0-access": ["wheelchair"],
    }
    answer = client.post(address, sent)
    assert answer.status_code == 302
    sheet = sheet_of(Service.objects.select_related("organization").get())
    assert [line.name for line in sheet.areas] == ["Lévis", "Le rang du bout"]
    assert [line.document for line in sheet.documents] == ["Carte d'assurance maladie", "Preuve d'adresse"]
    assert (sheet.schedules[0].byday, sheet.schedules[0].frequency) == ("MO,FR", "WEEKLY")
    assert str(sheet.costs[0].amount) == "2.50"
    assert sheet.at[0].place.accessibilities[0].code == "wheelchair"
    assert sheet.contacts[0].phones[0].number == "418 555-0134"
    assert [term.code for term in sheet.terms] == ["food"]


def test_another_line_is_asked_without_script_and_nothing_is_lost(client: Any) -> None:
    service = make_service()
    address = f"/repertoire/services/{service.uid}/modifier/"
    sent = _typed(client, address) | {"name": "Un nom à demi", "add": "phones"}
    answer = client.post(address, sent)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Un nom à demi" in page
    assert 'name="phones-1-number"' in page
    assert _again(service).name != "Un nom à demi"


def test_the_page_has_a_bounded_weight(client: Any) -> None:
    service = make_service()
    answer = client.get(f"/repertoire/services/{service.uid}/modifier/")
    assert len(answer.content) < 60_000


def test_a_line_is_removed_by_its_box(client: Any) -> None:
    service = make_service()
    address = f"/repertoire/services/{service.uid}/modifier/"
    client.post(address, _typed(client, address) | {"phones-0-DELETE": "on", "at-0-DELETE": "on"})
    sheet = sheet_of(_again(service))
    assert (sheet.phones, sheet.at) == ((), ())


def test_refusals_stand_beside_what_they_speak_of(client: Any) -> None:
    service = make_service()
    address = f"/repertoire/services/{service.uid}/modifier/"
    sent = _typed(client, address) | {
        "minimum_age": "30",
        "maximum_age": "3",
        "at-0-latitude": "146",
        "schedules-0-opens_at": "09:00",
        "phones-TOTAL_FORMS": "2",
        "phones-1-extension": "4",
    }
    answer = client.post(address, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Le numéro manque." in page
    assert "Cochez les jours" in page
    answer = client.post(
        address, {k: v for k, v in sent.items() if k not in ("schedules-0-opens_at", "phones-1-extension")}
    )
    assert answer.status_code == 422
    assert answer.context["page"].form.errors["minimum_age"]
    assert answer.context["page"].sets["at"].forms[0].errors["latitude"]


def test_two_persons_at_once_see_both_versions(client: Any) -> None:
    service = make_service(wait_time="deux jours")
    address = f"/repertoire/services/{service.uid}/modifier/"
    mine = _typed(client, address) | {"wait_time": "un mois"}
    client.post(address, _typed(client, address) | {"wait_time": "une semaine"})
    answer = client.post(address, mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "pendant que vous l&#x27;écriviez" in page or "pendant que vous l'écriviez" in page
    assert "une semaine" in page
    assert "un mois" in page
    assert _again(service).wait_time == "une semaine"
    answer = client.post(address, mine | {"revision": "2"})
    assert answer.status_code == 302
    assert _again(service).wait_time == "un mois"


def test_the_history_tells_who_changed_what(client: Any) -> None:
    service = make_service()
    address = f"/repertoire/services/{service.uid}/modifier/"
    client.post(address, _typed(client, address) | {"name": "Autre nom", "phones-0-number": "418 555-0177"})
    page = client.get(f"/repertoire/services/{service.uid}/historique/").content.decode()
    assert "<ins>Autre nom</ins>" in page
    assert "418 555-0177" in page


def test_an_editor_writes_only_their_own(sign_in: Any) -> None:
    user, mine = make_user(), make_organization()
    make_editor(mine, user)
    browser, theirs = sign_in(user), make_service()
    ours = make_service(mine, at=(AtPlace(place=PlaceSheet(name="Ici", city="Lévis")),))
    assert browser.get(f"/repertoire/services/{theirs.uid}/modifier/").status_code == 403
    assert browser.get(f"/repertoire/services/{theirs.uid}/historique/").status_code == 403
    address = f"/repertoire/services/{ours.uid}/modifier/"
    answer = browser.post(address, _typed(browser, address) | {"name": "Mis à jour"})
    assert answer.status_code == 302
    assert _again(ours).name == "Mis à jour"
    other = theirs.organization
    assert browser.get(f"/repertoire/services/nouveau/?organisation={other.uid}").status_code == 403
    forged = _typed(browser, address) | {"organization": other.pk}
    assert browser.post(address, forged).status_code == 422


def test_a_form_that_was_tampered_with_is_refused_with_a_sentence(client: Any) -> None:
    service = make_service()
    address = f"/repertoire/services/{service.uid}/modifier/"
    sent = _typed(client, address)
    for wrong in (
        {"phones-TOTAL_FORMS": "99999999"},
        {"phones-TOTAL_FORMS": "x"},
        {"revision": "²"},
        {"at-0-uid": "pas-un-uid"},
        {"needs": "needs:inconnu"},
        {"add": "phones", "phones-TOTAL_FORMS": "²"},
        {"name": "Nom\x00"},
    ):
        assert client.post(address, sent | wrong).status_code in (200, 400, 422), wrong
    assert _again(service).revision == 1
