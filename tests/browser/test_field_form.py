"""The form without network: kept on the device, said so, and on the server once the network is back."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from maillage.journal.models import Entry
from tests.factories import make_entry

from . import phones
from .looks import axe, review
from .phones import eventually

# Routes of a test do not see what passes a service worker; the page without network has tests of its own.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser_context_args(service_workers="block")]


def waiting(page: Page) -> int:
    return sum(operation["state"] == "waiting" for operation in phones.operations(page))


def test_an_entry_without_network_leaves_by_itself(phone: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    phones.fill(phone, "Une belle rencontre.")
    phones.save(phone)
    phones.kept(phone)
    expect(phone.locator("[data-kept-said]")).to_contain_text("Coopérative des Érables · Individualisée")
    expect(phone.get_by_role("link", name="1 intervention attend sur cet appareil")).to_be_visible()
    axe(phone)
    assert not Entry.objects.exists()
    context.set_offline(False)
    eventually(Entry.objects.count, 1)
    entry = Entry.objects.get()
    assert (entry.note, entry.persons, entry.site.name) == ("Une belle rencontre.", 1, "Coopérative des Érables")
    expect(phone.locator("[data-queue-sign]")).to_be_hidden()


def test_one_after_the_other_without_network(phone: Page, context: BrowserContext) -> None:
    eventually(lambda: phone.evaluate("navigator.onLine"))
    context.set_offline(True)
    for note in ("Première.", "Deuxième.", "Troisième."):
        phones.fill(phone, note)
        phones.save(phone)
        phones.kept(phone)
        phone.get_by_role("button", name="En inscrire une autre").click()
        expect(phone.locator("#f-note")).to_have_value("")
    assert len({operation["entry"] for operation in phones.operations(phone)}) == 3
    context.set_offline(False)
    eventually(lambda: sorted(Entry.objects.values_list("note", flat=True)), ["Deuxième.", "Première.", "Troisième."])


def test_a_hundred_taps_keep_one_entry(phone: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    phones.fill(phone)
    phone.evaluate("for (let n = 0; n < 100; n += 1) document.querySelector('.savebar [type=submit]').click()")
    phones.kept(phone)
    assert len(phones.operations(phone)) == 1
    context.set_offline(False)
    eventually(Entry.objects.count, 1)


def test_a_hundred_taps_with_network_write_one_entry(phone: Page) -> None:
    phones.fill(phone)
    phone.evaluate("for (let n = 0; n < 100; n += 1) document.querySelector('.savebar [type=submit]').click()")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Intervention inscrite")
    eventually(lambda: [operation["result"] for operation in phones.operations(phone)], ["duplicate"])
    assert Entry.objects.count() == 1


def test_two_tabs_and_the_back_button_write_one_entry(phone: Page, context: BrowserContext, troubles: Any) -> None:
    phones.fill(phone, "La même.")
    expect(phone.locator("#draft-state")).to_contain_text("Brouillon gardé")
    other = context.new_page()
    troubles.listen(other)
    other.goto(phones.NEW)
    expect(other.locator("#f-note")).to_have_value("La même.")
    context.set_offline(True)
    for page in (phone, other):
        phones.save(page)
        phones.kept(page)
    context.set_offline(False)
    eventually(lambda: waiting(phone), 0)
    other.go_back()
    assert Entry.objects.count() == 1


def test_a_lost_session_keeps_the_entry_and_the_mailbox_takes_it(
    phone: Page, context: BrowserContext, troubles: Any
) -> None:
    troubles.allow("401|403")
    phones.fill(phone, "Après la fin de la session.")
    context.clear_cookies(name="sessionid")
    phones.save(phone)
    phones.kept(phone)
    expect(phone.locator("#entry-kept")).to_contain_text("Votre session était terminée")
    expect(phone.get_by_role("link", name="Reconnectez-vous")).to_be_visible()
    eventually(Entry.objects.count, 1)
    assert Entry.objects.get().note == "Après la fin de la session."


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_server_in_trouble_keeps_the_entry(phone: Page, status: int, troubles: Any) -> None:
    troubles.allow(str(status))
    phone.route("**/journal/nouvelle/", lambda route: route.fulfill(status=status, body="<h1>Panne</h1>"))
    phones.fill(phone)
    phones.save(phone)
    phones.kept(phone)
    eventually(Entry.objects.count, 1)


def test_a_captive_portal_is_not_believed(phone: Page) -> None:
    phone.route("**/journal/nouvelle/", lambda route: route.fulfill(status=200, body="<h1>Bienvenue</h1>"))
    phones.fill(phone)
    phones.save(phone)
    phones.kept(phone)
    eventually(Entry.objects.count, 1)


def test_the_device_refuses_with_the_words_of_the_server(phone: Page, context: BrowserContext, troubles: Any) -> None:
    troubles.allow("400")
    phone.locator("[name=persons]").fill("9999")
    phone.locator("#f-date").fill("2001-02-03")
    phones.save(phone)
    expect(phone.locator("#problems")).to_be_focused()
    told = [line.inner_text() for line in phone.locator("#problems li a").all()]
    context.set_offline(True)
    phones.save(phone)
    expect(phone.locator("#problems")).to_be_focused()
    assert [line.inner_text() for line in phone.locator("#problems li a").all()] == told
    assert len(told) == 4
    axe(phone)
    phone.locator("#problems").get_by_role("link", name="Nature : faites un choix.").click()
    expect(phone.locator("#f-nature")).to_be_focused()
    assert phones.operations(phone) == []


def test_an_identity_is_asked_about_before_it_is_kept(phone: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    phones.fill(phone, "Rappeler au 418 555-0123.")
    phones.save(phone)
    expect(phone.locator("#problems")).to_contain_text("418 555-0123")
    axe(phone)
    assert phones.operations(phone) == []
    phone.get_by_role("button", name="Enregistrer quand même").click()
    phones.kept(phone)
    context.set_offline(False)
    eventually(Entry.objects.count, 1)
    assert Entry.objects.get().note == "Rappeler au 418 555-0123."


def test_a_correction_without_network(phone: Page, context: BrowserContext, worker: Any) -> None:
    entry = make_entry(worker.program, worker, persons=2, note="Avant.")
    phone.goto(f"/journal/{entry.uid}/corriger/")
    context.set_offline(True)
    phone.locator("[name=persons]").fill("7")
    phones.save(phone)
    phones.kept(phone)
    [operation] = phones.operations(phone)
    assert (operation["kind"], operation["base"], operation["entry"]) == ("update", 1, str(entry.uid))
    context.set_offline(False)
    eventually(lambda: Entry.objects.get(pk=entry.pk).persons, 7)
    assert Entry.objects.get(pk=entry.pk).note == "Avant."


def test_a_correction_that_was_begun_is_found_again(phone: Page, worker: Any) -> None:
    entry = make_entry(worker.program, worker, note="Avant.")
    phone.goto(f"/journal/{entry.uid}/corriger/")
    phone.locator("#f-note").fill("À moitié corrigée.")
    expect(phone.locator("#draft-state")).to_contain_text("Brouillon gardé")
    phone.reload()
    expect(phone.locator("#f-note")).to_have_value("À moitié corrigée.")
    phones.save(phone)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Intervention du")
    expect(phone.get_by_text("Intervention corrigée.")).to_be_visible()
    assert Entry.objects.get(pk=entry.pk).note == "À moitié corrigée."


def test_a_full_device_says_so_and_the_text_stays(phone: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    phones.fill(phone, "À garder à l'écran.")
    phone.evaluate(
        """() => {
          window.before = { add: IDBObjectStore.prototype.add };
          IDBObjectStore.prototype.add = () => { throw new DOMException("", "QuotaExceededError"); };
        }"""
    )
    phones.save(phone)
    expect(phone.locator("#entry-trouble")).to_be_visible()
    expect(phone.locator("#entry-trouble")).to_contain_text("n'a plus de place")
    expect(phone.locator("#f-note")).to_have_value("À garder à l'écran.")
    expect(phone.locator("#entry-kept")).to_be_hidden()
    axe(phone)
    phone.evaluate("() => { IDBObjectStore.prototype.add = window.before.add; }")
    phones.save(phone)
    phones.kept(phone)


def test_a_device_that_the_server_does_not_know_says_so(
    page: Page, context: BrowserContext, enter: Any, worker: Any, troubles: Any
) -> None:
    troubles.allow(phones.OF_THE_NETWORK)
    page.route("**/api/sync/v1/**", lambda route: route.abort())
    enter(worker.user)
    page.goto(phones.NEW)
    context.set_offline(True)
    phones.fill(page, "Encore là.")
    phones.save(page)
    expect(page.locator("#entry-trouble")).to_contain_text("pas encore été préparé")
    expect(page.locator("#f-note")).to_have_value("Encore là.")


def test_how_it_looks(phone: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    phones.fill(phone)
    phones.save(phone)
    phones.kept(phone)
    review(phone, "terrain-garde")
