"""« Sur cet appareil »: what waits and where it stands, what makes a device ready, signing out, a phone that is shared."""

import json
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from maillage.journal.models import Device, Entry, Sibling
from maillage.journal.services import EntryDraft, edit_entry
from maillage.territories.models import HousingSite
from tests.factories import make_entry, make_member

from . import phones
from .looks import axe, review
from .phones import eventually
from .sizes import PHONE

# Routes of a test do not see what passes a service worker; the page without network has tests of its own.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser_context_args(service_workers="block")]


def keep(phone: Page, note: str = "") -> None:
    """One entry kept on the device, and a fresh form after it."""
    phones.fill(phone, note)
    phones.save(phone)
    phones.kept(phone)
    phone.get_by_role("button", name="En inscrire une autre").click()


def older(phone: Page, hours: float) -> None:
    """What waits is made to wait since that many hours."""
    phone.evaluate(
        """async (hours) => {
          const db = await new Promise((done) => { const asked = indexedDB.open('maillage'); asked.onsuccess = () => done(asked.result); });
          const work = db.transaction('operations', 'readwrite');
          const store = work.objectStore('operations');
          const all = await new Promise((done) => { const asked = store.getAll(); asked.onsuccess = () => done(asked.result); });
          for (const one of all) store.put({ ...one, savedAt: one.savedAt - hours * 3600000 });
          await new Promise((done) => { work.oncomplete = done; });
          db.close();
        }""",
        hours,
    )


def block(context: BrowserContext) -> None:
    """The network is there but nothing leaves: pages open, the exchange does not."""
    context.route("**/api/sync/v1/**", lambda route: route.abort())


def test_nothing_yet(phone: Page) -> None:
    phone.goto(phones.QUEUE)
    expect(phone.get_by_role("heading", name="Rien n'a été écrit sur cet appareil")).to_be_visible()
    expect(phone.locator("#queue-state")).to_have_text("Rien n'attend sur cet appareil.")
    review(phone, "terrain-vide")


def test_states_are_said_in_words(phone: Page, context: BrowserContext, worker: Any) -> None:
    entry = make_entry(worker.program, worker, note="Avant.", site=HousingSite.objects.get(name__contains="Érables"))
    phone.goto(f"/journal/{entry.uid}/corriger/")
    context.set_offline(True)
    phone.locator("#f-note").fill("Du téléphone.")
    phones.save(phone)
    phones.kept(phone)
    edit_entry(actor=worker.user, entry=entry, revision=1, draft=_with_note(entry, "Du bureau."))
    context.set_offline(False)
    eventually(Sibling.objects.count, 1)
    phone.goto(phones.NEW)
    block(context)
    context.set_offline(True)
    keep(phone)
    context.set_offline(False)
    phone.goto(phones.QUEUE)
    rows = phone.locator(".queue-row")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Enregistré sur l'appareil")
    expect(rows.nth(1)).to_contain_text("À concilier")
    expect(rows.nth(1)).to_contain_text("Correction : ")
    expect(phone.locator("#queue-state")).to_have_text("1 intervention attend le réseau, depuis un instant.")
    older(phone, 25)
    phone.reload()
    expect(phone.locator("[data-alert=old]")).to_be_visible()
    expect(phone.locator("[data-queue-sign]")).to_have_class("queue-sign is-old")
    review(phone, "terrain-file")
    rows.nth(1).get_by_role("link", name="Voir").click()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()


def _with_note(entry: Entry, note: str) -> EntryDraft:
    from maillage.journal.drafts import draft_of

    return draft_of(entry).with_(note=note)


def test_what_waits_is_sent_on_request(phone: Page, context: BrowserContext) -> None:
    block(context)
    context.set_offline(True)
    keep(phone)
    context.set_offline(False)
    phone.goto(phones.QUEUE)
    phone.get_by_role("button", name="Envoyer maintenant").first.click()
    expect(phone.locator("#queue-state")).to_contain_text("1 intervention attend")
    context.unroute_all()
    phone.get_by_role("button", name="Envoyer maintenant").first.click()
    eventually(Entry.objects.count, 1)
    expect(phone.locator(".queue-row")).to_contain_text("Reçu par le serveur")
    expect(phone.locator("#queue-state")).to_have_text("Rien n'attend sur cet appareil.")


