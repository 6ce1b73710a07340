"""Finding a service as a person does: typing, refining, reading the map, giving the sheet."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from maillage.directory.models import Service
from tests.directory.test_find_pages import ALWAYS, make

from .looks import review

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def services(db: None) -> list[Service]:
    food = make(
        "Épicerie solidaire", 46.8, -71.2, fee="free", description="Des denrées à petit prix.", schedules=(ALWAYS,)
    )
    return [food, make("Popote roulante", 46.4, -71.0, fee="paid"), make("Clinique d'impôts", 46.1, -70.6)]


def test_results_come_as_one_types_and_the_map_follows(page: Page, services: list[Service]) -> None:
    page.goto(reverse("directory:search"))
    expect(page.locator("#carte")).to_be_hidden()
    page.locator("#finder-q").press_sequentially("epiceri", delay=20)
    expect(page.locator(".finder-line")).to_have_count(1)
    expect(page.locator(".finder-line h2")).to_have_text("Épicerie solidaire")
    expect(page).to_have_url(f"{page.url.split('?')[0]}?q=epiceri")
    expect(page.locator("#finder-q")).to_be_focused()
    expect(page.locator(".map-drawing[data-ready]")).to_be_visible()
    page.locator("#finder-q").fill("")
    page.get_by_role("link", name="Voir tous les services").click()
    expect(page.locator(".finder-line")).to_have_count(3)
    review(page, "repertoire-resultats")
    page.reload()
    expect(page.locator(".finder-line")).to_have_count(3)


def test_a_filter_is_chosen_seen_and_removed(page: Page, services: list[Service]) -> None:
    page.goto(f"{reverse('directory:search')}?tous=1")
    page.get_by_text("Préciser").click()
    page.locator("label.chip", has_text="Gratuit").click()
    expect(page.locator(".finder-line")).to_have_count(1)
    removal = page.get_by_role("link", name="Retirer le filtre Coût : Gratuit")
    expect(removal).to_be_visible()
    removal.click()
    expect(page.locator(".finder-line")).to_have_count(3)
    page.goto(f"{reverse('directory:search')}?cout=free&q=epicerie")
    page.get_by_role("link", name="Retirer le filtre Coût : Gratuit").click()
    expect(page.locator(".finder-line h2")).to_have_text("Épicerie solidaire")


def test_it_works_without_script(browser: Any, live_server: Any, services: list[Service]) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto(reverse("directory:search"))
    page.locator("#finder-q").fill("popote")
    page.locator("#finder-q").press("Enter")
    expect(page.locator(".finder-line h2")).to_have_text("Popote roulante")
    page.get_by_role("link", name="Popote roulante").click()
    page.get_by_role("link", name="Imprimer").click()
    expect(page.locator("article.paper svg.qr")).to_be_visible()
    context.close()


def test_the_sheet_and_the_paper_keep_every_rule(page: Page, services: list[Service]) -> None:
    page.goto(reverse("directory:service", args=[services[0].uid]))
    expect(page.get_by_text("Ouvert en tout temps")).to_be_visible()
    review(page, "repertoire-fiche")
    page.get_by_role("link", name="Imprimer").click()
    review(page, "repertoire-feuille")
