"""The first person of an installation where there is nothing: each page says where to begin, up to a project that asks for money."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from maillage.projects.models import Application
from tests.factories import make_organization, make_user

from .looks import axe, fits
from .taps import at, held, tap, told, write, written

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_nothing_to_a_project_that_asks(page: Page, enter: Any) -> None:
    make_organization(name="Carrefour inventé")
    enter(make_user(is_administrator=True))
    held(page)
    tap(page, "Plus", exact=True)
    tap(page, "Projets", exact=True)
    tap(page, "Ouvrir un projet")
    expect(page.locator("main")).to_contain_text("un groupe ou par un programme, et il n'y en a pas encore")
    tap(page, "Accueil", exact=True)
    tap(page, "Voir les programmes")
    tap(page, "Ouvrir un programme")
    write(page, Nom="Entente des rivières", Début="2026-01-01")
    tap(page, "Ouvrir le programme")
    told(page, "Le programme est ouvert.")
    fits(page)
    axe(page)
    tap(page, "Groupes", exact=True)
    tap(page, "Ouvrir un groupe")
    at(page, "Ouvrir un groupe")
    written(page, "Nom", exact=True).fill("ÉLÉ des rivières")
    tap(page, "Ouvrir le groupe")
    told(page, "Le groupe est ouvert.")
    tap(page, "Besoins", exact=True)
    tap(page, "Nommer un besoin")
    write(page, Le_besoin_en_une_phrase="Un banc au coin de la rue.")
    tap(page, "Enregistrer")
    told(page, "Le besoin est nommé")
    tap(page, "Ouvrir un projet")
    at(page, "Ouvrir un projet")
    written(page, "Nom", exact=True).fill("Des bancs")
    tap(page, "Ouvrir le projet")
    told(page, "Le projet est ouvert.")

    tap(page, "Plus", exact=True)
    tap(page, "Soutien aux projets", exact=True)
    tap(page.locator("main"), "Entente des rivières")
    at(page, "Ouvrir une mesure de soutien")
    write(page, Nom_de_la_mesure="Mesure des rivières", Enveloppe="10 000", Début="2026-01-01")
    written(page, "Comité d'évaluation").select_option(label="ÉLÉ des rivières")
    tap(page, "Enregistrer")
    told(page, "La mesure est ouverte.")
    tap(page, "Inscrire un appel")
    at(page, "Inscrire un appel")
    write(page, Titre="Premier appel", Ouvre_le="2026-01-01", Ferme_le="2099-12-31")
    tap(page, "Enregistrer")
    told(page, "L'appel est inscrit.")
    tap(page, "Premier appel")
    tap(page, "Préparer une demande")
    at(page, "Préparer une demande de soutien")
    written(page, "Projet").select_option(label="Des bancs")
    tap(page, "Commencer la demande")
    at(page, "Écrire la demande")
    one = Application.objects.get()
    assert (one.project.name, one.state) == ("Des bancs", "draft")
