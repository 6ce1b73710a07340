"""Following referrals on a phone and at a desk; the receiver's page and the code's in a browser without session."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from maillage.journal.models import Referral
from tests.factories import make_member, make_organization, make_program, make_referral

from .looks import axe, fits, review

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def referral() -> Referral:
    """A referral that is late, of a worker who has others."""
    program = make_program(name="Entente des rivières")
    worker = make_member(program, label="Camille Inventée")
    today = timezone.localdate()
    make_referral(program, worker, due_on=today + timedelta(days=3))
    make_referral(program, worker, state="refused", barrier="full", state_at=timezone.now())
    pantry = make_organization(name="Comptoir inventé", phone="418 555-0134")
    return make_referral(program, worker, due_on=today - timedelta(days=2), organization=pantry)


def stranger(context: BrowserContext, base_url: str) -> Page:
    """A page of a browser that knows nobody."""
    browser: Browser | None = context.browser
    assert browser is not None
    outside = browser.new_context(base_url=base_url, locale="fr-CA", reduced_motion="reduce")
    outside.set_default_timeout(10_000)
    return outside.new_page()


def test_one_tap_closes_and_one_undoes_in_place(page: Page, enter: Any, referral: Referral) -> None:
    enter(referral.entry.worker.user)
    page.goto("/journal/suivis/")
    line = page.locator(".loop").first
    expect(line).to_contain_text("En retard de 2 jours")
    line.get_by_text("Refusée…").click()
    review(page, "suivis")
    line.get_by_role("button", name="Transport").click()
    done = page.locator(".loop-done")
    expect(done).to_contain_text("Refusée")
    expect(done).to_contain_text("Transport")
    axe(page)
    referral.refresh_from_db()
    assert (referral.state, referral.barrier) == ("refused", "transport")
    done.get_by_role("button", name="Annuler").click()
    expect(page.locator(".loop").first).to_contain_text("Comptoir inventé")
    referral.refresh_from_db()
    assert referral.state == "given"


def test_the_same_without_script(context: BrowserContext, base_url: str, enter: Any, referral: Referral) -> None:
    enter(referral.entry.worker.user)
    browser = context.browser
    assert browser is not None
    plain = browser.new_context(base_url=base_url, java_script_enabled=False)
    plain.add_cookies(context.cookies())  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto("/journal/suivis/")
    page.locator(".loop").first.get_by_role("button", name="Service obtenu").click()
    expect(page.locator(".loop-done")).to_contain_text("Service obtenu")
    plain.close()


def test_a_receiver_answers_by_the_link_alone(
    page: Page, context: BrowserContext, base_url: str, enter: Any, referral: Referral
) -> None:
    """A page without referrer sends no origin: the answer arrives all the same, and nobody signed in."""
    enter(referral.entry.worker.user)
    page.goto(f"/journal/suivis/{referral.uid}/")
    review(page, "suivi")
    page.get_by_role("link", name="Transmettre").click()
    axe(page)
    page.get_by_label("La personne est d'accord").check()
    page.get_by_role("button", name="Transmettre").click()
    address = page.locator(".secret").inner_text()
    axe(page)
    outside = stranger(context, base_url)
    outside.goto(address)
    review(outside, "receveur")
    outside.get_by_role("button", name="Accepter").click()
    expect(outside.get_by_role("status").filter(has_text="C'est noté")).to_be_visible()
    outside.locator("summary", has_text="Refuser").click()
    axe(outside)
    outside.get_by_label("Raison").select_option("full")
    outside.get_by_role("button", name="Refuser").click()
    expect(outside.get_by_role("heading", level=1)).to_have_text("Merci")
    axe(outside)
    assert outside.goto(address).status == 410  # type: ignore[union-attr]
    axe(outside)
    outside.context.close()
    page.goto(f"/journal/suivis/{referral.uid}/")
    expect(page.locator(".timeline")).to_contain_text("dit de l'extérieur")
    page.goto("/journal/suivis/bilan/")
    review(page, "suivis-bilan")


def test_the_code_of_the_slip(context: BrowserContext, base_url: str, referral: Referral) -> None:
    outside = stranger(context, base_url)
    outside.goto(f"/reference/?code={referral.code}")
    axe(outside)
    outside.get_by_role("button", name="Voir la référence").click()
    expect(outside.get_by_role("heading", level=1)).to_have_text("Comptoir inventé")
    fits(outside)
    axe(outside)
    outside.get_by_role("button", name="Service obtenu").click()
    expect(outside.get_by_role("status").filter(has_text="Merci")).to_be_visible()
    outside.context.close()
    referral.refresh_from_db()
    assert referral.state == "obtained"
