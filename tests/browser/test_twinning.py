"""A twinning on a phone: sites that nobody would serve alone are grouped, and the shared activity is created."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from maillage.projects.models import Activity
from tests.factories import make_member, make_program
from tests.factories.projects_twinning import make_placed_site

from .looks import axe, fits
from .taps import at, held, tap, write, written

pytestmark = pytest.mark.django_db(transaction=True)


def test_sites_that_are_near_share_a_course(page: Page, enter: Any) -> None:
    program = make_program()
    for name, far in (("Coopérative des Érables", 0), ("Habitations du Coteau", 3), ("Tour lointaine", 90)):
        make_placed_site(program, far, name=name)
    enter(make_member(program, "worker").user)
    held(page)
    tap(page, "Plus", exact=True)
    tap(page, "Jumelages")
    tap(page, "Préparer un jumelage")
    at(page, "Préparer un jumelage")
    written(page, "Activité", exact=True).fill("Cuisiner à plusieurs")
    write(page, Participants_au_moins="6", Participants_au_plus="12", Trajet_maximal="10")
    tap(page, "Choisir les milieux")
    at(page, "Milieux intéressés")
    for name, people in (("Coopérative des Érables", "4"), ("Habitations du Coteau", "3"), ("Tour lointaine", "2")):
        line = page.get_by_role("listitem").filter(has_text=name)
        line.get_by_role("textbox").fill(people)
        line.get_by_role("checkbox").check()
    tap(page, "Enregistrer", exact=True)
    at(page, "Cuisiner à plusieurs")
    tap(page, "Proposer des regroupements")
    shown = page.locator("#proposition")
    for said in (
        "aucun de ces milieux n'atteindrait le minimum de 6",
        "Ensemble, 7 personnes l'ont.",
        "Tour lointaine",
    ):
        expect(shown).to_contain_text(said, timeout=20_000)
    fits(page)
    axe(page)
    tap(page, "Garder et créer les activités")
    kept = page.get_by_role("row").filter(has_text="Coopérative des Érables")
    expect(kept).to_contain_text("Habitations du Coteau")
    assert {site.name for site in Activity.objects.get().sites.all()} == {
        "Coopérative des Érables",
        "Habitations du Coteau",
    }
    kept.get_by_role("link").click()
    at(page, "Cuisiner à plusieurs")
    expect(page.get_by_role("heading", name="Participants")).to_be_visible()