def test_an_entry_is_taken_back(phone: Page, context: BrowserContext) -> None:
    block(context)
    context.set_offline(True)
    keep(phone)
    context.set_offline(False)
    phone.goto(phones.QUEUE)
    phone.locator(".queue-row").get_by_role("button", name="Retirer").click()
    expect(phone.locator(".queue-row")).to_have_count(2)
    expect(phone.locator(".queue-row").first).to_contain_text("Retrait : ")
    axe(phone)
    context.unroute_all()
    send = phone.get_by_role("button", name="Envoyer maintenant").first
    send.evaluate("button => button.click()")  # it goes away by itself when all has left already
    eventually(lambda: [entry.deleted_at is not None for entry in Entry.objects.order_by("id")], [True], seconds=30)


def test_an_entry_that_the_server_has_is_taken_back(phone: Page) -> None:
    phones.fill(phone)
    phones.save(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Intervention inscrite")
    phone.goto(phones.QUEUE)
    row = phone.locator(".queue-row")
    expect(row).to_contain_text("Reçu par le serveur")
    row.get_by_role("button", name="Retirer").click()
    eventually(lambda: Entry.objects.get().deleted_at is not None)


def test_the_sealed_file_holds_what_waits_and_no_text(phone: Page, context: BrowserContext, tmp_path: Any) -> None:
    block(context)
    context.set_offline(True)
    keep(phone, "Canari dans la note.")
    context.set_offline(False)
    phone.goto(phones.QUEUE)
    with phone.expect_download() as found:
        phone.get_by_role("button", name="Exporter un fichier scellé").first.click()
    path = tmp_path / "file.json"
    found.value.save_as(path)
    text = path.read_text()
    assert "Canari" not in text
    assert len(json.loads(text)["batches"][0]["ops"]) == 1
    expect(phone.locator("#queue-said")).to_contain_text("téléchargements")


def test_a_device_is_prepared(phone: Page) -> None:
    phone.goto(phones.QUEUE)
    pin = phone.locator("#pin-new")
    for first, second, told in (("12", "12", "de 6 à 12 chiffres"), ("123456", "123457", "pas pareils")):
        pin.fill(first)
        phone.locator("#pin-again").fill(second)
        phone.keyboard.press("Enter")
        expect(phone.locator("#pin-problem")).to_contain_text(told)
        expect(pin).to_be_focused()
    axe(phone)
    phones.set_pin(phone)
    expect(phone.locator("[data-step=pin] [data-done]")).to_be_visible()


def test_signing_out_with_something_waiting_is_first_refused(
    phone: Page, context: BrowserContext, troubles: Any, worker: Any
) -> None:
    block(context)
    phones.fill(phone, "Un brouillon.")
    expect(phone.locator("#draft-state")).to_contain_text("Brouillon gardé")
    phones.set_pin(phone)
    phone.goto(phones.NEW)
    context.set_offline(True)
    keep(phone)
    context.set_offline(False)
    sign_out(phone)
    dialog = phone.get_by_role("dialog")
    expect(dialog).to_contain_text("1 intervention écrite sur cet appareil attend encore de partir.")
    review(phone, "terrain-deconnexion")
    phone.set_viewport_size(PHONE)  # type: ignore[arg-type]
    with phone.expect_download():
        dialog.get_by_role("button", name="Exporter un fichier scellé").click()
    dialog.get_by_role("button", name="Envoyer maintenant").click()
    expect(dialog.get_by_role("status")).to_contain_text("rien n'est parti")
    dialog.get_by_role("button", name="Se déconnecter et les laisser partir").click()
    expect(phone.get_by_role("link", name="Se connecter").first).to_be_visible()
    assert stores(phone) == {"operations": 1, "vaults": 0, "drafts": 0, "cache": 0}
    context.unroute_all()
    phone.reload()
    eventually(Entry.objects.count, 1, seconds=60)  # it had been told to wait


def test_signing_out_once_all_is_sent(phone: Page, context: BrowserContext) -> None:
    block(context)
    context.set_offline(True)
    keep(phone)
    context.set_offline(False)
    sign_out(phone)
    context.unroute_all()
    phone.get_by_role("dialog").get_by_role("button", name="Envoyer maintenant").click()
    expect(phone.get_by_role("link", name="Se connecter").first).to_be_visible()
    assert Entry.objects.count() == 1


def test_who_stays_after_all_keeps_their_draft(phone: Page, context: BrowserContext) -> None:
    block(context)
    context.set_offline(True)
    keep(phone)
    sign_out(phone)
    phone.get_by_role("dialog").get_by_role("button", name="Fermer").click()
    phone.keyboard.press("Escape")
    phone.locator("#f-note").fill("Je reste.")
    expect(phone.locator("#draft-state")).to_contain_text("Brouillon gardé")
    context.set_offline(False)
    phone.reload()
    expect(phone.locator("#f-note")).to_have_value("Je reste.")


def test_a_loss_is_said(phone: Page) -> None:
    phone.evaluate(
        """async () => {
          const db = await new Promise((done) => { const asked = indexedDB.open('maillage'); asked.onsuccess = () => done(asked.result); });
          const store = db.transaction('devices', 'readwrite').objectStore('devices');
          const [device] = await new Promise((done) => { const asked = store.getAll(); asked.onsuccess = () => done(asked.result); });
          store.put({ ...device, lost: { kind: 'missing', count: 2, at: Date.now() } });
          await new Promise((done) => { store.transaction.oncomplete = done; });
          db.close();
        }"""
    )
    phone.goto(phones.QUEUE)
    expect(phone.locator("[data-alert=gap]")).to_be_visible()
    axe(phone)
    phone.get_by_role("button", name="J'ai vérifié").click()
    expect(phone.locator("[data-alert=gap]")).to_be_hidden()


def sign_out(page: Page) -> None:
    page.locator(".topbar details.menu summary").last.click()
    page.locator(".topbar").get_by_role("button", name="Se déconnecter").click()


def stores(page: Page) -> dict[str, int]:
    """How much lies in each store of the device."""
    return page.evaluate(
        """async () => {
          const db = await new Promise((done) => { const asked = indexedDB.open('maillage'); asked.onsuccess = () => done(asked.result); });
          const found = {};
          for (const name of ['operations', 'vaults', 'drafts', 'cache']) {
            found[name] = await new Promise((done) => {
              const asked = db.transaction(name).objectStore(name).count(); asked.onsuccess = () => done(asked.result); });
          }
          db.close();
          return found;
        }"""
    )


def test_a_shared_phone(phone: Page, context: BrowserContext, enter: Any, worker: Any) -> None:
    block(context)
    context.set_offline(True)
    keep(phone, "De la première.")
    context.set_offline(False)
    other = make_member(worker.program)
    context.clear_cookies()
    enter(other.user)
    phone.goto(phones.QUEUE)
    expect(phone.locator("[data-alert=others]")).to_contain_text("1 intervention d'une autre personne attend aussi")
    expect(phone.locator(".queue-row")).to_have_count(0)
    expect(phone.locator("#contenu")).not_to_contain_text("Érables")
    context.unroute_all()
    phone.reload()
    eventually(Entry.objects.count, 1)
    assert Entry.objects.get().worker_id == worker.pk
    eventually(Device.objects.count, 2)


def test_an_ended_session_is_said_and_the_queue_leaves(phone: Page, context: BrowserContext, troubles: Any) -> None:
    troubles.allow("401|403")
    block(context)
    context.set_offline(True)
    keep(phone)
    context.set_offline(False)
    phone.goto(phones.QUEUE)
    expect(phone.locator(".queue-row")).to_have_count(1)
    context.clear_cookies()
    context.unroute_all()
    phone.get_by_role("button", name="Envoyer maintenant").first.click()
    eventually(Entry.objects.count, 1)
    expect(phone.locator("[data-alert=session]")).to_be_visible()
    expect(phone.get_by_role("link", name="Reconnectez-vous")).to_be_visible()
    axe(phone)


def test_old_readable_drafts_move_into_the_vault(phone: Page, worker: Any) -> None:
    key = f"maillage:draft:{worker.user_id}:{worker.program.slug}:nouvelle"
    phone.evaluate(
        "key => localStorage.setItem(key, JSON.stringify({at: Date.now(), uid: '0190a000-0000-7000-8000-000000000000', fields: [['note', 'Ancienne note']]}))",
        key,
    )
    phone.evaluate("localStorage.setItem('maillage:draft:999:ailleurs:nouvelle', '{}')")
    phone.reload()
    expect(phone.locator("#f-note")).to_have_value("Ancienne note")
    assert "maillage:draft" not in phone.evaluate("JSON.stringify(localStorage)")
    phone.reload()
    expect(phone.locator("#f-note")).to_have_value("Ancienne note")
