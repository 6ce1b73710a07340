"""The page that opens without network: a PIN, the form that the device kept, the queue. On a phone, after a cold start."""

import sys
import time
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from maillage.journal.models import Entry
from tests.factories import make_member, make_program, make_site

from . import phones
from .looks import axe, review
from .phones import eventually
from .sizes import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
SLOWER = 4  # times the processor of a phone is slower than this one


@pytest.fixture
def phone(page: Page, context: BrowserContext, enter: Any, worker: Any, troubles: Any) -> Page:
    """A prepared phone whose network is gone, on an empty page."""
    troubles.allow(phones.OF_THE_NETWORK)
    enter(worker.user)
    phones.open_form(context, page)
    phones.set_pin(page)
    ready(page)
    context.set_offline(True)
    return page


def ready(page: Page) -> None:
    """Wait until the browser keeps the page without network; a navigation completes what a slow server left out."""
    began = time.monotonic()

    def kept() -> bool:
        nonlocal began
        if time.monotonic() - began > 10:
            began = time.monotonic()
            page.reload()
        return page.evaluate(
            """async () => {
              const names = await caches.keys();
              const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).match("/sw-whole")));
              return Boolean(navigator.serviceWorker.controller) && kept.some(Boolean);
            }"""
        )

    eventually(kept, seconds=60)


def unlock(page: Page, pin: str = phones.PIN) -> None:
    page.get_by_label("Votre NIP").fill(pin)
    page.get_by_role("button", name="Ouvrir").click()


def test_an_entry_from_a_cold_start(phone: Page, context: BrowserContext) -> None:
    phone.goto(phones.NEW)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Inscrire une intervention")
    expect(phone.get_by_label("Votre NIP")).to_be_focused()
    review(phone, "terrain-nip")
    phone.set_viewport_size(PHONE)  # type: ignore[arg-type]
    unlock(phone)
    expect(phone.locator("#f-date")).to_have_value(phone.evaluate("new Date().toLocaleDateString('fr-CA')"))
    review(phone, "terrain-formulaire")
    phone.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for note in ("Au sous-sol.", "Dans l'escalier."):
        phones.fill(phone, note)
        phones.save(phone)
        phones.kept(phone)
        phone.get_by_role("button", name="En inscrire une autre").click()
    phone.get_by_role("link", name="Sur cet appareil").click()
    expect(phone.locator(".queue-row")).to_have_count(2)
    expect(phone.locator(".queue-row").first).to_contain_text("Coopérative des Érables · Individualisée")
    review(phone, "terrain-file-hors-ligne")
    context.set_offline(False)
    eventually(lambda: sorted(Entry.objects.values_list("note", flat=True)), ["Au sous-sol.", "Dans l'escalier."])
    expect(phone.locator(".queue-row").first).to_contain_text("Reçu par le serveur")


def test_the_queue_from_a_cold_start(phone: Page) -> None:
    phone.goto(phones.NEW)
    unlock(phone)
    phones.fill(phone, "Derrière la porte.")
    phones.save(phone)
    phones.kept(phone)
    phone.goto("/journal/terrain/")
    expect(phone.locator("[data-alert=others]")).to_contain_text("Votre NIP montre les vôtres")
    expect(phone.locator(".queue-row")).to_have_count(0)
    unlock(phone)
    expect(phone.locator(".queue-row")).to_contain_text("Coopérative des Érables · Individualisée")
    expect(phone.locator("[data-alert=others]")).to_be_hidden()
    review(phone, "terrain-file-au-nip")


def test_a_draft_is_found_again_after_a_cold_start(phone: Page) -> None:
    phone.goto(phones.NEW)
    unlock(phone)
    phone.locator("#f-note").fill("À finir plus tard.")
    expect(phone.locator("#draft-state")).to_contain_text("Brouillon gardé")
    phone.goto("about:blank")
    phone.goto(phones.NEW)
    unlock(phone)
    expect(phone.locator("#draft-found")).to_be_visible()
    expect(phone.locator("#f-note")).to_have_value("À finir plus tard.")
    phone.get_by_role("button", name="Recommencer à neuf").click()
    expect(phone.locator("#f-note")).to_have_value("")


