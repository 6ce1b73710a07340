"""Logging an entry as a worker does: on a phone, with a thumb, or with the keyboard alone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from maillage.journal.models import Entry
from tests.factories import make_entry, make_member, make_organization, make_site

from .looks import axe, review
from .sizes import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "/journal/nouvelle/"


@pytest.fixture
def phone(page: Page, enter: Any, worker: Any) -> Page:
    """The form on a phone, the worker signed in."""
    enter(worker.user)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(NEW)
    return page


def tap(page: Page, name: str, kind: str = "radio") -> None:
    page.get_by_role(kind, name=name, exact=True).check()  # type: ignore[arg-type]


def fill_quickly(page: Page) -> None:
    tap(page, "Coopérative des Érables")
    tap(page, "Individualisée")
    tap(page, "Accueil", "checkbox")
    page.get_by_role("button", name="Personnes rejointes : un de plus").click()


def save(page: Page) -> None:
    page.locator(".savebar").get_by_role("button", name="Inscrire").click()


def test_an_entry_by_a_few_taps(phone: Page) -> None:
    fill_quickly(phone)
    tap(phone, "45 min")
    save(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Intervention inscrite")
    entry = Entry.objects.get()
    assert (entry.site.name, entry.nature, entry.persons, entry.minutes) == (
        "Coopérative des Érables",
        "individual",
        2,
        45,
    )
    review(phone, "journal-inscrite")


def test_the_form_keeps_every_rule(phone: Page) -> None:
    review(phone, "journal-formulaire")
    tap(phone, "Collective")
    expect(phone.get_by_role("heading", name="Action collective")).to_be_visible()
    axe(phone)


def test_an_entry_by_the_keyboard_alone(phone: Page) -> None:
    phone.locator("input[name=site]").first.focus()
    phone.keyboard.press("Space")
    phone.locator("input[name=nature]").first.focus()
    phone.keyboard.press("ArrowRight")
    expect(phone.get_by_role("radio", name="Collective", exact=True)).to_be_checked()
    for _ in range(60):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.name") == "participants":
            break
    phone.keyboard.type("12")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Intervention inscrite")
    entry = Entry.objects.get()
    assert (entry.nature, entry.participants) == ("collective", 12)


def test_what_is_missing_is_told_first_and_leads_to_its_field(phone: Page, troubles: Any) -> None:
    troubles.allow("400")
    save(phone)
    summary = phone.locator("#problems")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Rien n'est perdu")
    axe(phone)
    summary.get_by_role("link", name="Nature : faites un choix.").click()
    expect(phone.locator("#f-nature")).to_be_focused()
    assert not Entry.objects.exists()


def test_a_draft_survives_a_reload_and_goes_once_saved(phone: Page) -> None:
    fill_quickly(phone)
    phone.locator("#s-referrals > summary").click()
    phone.get_by_role("button", name="Ajouter une référence").click()
    phone.get_by_label("Destination").select_option("health")
    phone.locator("#f-note").fill("Une belle rencontre.")
    expect(phone.locator("#draft-state")).to_contain_text("Brouillon gardé")
    phone.reload()
    expect(phone.locator("#draft-found")).to_be_visible()
    expect(phone.locator("#f-note")).to_have_value("Une belle rencontre.")
    expect(phone.get_by_label("Destination")).to_have_value("health")
    expect(phone.get_by_role("radio", name="Coopérative des Érables")).to_be_checked()
    save(phone)
    phone.get_by_role("link", name="En inscrire une autre").click()
    expect(phone.locator("#draft-found")).to_be_hidden()
    expect(phone.locator("#f-note")).to_have_value("")
    assert Entry.objects.get().referrals.count() == 1


def test_a_draft_outlives_a_session_and_is_not_shown_to_another(phone: Page, worker: Any, enter: Any) -> None:
    phone.locator("#f-note").fill("À moi seule.")
    expect(phone.locator("#draft-state")).to_contain_text("Brouillon gardé")
    other = make_member(worker.program)
    phone.context.clear_cookies()
    enter(worker.user)
    phone.goto(NEW)
    expect(phone.locator("#f-note")).to_have_value("À moi seule.")
    phone.context.clear_cookies()
    enter(other.user)
    phone.goto(NEW)
    expect(phone.locator("#f-note")).to_have_value("")
    assert "À moi seule" not in phone.evaluate("JSON.stringify(localStorage)")


def test_signing_out_leaves_no_draft(phone: Page) -> None:
    phone.locator("#f-note").fill("À moi seule.")
    phone.locator(".topbar details.menu summary").last.click()
    phone.locator(".topbar").get_by_role("button", name="Se déconnecter").click()
    expect(phone.get_by_role("link", name="Se connecter").first).to_be_visible()
    assert "À moi seule" not in phone.evaluate("JSON.stringify(localStorage)")


def test_the_last_one_is_one_tap_away(page: Page, enter: Any, worker: Any) -> None:
    make_entry(worker.program, worker, actions=["crisis"], persons=4)
    enter(worker.user)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(NEW)
    page.get_by_role("link", name="Reprendre la dernière").click()
    expect(page.get_by_role("checkbox", name="Intervention en situation de crise")).to_be_checked()
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Intervention inscrite")
    assert [entry.persons for entry in Entry.objects.order_by("id")] == [4, 4]


def test_referral_rows_come_and_go(phone: Page) -> None:
    make_organization(name="Moisson Imaginaire")
    fill_quickly(phone)
    phone.locator("#s-referrals > summary").click()
    for _ in range(2):
        phone.get_by_role("button", name="Ajouter une référence").click()
    phone.locator("[name='ref-0-destination']").select_option("community")
    phone.locator("[name='ref-1-destination']").select_option("health")
    field = phone.locator("[name='ref-0-organization']")
    field.press_sequentially("mois")
    expect(phone.locator("#organizations option")).to_have_attribute("value", "Moisson Imaginaire")
    field.fill("moisson imaginaire")
    axe(phone)
    phone.get_by_role("button", name="Retirer cette référence").last.click()
    save(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Intervention inscrite")
    referral = Entry.objects.get().referrals.get()
    assert (referral.destination.code, referral.organization.name) == ("community", "Moisson Imaginaire")


def test_an_identity_is_hinted_then_asked_about(phone: Page, troubles: Any) -> None:
    troubles.allow("400")
    fill_quickly(phone)
    phone.locator("#f-note").fill("Rappeler Mme Tremblay au 418 555-0123.")
    expect(phone.locator("#note-hint")).to_contain_text("418 555-0123")
    save(phone)
    expect(phone.locator("#problems")).to_contain_text("Mme Tremblay")
    assert not Entry.objects.exists()
    axe(phone)
    phone.get_by_role("button", name="Enregistrer quand même").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Intervention inscrite")


def test_a_save_is_undone_and_brought_back(phone: Page) -> None:
    fill_quickly(phone)
    save(phone)
    phone.get_by_role("button", name="Annuler cette inscription").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Intervention supprimée")
    axe(phone)
    phone.get_by_role("button", name="Rétablir").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Intervention du")
    assert Entry.objects.alive().count() == 1


def test_a_site_is_found_by_its_words(page: Page, enter: Any, worker: Any) -> None:
    for name in (
        "Jardins",
        "Tilleul",
        "Peupliers",
        "Bouleaux",
        "Chênes",
        "Pins",
        "Saules",
        "Mélèzes",
        "Frênes",
        "Ormes",
    ):
        make_site(worker.program, name=f"Habitations des {name}")
    for n in range(9):
        make_site(worker.program, name=f"Autre milieu {n}")
    enter(worker.user)
    page.goto(NEW)
    page.locator("#site-other > summary").click()
    page.get_by_role("searchbox", name="Chercher un milieu").fill("melez")
    page.locator("#f-site-other").select_option(label="Habitations des Mélèzes")
    tap(page, "Individualisée")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Intervention inscrite")
    assert Entry.objects.get().site.name == "Habitations des Mélèzes"


def test_the_list_filters_in_place(page: Page, enter: Any, worker: Any) -> None:
    make_entry(worker.program, worker, themes=["food"])
    make_entry(worker.program, worker, themes=["budget"], nature="collective")
    enter(worker.user)
    page.goto("/journal/")
    review(page, "journal-liste")
    page.get_by_text("Filtrer et chercher").click()
    page.get_by_label("Nature").select_option("collective")
    expect(page.locator(".entry-row")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/journal/\?nature=collective$"))
    axe(page)
    page.get_by_role("link", name="Retirer le filtre Nature : Collective").click()
    expect(page.locator(".entry-row")).to_have_count(2)
    page.locator(".entry-link").first.click()
    review(page, "journal-intervention")
