"""Money looked for elsewhere, on a phone: a source that suits the project, the request, the answer."""

from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from maillage.projects.models import FundingRequest
from tests.factories import make_project, make_project_person
from tests.factories.projects_activities import make_source

from .looks import axe, fits
from .taps import at, held, tap, told, write, written

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_request_is_followed_until_its_answer(page: Page, enter: Any) -> None:
    make_source(name="Fonds des potagers", themes=["jardin collectif"])
    make_source(name="Fonds des patinoires", themes=["patin"])
    project = make_project(name="Jardin collectif des voisines")
    enter(make_project_person(project).person.user)
    held(page)
    tap(page, "Plus", exact=True)
    tap(page, "Projets", exact=True)
    tap(page, "Jardin collectif des voisines")
    tap(page, "Financement", exact=True)
    at(page, "Financement")
    expect(page.locator("main")).to_contain_text("Fonds des potagers")
    expect(page.locator("main")).not_to_contain_text("Fonds des patinoires")
    tap(page, "Suivre une demande : Fonds des potagers")
    at(page, "Inscrire une demande de financement")
    written(page, "État").select_option(label="Demandé")
    write(page, Montant_demandé="2 500,50 $", Demandé_le="2026-03-02")
    tap(page, "Enregistrer")
    told(page, "La demande est enregistrée.")
    expect(page.locator("main")).to_contain_text("2\u202f500,50\u00a0$")
    tap(page, "Mettre à jour : Fonds des potagers")
    at(page, "Suivre une demande")
    written(page, "État").select_option(label="Accordé en partie")
    write(page, Montant_accordé="2 000", Répondu_le="2026-04-02", Raison="Le reste l'an prochain.")
    tap(page, "Enregistrer")
    told(page, "La demande est enregistrée.")
    fits(page)
    axe(page)
    assert FundingRequest.objects.get().granted == Decimal(2_000)
