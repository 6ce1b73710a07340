"""The portrait in a browser: charts under the strict policy, the period changed in place, both sizes and themes."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from maillage.programs.models import Program
from tests.factories import make_member, make_program

from .looks import SIZES, fits, review

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def busy(transactional_db: None) -> Program:
    program = make_program(start=date(2014, 1, 1), end=date(2015, 12, 31), name="Entente du portrait")
    make_member(program, "worker")
    call_command("synth", "journal", program=program.slug, entries=300, seed=11, verbosity=0)
    return program


def see_everything(page: Page) -> None:
    """Scroll down so that each chart is drawn."""
    for place in page.locator("[data-portrait-chart]").all():
        place.scroll_into_view_if_needed()
        expect(place).to_have_attribute("data-drawn", "")
    page.evaluate("scrollTo(0, 0)")


def test_every_chart_is_drawn_and_the_page_keeps_every_rule(page: Page, enter: Any, busy: Program) -> None:
    enter(make_member(busy, "coordinator").user)
    page.goto(f"/portraits/{busy.slug}/")
    see_everything(page)
    drawn, wanted = page.locator("[data-portrait-chart] svg").count(), page.locator("[data-portrait-chart]").count()
    assert drawn == wanted >= 17
    expect(page.locator("#tenure svg")).to_contain_text("%")
    review(page, "portrait")


def test_the_chart_says_what_the_table_says(page: Page, enter: Any, busy: Program) -> None:
    enter(make_member(busy, "worker").user)
    page.goto(f"/portraits/{busy.slug}/")
    see_everything(page)
    for id in ("tenure", "action", "themes"):
        said = page.locator(f"#{id} svg text").all_text_contents()
        for row in page.locator(f"#{id} tbody tr").all():
            assert row.locator("th").inner_text() in said
            assert row.locator("td").last.inner_text() in said


def test_the_period_changes_in_place_and_the_back_button_works(page: Page, enter: Any, busy: Program) -> None:
    enter(make_member(busy, "worker").user)
    page.goto(f"/portraits/{busy.slug}/")
    page.get_by_label("Période", exact=True).select_option("2014")
    expect(page.locator(".portrait-period")).to_contain_text("2014")
    expect(page).to_have_url(f"/portraits/{busy.slug}/?du=2014-01-01&au=2014-12-31")
    see_everything(page)
    page.get_by_label("Partie de l'année").select_option("t2")
    expect(page.locator(".portrait-period")).to_contain_text("d'avril à juin 2014")
    page.go_back()
    expect(page.locator(".portrait-period")).to_have_text("2014")


def test_a_figure_opens_its_entries(page: Page, enter: Any, busy: Program) -> None:
    enter(make_member(busy, "worker").user)
    page.goto(f"/portraits/{busy.slug}/")
    figure = page.locator("#nature tbody a").first
    count = figure.inner_text()
    figure.click()
    expect(page.locator(".total").first).to_contain_text(count)


def test_without_script_the_period_is_chosen_with_the_button(
    browser: Any, live_server: Any, busy: Program, sign_in: Any
) -> None:
    client = sign_in(make_member(busy, "partner").user)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/portraits/{busy.slug}/")
    page.get_by_label("Période", exact=True).select_option("2015")
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator(".portrait-period")).to_contain_text("2015")
    expect(page.locator("#tenure table")).to_be_visible()
    context.close()


def test_a_protected_portrait_and_the_list_keep_every_rule(page: Page, enter: Any, busy: Program) -> None:
    enter(make_member(busy, "partner").user)
    page.goto("/portraits/")
    review(page, "portraits")
    page.locator(".portraits").get_by_role("link", name="Entente du portrait").click()
    see_everything(page)
    for viewport in SIZES.values():
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        fits(page)
    review(page, "portrait-protege")
