"""Money asked for a project, on phones: the group asks, the committee decides, the letter, the money, the report, the table."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from maillage.projects.models import Application, Fund
from tests.factories import make_group_member, make_member, make_organization, make_project, make_project_person
from tests.factories.projects_grants import make_agreed, make_evaluated_fund, make_reviewed, make_reviewer
from tests.factories.projects_support import make_call

from .looks import axe, fits
from .taps import at, held, pick, refused, tap, told, write, written
from .troubles import Troubles

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fund() -> Fund:
    """A measure with its committee and two criteria."""
    return make_evaluated_fund(name="Mesure des rivières")


@pytest.fixture
def manager(fund: Fund) -> Any:
    """Who coordinates the programme of the measure, and sits on its committee."""
    user = make_member(fund.program, "coordinator").user
    make_reviewer(fund, user=user)
    return user


def test_a_group_asks_and_reads_what_is_lacking(page: Page, enter: Any, troubles: Troubles, fund: Fund) -> None:
    troubles.allow("422")  # the refusal that this test asks for
    make_call(fund, title="Appel de l'année")
    make_organization(name="Carrefour inventé")
    project = make_project(name="Jardin des voisines")
    enter(make_project_person(project).person.user)
    held(page)
    tap(page, "Plus", exact=True)
    tap(page, "Soutien aux projets")
    tap(page, "Appel de l'année")
    tap(page, "Préparer une demande")
    at(page, "Préparer une demande de soutien")
    written(page, "Projet").select_option(label="Jardin des voisines")
    tap(page, "Commencer la demande")
    at(page, "Écrire la demande")
    write(page, Que_voulez="Planter un jardin.", Quel_besoin="Manger mieux.", Qui_participera="Dix locataires.")
    write(
        page,
        Quand_cela="Cet été",
        **{"Qu'est-ce que": "Se connaître."},
        Comment_cela="La Ville continue.",
        Organisme_qui="Carrefour inventé",
    )
    today = timezone.localdate()
    write(page, Début_prévu=f"{today.year + 1}-05-01", Fin_prévue=f"{today.year + 1}-09-30")
    tap(page, "Enregistrer, puis le budget")
    at(page, "Budget de la demande")
    budget = {"cost-0-label": "Terre et outils", "cost-0-amount": "5 500,50 $", "asked": "3 000"}
    budget |= {"source-0-label": "Bénévoles", "source-0-amount": "1500.50 USD"}
    for name, typed in budget.items():
        page.locator(f"[name={name}]").fill(typed)
    page.locator("[name=source-0-kind]").select_option(label="Autre source, en biens et services")
    tap(page, "Enregistrer", exact=True)
    refused(page, "Il reste quelque chose à corriger.")
    expect(page.locator("main")).to_contain_text("donnez le montant en dollars canadiens")
    page.locator("[name=source-0-amount]").fill("1500.50")
    tap(page, "Enregistrer", exact=True)
    told(page, "Le budget est enregistré.")
    expect(page.locator("main")).to_contain_text(
        "Les sources font 4 500,50 $ et les dépenses 5 500,50 $ : il manque 1 000 $."
    )
    fits(page)
    axe(page)
    tap(page, "Budget", exact=True)
    at(page, "Budget de la demande")
    page.locator("[name=asked]").fill("4 000")
    tap(page, "Enregistrer", exact=True)
    told(page, "Le budget est enregistré.")
    tap(page, "Déposer la demande")
    told(page, "La demande est déposée.")
    one = Application.objects.get()
    assert (one.state, one.asked) == ("submitted", Decimal(4_000))


def test_the_committee_decides_and_the_money_goes_out(
    page: Page, enter: Any, troubles: Troubles, fund: Fund, manager: Any
) -> None:
    troubles.allow("422")
    one = make_reviewed(fund, make_project(name="Jardin des voisines"))
    enter(manager)
    held(page)
    tap(page, "Évaluer")
    tap(page, "Jardin des voisines")
    tap(page, "Évaluer et décider")
    for place, points in enumerate(("5", "4")):
        page.get_by_role("spinbutton").nth(place).fill(points)
    tap(page, "Enregistrer mes notes")
    told(page, "Vos notes sont enregistrées.")
    expect(page.locator("main")).to_contain_text("87\u00a0% selon 1 grille complète")
    fits(page)
    axe(page)
    pick(page, "Accordée en partie")
    write(page, Montant_accordé="9 000")
    written(page, "Raison", exact=True).fill("Le besoin est clair.")
    tap(page, "Inscrire la décision")
    refused(page, "Un montant accordé en partie est plus petit que la demande")
    write(page, Montant_accordé="4 000,25 $")
    tap(page, "Inscrire la décision")
    told(page, "La décision est inscrite")
    with page.expect_download() as letter:
        tap(page, "Lettre d'entente (PDF)")
    assert letter.value.path().read_bytes().startswith(b"%PDF-")
    tap(page, "Noter la signature")
    told(page, "La signature est notée")
    tap(page, "Inscrire un versement")
    payment = page.locator("form").filter(has=page.get_by_label("Référence"))
    write(payment, Montant="5 000")
    tap(payment, "Inscrire", exact=True)
    refused(page, "il reste 4\u202f000,25\u00a0$ à verser")
    write(payment, Montant="4 000,25")
    tap(payment, "Inscrire", exact=True)
    told(page, "Le mouvement est inscrit.")
    tap(page, "Inscrire un avenant")
    amendment = page.locator("form").filter(has=page.get_by_label("De combien"))
    write(amendment, De_combien="99,75", Raison="Une corvée de plus.")
    tap(amendment, "Inscrire", exact=True)
    told(page, "L'avenant est inscrit.")
    expect(page.locator("main")).to_contain_text("4\u202f100\u00a0$")
    fits(page)
    axe(page)
    one.refresh_from_db()
    assert one.granted == Decimal(4_100)


def test_who_has_an_interest_leaves_the_committee(page: Page, enter: Any, fund: Fund) -> None:
    make_reviewed(fund, make_project(name="Jardin des voisines"))
    enter(make_group_member(fund.committee).person.user)
    held(page)
    tap(page, "Évaluer")
    tap(page, "Jardin des voisines")
    tap(page, "Évaluer cette demande")
    tap(page, "Je suis en conflit d'intérêts")
    write(page, En_quoi="Ma sœur y travaille.")
    tap(page, "Me retirer de cette demande")
    told(page, "le comité évalue cette demande sans vous")
    tap(page, "Jardin des voisines")
    expect(page.get_by_role("spinbutton")).to_have_count(0)


def test_the_report_closes_and_the_table_adds_up(
    page: Page, enter: Any, troubles: Troubles, fund: Fund, manager: Any
) -> None:
    troubles.allow("422")
    project = make_project(name="Jardin des voisines")
    one = make_agreed(make_reviewed(fund, project))
    enter(make_project_person(project).person.user)
    held(page)
    tap(page, "Plus", exact=True)
    tap(page, "Projets", exact=True)
    tap(page, "Jardin des voisines")
    tap(page, "Soutien", exact=True)
    tap(page, one.call.title)
    tap(page, "Écrire le rapport final")
    at(page, "Écrire le rapport final")
    write(page, Principales_retombées="On mange mieux.", Participants="30", Participations="120")
    spent = {"Terre": "8 690", "La mesure": "5 500", "Municipalité": "2 000", "Bénévoles": "1 000"}
    for label, typed in spent.items():
        written(page, label).fill(typed)
    tap(page, "Déposer le rapport")
    refused(page, "il y a 190\u00a0$ d'écart")
    written(page, "Municipalité").fill("2 190")
    tap(page, "Déposer le rapport")
    told(page, "Le rapport est déposé")

    enter(manager)
    held(page)
    tap(page, "Lire")
    tap(page, "Jardin des voisines")
    tap(page, "Lire le rapport final")
    tap(page, "Accepter le rapport et fermer")
    refused(page, "versez le reste")
    tap(page, "Décision et versements")
    at(page, "Décision et versements")
    tap(page, "Inscrire un versement")
    payment = page.locator("form").filter(has=page.get_by_label("Référence"))
    write(payment, Montant="5 500")
    tap(payment, "Inscrire", exact=True)
    told(page, "Le mouvement est inscrit.")
    tap(page, "Rapport final")
    tap(page, "Accepter le rapport et fermer")
    told(page, "Le rapport est accepté et la demande est fermée.")
    tap(page, "Décision et versements")
    tap(page, "Mesure des rivières")
    tap(page, "Bilan de la mesure")
    at(page, "Bilan de la mesure")
    row = page.get_by_role("row").filter(has_text="Jardin des voisines")
    for said in (
        "30",
        "120",
        "5\u202f500\u00a0$",
        "2\u202f190\u00a0$",
        "1\u202f000\u00a0$",
        "8\u202f690\u00a0$",
        "0,58",
    ):
        expect(row).to_contain_text(said)
    expect(page.locator("main")).to_contain_text("Chaque dollar de soutien vient avec 0,58 $ d'autres.")
    fits(page)
    axe(page)
