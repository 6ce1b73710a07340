"""The frame and the page of components, as a person meets them."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_project, make_project_person, make_user

from .looks import review

pytestmark = pytest.mark.django_db(transaction=True)


def test_components_keep_every_rule(page: Page, enter: Any) -> None:
    enter(make_user())
    page.goto("/composants/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Composants")
    review(page, "composants")


def test_public_page_and_door_keep_every_rule(page: Page) -> None:
    page.goto("/")
    review(page, "accueil-public")
    page.get_by_role("link", name="Se connecter").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
    review(page, "connexion")


def test_the_current_section_is_in_sight_on_a_phone_and_says_that_there_are_more(page: Page, enter: Any) -> None:
    project = make_project()
    enter(make_project_person(project).person.user)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/projets/{project.slug}/documents/")
    nav = page.locator("nav.sections")
    expect(nav.get_by_role("link", name="Documents et photos")).to_be_in_viewport(ratio=1)
    expect(nav.get_by_role("link", name="Aperçu")).not_to_be_in_viewport()
    expect(nav).to_have_class("sections has-before")
    page.goto(f"/projets/{project.slug}/")
    expect(nav.get_by_role("link", name="Aperçu")).to_be_in_viewport(ratio=1)
    expect(nav).to_have_class("sections has-after")


def test_counter_and_chips_answer(page: Page, enter: Any) -> None:
    enter(make_user())
    page.goto("/composants/")
    page.get_by_role("button", name="Familles : un de plus").first.click()
    expect(page.get_by_label("Familles", exact=True).first).to_have_value("4")
    page.get_by_role("radio", name="Collective").first.check()
    expect(page.get_by_role("radio", name="Individuelle").first).not_to_be_checked()


def test_menu_works_with_the_keyboard_alone(page: Page, enter: Any) -> None:
    enter(make_user(full_name="Ariane Inventée"))
    page.goto("/composants/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#contenu")).to_be_focused()
    summary = page.locator(".topbar details.menu summary").last
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Mon compte")).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.get_by_role("link", name="Mon compte")).to_be_hidden()


def test_theme_and_language_are_chosen_and_kept(page: Page, enter: Any) -> None:
    enter(make_user())
    page.goto("/composants/")
    page.locator(".topbar details.menu summary").last.click()
    page.get_by_role("button", name="Sombre").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.locator("footer").get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en-CA")