def test_a_wrong_pin_counts_and_the_tenth_destroys(phone: Page, context: BrowserContext) -> None:
    phone.goto(phones.NEW)
    unlock(phone)
    phones.fill(phone, "Déjà gardée.")
    phones.save(phone)
    phones.kept(phone)
    phone.goto(phones.NEW)
    for left in range(9, 0, -1):
        unlock(phone, "000000")
        told = f"Il reste {left} essais" if left > 1 else "Il reste 1 essai avant"
        expect(phone.locator("#opening-problem")).to_contain_text(told, timeout=15_000)
        expect(phone.get_by_label("Votre NIP")).to_be_focused()
    axe(phone)
    unlock(phone, "000000")
    expect(phone.locator("[data-opening=destroyed]")).to_be_visible(timeout=15_000)
    review(phone, "terrain-nip-detruit")
    phone.reload()
    expect(phone.locator("[data-opening=unprepared]")).to_be_visible()
    context.set_offline(False)
    eventually(Entry.objects.count, 1)


def test_a_phone_that_was_not_prepared(
    page: Page, context: BrowserContext, enter: Any, worker: Any, troubles: Any
) -> None:
    troubles.allow(phones.OF_THE_NETWORK)
    enter(worker.user)
    phones.open_form(context, page)
    expect(page.get_by_role("link", name="Préparez cet appareil pour inscrire sans réseau")).to_be_visible()
    ready(page)
    context.set_offline(True)
    page.goto(phones.NEW)
    expect(page.locator("[data-opening=unprepared]")).to_be_visible()
    review(page, "terrain-pas-prepare")
    page.goto("/journal/")
    expect(page.get_by_role("heading", name="Cette page a besoin du réseau")).to_be_visible()
    review(page, "terrain-ailleurs")


def test_two_people_choose_who_writes(phone: Page, context: BrowserContext, enter: Any, worker: Any) -> None:
    other = make_member(worker.program, "worker")
    context.set_offline(False)
    context.clear_cookies()
    enter(other.user)
    phones.open_form(context, phone)
    phones.set_pin(phone, "135792")
    context.set_offline(True)
    phone.goto(phones.NEW)
    phone.get_by_label("Qui écrit ?").select_option(str(other.user_id))
    axe(phone)
    unlock(phone, "135792")
    phones.fill(phone)
    phones.save(phone)
    phones.kept(phone)
    context.set_offline(False)
    eventually(lambda: [entry.worker_id for entry in Entry.objects.order_by("id")], [other.pk])


def test_two_programmes_are_chosen_from(
    page: Page, context: BrowserContext, enter: Any, worker: Any, troubles: Any
) -> None:
    second = make_program(slug="seconde-entente", name="Seconde entente")
    make_site(second, name="Les Bouleaux")
    second.memberships.create(user=worker.user, role="outreach", label=worker.label)
    troubles.allow(phones.OF_THE_NETWORK)
    enter(worker.user)
    phones.open_form(context, page)
    phones.set_pin(page)
    ready(page)
    context.set_offline(True)
    page.goto(phones.NEW)
    unlock(page)
    page.get_by_label("Programme", exact=True).select_option("Seconde entente")
    phones.tap(page, "Les Bouleaux")
    phones.tap(page, "Individualisée")
    phones.save(page)
    phones.kept(page)
    context.set_offline(False)
    eventually(lambda: [entry.program.slug for entry in Entry.objects.order_by("id")], ["seconde-entente"])


def test_it_opens_at_once(phone: Page, context: BrowserContext) -> None:
    phone.goto("about:blank")
    client = context.new_cdp_session(phone)
    client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    phone.goto(phones.NEW)
    expect(phone.get_by_label("Votre NIP")).to_be_visible()
    opened = phone.evaluate("performance.getEntriesByName('maillage:asks')[0].startTime")
    started = time.monotonic()
    unlock(phone)
    expect(phone.locator("#entry-form")).to_be_visible()
    unlocked = (time.monotonic() - started) * 1000
    painted = phone.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    said = f"first paint {painted:.0f} ms, PIN asked {opened:.0f} ms, form after the PIN {unlocked:.0f} ms"
    sys.stdout.write(f"\nopening without network, processor slowed {SLOWER} times: {said}\n")
