"""A project's plan on a phone: objective, action, support, board, time line; the yearly review that opens the next plan."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from maillage.projects.models import Action, Project
from tests.factories import make_organization, make_project, make_project_person

from .looks import axe, fits
from .taps import at, held, pick, tap, told, write, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def project() -> Project:
    """A project with somebody who leads it."""
    make_organization(name="Carrefour inventé")
    return make_project(name="Jardin des voisines")


@pytest.fixture
def plans(page: Page, enter: Any, project: Project) -> Page:
    """The plans of the project, opened by who leads it."""
    enter(make_project_person(project).person.user)
    held(page)
    tap(page, "Plus", exact=True)
    tap(page, "Projets", exact=True)
    tap(page, "Jardin des voisines")
    tap(page, "Plans d'action", exact=True)
    at(page, "Plans d'action")
    return page


def test_a_plan_is_written_supported_moved_and_reviewed(plans: Page) -> None:
    page = plans
    tap(page, "Ouvrir un plan")
    write(page, Titre="Plan 2031", Début="2031-01-01", Fin="2031-12-31")
    tap(page, "Enregistrer")
    told(page, "Le plan est ouvert")
    write(page, Objectif="Manger mieux ensemble")
    tap(page, "Ajouter", exact=True)
    tap(page, "Ajouter une action")
    at(page, "Ajouter une action")
    written(page, "Action", exact=True).fill("Préparer la terre")
    write(page, **{"Qui s'en occupe": "Carrefour inventé"}, Pour_le="2031-05-10")
    tap(page, "Enregistrer")
    told(page, "Qui l'appuie ?")
    expect(page.get_by_text("Sans appui nommé")).to_be_visible()
    write(page, Qui_appuie="Carrefour inventé", Ce_qui_est_promis="Le compost", Montant="150,50")
    tap(page, "Inscrire cet appui")
    told(page, "L'appui est inscrit.")
    expect(page.get_by_text("Sans appui nommé")).to_have_count(0)

    tap(page, "Colonnes")
    tap(page, "En cours", exact=True)
    told(page, "« Préparer la terre » : En cours.")
    assert Action.objects.get().state == "under_way"
    fits(page)
    axe(page)
    tap(page, "Ligne du temps")
    expect(page.get_by_role("row").filter(has_text="Préparer la terre")).to_contain_text("pour le 10 mai 2031")
    fits(page)
    axe(page)

    tap(page, "Bilan", exact=True)
    tap(page, "Ouvrir un bilan")
    tap(page, "Enregistrer")
    told(page, "Le bilan est ouvert.")
    pick(page, "Atteinte en partie")
    kept = page.get_by_label("Carrefour inventé").filter(visible=True).first
    kept.select_option(label="Tenu en partie")
    tap(page, "Enregistrer : Préparer la terre")
    expect(page.locator("summary").filter(has_text="Changer : Préparer la terre")).to_be_visible()
    write(page, Cible_prioritaire="Un second jardin", Appuis_promis="La Ville")
    tap(page, "Ajouter cette cible")
    expect(page.locator("main")).to_contain_text("Un second jardin")
    fits(page)
    axe(page)
    tap(page, "Clore le bilan")
    at(page, "Clore le bilan 2031")
    tap(page, "Clore le bilan")
    told(page, "Le bilan est clos.")
    tap(page, "Plan 2032")
    at(page, "Plan 2032")
    expect(page.locator("main")).to_contain_text("Un second jardin")
    expect(page.locator("main")).to_contain_text("Préparer la terre")
    next_year = Action.objects.get(objective__plan__title="Plan 2032")
    assert (next_year.title, next_year.carried_from.title) == ("Préparer la terre", "Préparer la terre")
