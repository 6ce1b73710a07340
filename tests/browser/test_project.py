"""A project on a phone, from the need of a group to the sheet that anybody reads; its activities and who came."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from maillage.concertation.models import Group
from maillage.core.text import stems
from tests.factories import (
    make_division,
    make_group,
    make_group_member,
    make_meeting,
    make_member,
    make_need,
    make_organization,
    make_program,
    make_project,
    make_site,
)

from .looks import axe, fits
from .taps import at, held, pick, refused, stranger, tap, told, write, written
from .troubles import Troubles

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def group() -> Group:
    """A local team of a programme of two MRC, each with a site; it met last week and somebody named a need."""
    region = make_division("region", name="Les Deux-Rives")
    places = [
        make_division("mrc", parent=region, name=name, search=stems(name)) for name in ("Les Collines", "Les Marais")
    ]
    program = make_program(name="Entente des rivières", territory=region)
    make_site(program, name="Coopérative des Érables", mrc=places[0])
    make_site(program, name="Habitations du Coteau", mrc=places[1])
    group = make_group(name="ÉLÉ des rivières", programs=[program])
    make_meeting(group, days=-7, title="Corvée du jardin")
    make_need(group, statement="Un jardin près du bloc")
    make_organization(name="Carrefour inventé")
    return group


@pytest.fixture
def animator(group: Group) -> Any:
    """Who animates the group, and works in its programme."""
    user = make_member(group.programs.get(), "worker").user
    return make_group_member(group, "coordinator", user=user).person.user


def test_a_need_becomes_a_project_that_others_go_on_with(
    page: Page, context: BrowserContext, base_url: str, enter: Any, troubles: Troubles, group: Group, animator: Any
) -> None:
    troubles.allow("422")  # the refusals that this test asks for
    enter(animator)
    held(page)
    tap(page, "Groupes", exact=True)
    tap(page, "ÉLÉ des rivières")
    tap(page, "Besoins", exact=True)
    tap(page, "Un jardin près du bloc")
    tap(page, "Ouvrir un projet")
    write(
        page, Nom="Jardin des voisines", Organisme_promoteur="Carrefour inventé", Territoires="Les Collines\nNulle-Part"
    )
    write(page, Milieux="érables\ncoteau")
    tap(page, "Ouvrir le projet")
    refused(page, "« Nulle-Part » : Aucun territoire ne porte ce nom.")
    write(page, Territoires="Les Collines\nLes Marais")
    tap(page, "Ouvrir le projet")
    tap(page, "Inscrire un partenaire")
    write(page, Organisation="Carrefour inventé")
    pick(page, "Biens, locaux ou services")
    tap(page, "Inscrire sa part")
    told(page, "La part de cet organisme est inscrite.")
    tap(page, "Ajouter une personne")
    write(page, **{"Ou quelqu'un d'autre": "Camille Inventée"})
    tap(page, "Ajouter au projet")
    told(page, "La personne fait partie du projet.")
    tap(page, "Aperçu")
    for said in ("Les Collines, Les Marais", "Coopérative des Érables", "Un jardin près du bloc", "Camille Inventée"):
        expect(page.locator("main")).to_contain_text(said)
    fits(page)
    axe(page)
    tap(page, "Mettre en marche")
    at(page, "Mettre en marche")
    tap(page, "Mettre en marche")
    told(page, "L'étape est inscrite")
    tap(page, "Inscrire une retombée")
    pick(page, "Liens et entraide")
    write(page, En_une_phrase="Des voisines jardinent ensemble.")
    pick(page, "Locataire")
    pick(page, "Montrer sur la fiche publique du projet")
    tap(page, "Enregistrer")
    tap(page, "Ajouter une preuve")
    meeting = written(page, "Rencontre")
    meeting.select_option(meeting.locator("option").filter(has_text="Corvée du jardin").get_attribute("value"))
    tap(page, "Ajouter", exact=True)
    told(page, "C'est ajouté.")
    expect(page.locator("main")).to_contain_text("Corvée du jardin")
    tap(page, "Aperçu")
    tap(page, "Passer à d'autres")
    at(page, "Passer à d'autres")
    tap(page, "Passer à d'autres")
    refused(page, "Dites qui poursuit le projet")
    write(page, Qui_poursuit="Carrefour inventé")
    tap(page, "Passer à d'autres")
    told(page, "L'étape est inscrite")
    tap(page, "Publier la fiche")
    told(page, "Écrivez d'abord le projet en une phrase")
    tap(page, "Modifier")
    at(page, "Modifier le projet")
    write(page, En_une_phrase="Un jardin au pied du bloc.")
    tap(page, "Enregistrer")
    told(page, "Le projet est enregistré.")
    tap(page, "Publier la fiche")
    told(page, "La fiche est publique.")

    outside = held(stranger(context, base_url))
    tap(outside, "Les projets et ce qu'ils ont changé")
    tap(outside, "Jardin des voisines")
    sheet = outside.locator("main")
    for said in ("Passé à d'autres", "Les Collines, Les Marais", "Des voisines jardinent", "Carrefour inventé"):
        expect(sheet).to_contain_text(said)
    for kept in ("Coopérative des Érables", "Camille Inventée"):
        expect(sheet).not_to_contain_text(kept)
    fits(outside)
    axe(outside)
    outside.context.close()


def test_who_came_and_how_often_are_two_numbers(
    page: Page, enter: Any, troubles: Troubles, group: Group, animator: Any
) -> None:
    troubles.allow("422")
    make_project(name="Jardin des voisines", group=group, program=group.programs.get())
    enter(animator)
    held(page)
    tap(page, "Groupes", exact=True)
    tap(page, "ÉLÉ des rivières")
    tap(page, "Jardin des voisines")
    tap(page, "Activités", exact=True)
    tap(page, "Inscrire une activité")
    write(page, Titre="On sème")
    tap(page, "Enregistrer")
    tap(page, "Inscrire une séance")
    write(page, Adultes="10", Enfants="3")
    tap(page, "Enregistrer")
    tap(page, "Compter les participants")
    write(page, Adultes="12")
    tap(page, "Enregistrer")
    refused(page, "Adultes (18 à 64 ans) : 12 participants pour 10 participations.")
    write(page, Adultes="9", Enfants="3")
    tap(page, "Enregistrer")
    row = page.get_by_role("row").filter(has_text="Adultes")
    expect(row.get_by_role("cell")).to_have_text(["10", "9"])
    fits(page)
    axe(page)
