"""From the coordinator's portrait to the page that anybody reads and takes away, in a browser, with and without script."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from maillage.programs.models import Program
from maillage.statistics.models import Release
from tests.factories import make_member, make_release
from tests.statistics.publications import two_portraits
from tests.statistics.release_world import make_world

from .looks import review

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 60_000  # milliseconds: the figures are protected and attacked meanwhile


@pytest.fixture
def world(transactional_db: None) -> Program:
    return make_world(120, consent=True, start=date(2013, 1, 1))


def test_a_coordinator_publishes_and_anybody_reads_and_downloads(
    page: Page, enter: Any, world: Program, browser: Any, live_server: Any
) -> None:
    enter(make_member(world, "coordinator").user)
    page.goto(f"/portraits/{world.slug}/?du=2013-01-01&au=2013-12-31")
    page.get_by_role("link", name="Publier cette période").click()
    expect(page.get_by_label("Période")).to_have_value("year:2013-01-01")
    review(page, "publier")
    page.get_by_role("button", name="Voir ce qui sera caché").click()
    expect(page.get_by_role("heading", name="Pourquoi des chiffres sont cachés")).to_be_visible(timeout=WAIT)
    page.locator("summary", has_text="Thèmes").click()
    expect(page.locator(".release-seen").filter(has=page.locator(".not-public:visible")).first).to_be_visible()
    review(page, "brouillon")
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("link", name="Lire la page publique")).to_be_visible(timeout=WAIT)

    stranger = browser.new_context(locale="fr-CA").new_page()
    stranger.goto(f"{live_server.url}/")
    stranger.get_by_role("link", name="Toutes les publications").click()
    stranger.get_by_role("link", name=f"{world.name} – 2013").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text(f"{world.name} – 2013")
    stranger.get_by_text("Pourquoi des « x »").click()
    expect(stranger.get_by_text("Un chiffre caché n'est pas zéro")).to_be_visible()
    with stranger.expect_download() as taken:
        stranger.get_by_role("link", name="Données CSV").click()
    assert taken.value.suggested_filename == f"{world.slug}_2013_n1_v1.csv"
    stranger.get_by_role("link", name="le rapport d'attaque").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Rapport d'attaque")
    stranger.context.close()


def test_a_draft_is_prepared_without_script(browser: Any, live_server: Any, world: Program, sign_in: Any) -> None:
    client = sign_in(make_member(world, "coordinator").user)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/portraits/{world.slug}/publier/?periode=year:2014-01-01")
    page.get_by_role("button", name="Voir ce qui sera caché").click(timeout=WAIT)
    expect(page.get_by_role("button", name="Publier")).to_be_visible(timeout=WAIT)
    context.close()


def test_public_pages_keep_every_rule(page: Page, world: Program) -> None:
    release = make_release(world, two_portraits())
    where = f"/publications/{world.slug}/1/v1/"
    for name, address in {
        "publications": "/publications/",
        "publication-mrc": f"{where}?territoire=2402500",
        "attaque": f"{where}attaque/",
        "attaque-tableau": f"{where}attaque/?tableau=tenure",
    }.items():
        page.goto(address)
        review(page, name)
    Release.objects.filter(pk=release.pk).update(state="withdrawn", withdrawal="Un milieu manquait.")
    page.goto(where)
    review(page, "publication-retiree")
