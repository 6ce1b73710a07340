"""Referring from the form: a service found by its name, with and without network, and its slip one tap away."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from maillage.directory.sheets import AreaLine
from maillage.journal.models import Entry, Referral
from tests.factories import make_member, make_organization, make_program, make_service, make_site

from . import phones
from .looks import axe, review
from .phones import eventually

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser_context_args(service_workers="block")]
NAME = "Dépannage alimentaire (Moisson Imaginaire)"


@pytest.fixture
def worker() -> Any:
    program = make_program()
    make_site(program, name="Coopérative des Érables", tenure="coop")
    mrc = program.territory.children.order_by("code").first()
    organization = make_organization(name="Moisson Imaginaire")
    make_service(organization, name="Dépannage alimentaire", areas=(AreaLine(division=mrc.code),))
    return make_member(program, "outreach")


def refer(page: Page, typed: str) -> None:
    page.locator("#s-referrals > summary").click()
    page.get_by_role("button", name="Ajouter une référence").click()
    page.get_by_label("Destination").select_option("community")
    page.get_by_label("Service ou organisation").press_sequentially(typed)
    expect(page.locator("#organizations option").first).to_have_attribute("value", NAME)
    page.get_by_label("Service ou organisation").fill(NAME)


def test_a_service_is_found_and_its_slip_is_one_tap_away(phone: Page) -> None:
    phones.fill(phone)
    refer(phone, "depannage")
    agreed = phone.get_by_role("checkbox", name="La personne est d'accord pour que sa demande soit transmise")
    expect(agreed).to_be_hidden()
    phone.get_by_label("Forme").select_option("transferred")
    agreed.check()
    axe(phone)
    number = phone.locator("[data-referral-uid]").first.input_value()
    phones.save(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Intervention inscrite")
    referral = Referral.objects.get()
    assert (str(referral.uid), referral.service.name, referral.consent) == (number, "Dépannage alimentaire", True)
    review(phone, "journal-inscrite-reference")
    phone.get_by_role("link", name="Fiche à remettre").click()
    expect(phone.locator(".slip-code")).to_have_text(referral.code)
    expect(phone.locator("svg.qr")).to_be_visible()
    review(phone, "journal-fiche")


def test_without_network_the_slip_has_the_code_that_the_server_will_know(phone: Page, context: BrowserContext) -> None:
    eventually(lambda: keeps_directory(phone), seconds=30)
    context.set_offline(True)
    phones.fill(phone)
    refer(phone, "alimentaire moisson")
    phones.save(phone)
    phones.kept(phone)
    slip = phone.locator(".slip-kept")
    expect(slip.get_by_role("heading")).to_have_text(NAME)
    expect(slip).to_contain_text("418 555-0110")
    expect(slip).to_contain_text("rue des Essais")
    code = slip.locator(".slip-code").inner_text()
    axe(phone)
    review(phone, "journal-gardee-fiche")
    context.set_offline(False)
    eventually(Entry.objects.count, 1)
    referral = Referral.objects.get()
    assert (referral.code, referral.service.name) == (code, "Dépannage alimentaire")


def keeps_directory(page: Page) -> bool:
    """Whether the device keeps what it fetched of the directory."""
    found: bool = page.evaluate(
        """async () => {
          const db = await new Promise((done) => { const asked = indexedDB.open('maillage'); asked.onsuccess = () => done(asked.result); });
          const keys = await new Promise((done) => {
            const asked = db.transaction('cache').objectStore('cache').getAllKeys(); asked.onsuccess = () => done(asked.result); });
          db.close();
          return JSON.stringify(keys).includes('directory:');
        }"""
    )
    return found
