"""Set up a programme, its people and its vocabularies as a person does, with the rules of accessibility."""

import re
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.factories import make_entry, make_member, make_organization, make_program, make_site, make_user, term

from .looks import review

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def program(db: None) -> Any:
    found = make_program(name="Entente inventée")
    for number in range(4):
        make_site(found, name=f"Habitations du Pont {number}", is_served=number % 2 == 0)
    make_entry(found, actions=["welcome"])
    make_member(found, "worker", label="Aline Inventée", organization=make_organization())
    return found


@pytest.fixture
def coordinator(program: Any, enter: Any) -> Any:
    user = make_member(program, "coordinator", label="Coralie Inventée").user
    enter(user)
    return user


def address(name: str, program: Any, **kwargs: Any) -> str:
    return reverse(f"programs:{name}", kwargs={"slug": program.slug, **kwargs})


@pytest.mark.parametrize("name", ["program", "sites", "hours", "partners", "edit", "next_edition", "invite"])
def test_pages_keep_every_rule(page: Page, program: Any, coordinator: Any, name: str) -> None:
    page.goto(address(name, program))
    review(page, f"programme-{name}")


def test_the_vocabulary_page(page: Page, program: Any, coordinator: Any) -> None:
    page.goto(address("vocabulary", program, kind="action"))
    review(page, "programme-vocabulaire")
    first = page.locator("tbody tr").first
    expect(first).to_contain_text("Accueil")
    first.get_by_role("button", name="Descendre").press("Enter")
    expect(page.locator("tbody tr").first).to_contain_text("Référence")
    expect(page.locator("tbody tr", has_text="Accueil").get_by_role("button", name="Descendre")).to_be_focused()
    row = page.locator("tbody tr", has_text="Accueil")
    row.get_by_role("button", name="Retirer").click()
    expect(page.locator("tbody tr", has_text="Accueil")).to_contain_text("Retiré après le")
    expect(page.get_by_text("n'est plus proposé")).to_be_visible()
    page.goto(address("term", program, kind="action", pk=term(program, "action", "welcome").pk))
    review(page, "programme-terme")
    expect(page.get_by_label("Code")).to_have_count(0)
    page.get_by_label("Libellé français").fill("Accueil et écoute")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("tbody")).to_contain_text("Accueil et écoute")


def test_the_people_page_and_an_invitation(page: Page, program: Any, coordinator: Any, context: Any) -> None:
    page.goto(address("people", program))
    page.get_by_role("link", name="Inviter quelqu'un").click()
    page.get_by_label("Nom de la personne").fill("Bérénice Inventée")
    page.get_by_label("Courriel").fill("berenice@demo.maillage.test")
    page.get_by_role("button", name="Envoyer l'invitation").click()
    expect(page.get_by_text("L'invitation est partie")).to_be_visible()
    review(page, "programme-equipe")
    link = re.search(r"https?://\S+", mail.outbox[-1].body)[0]
    context.clear_cookies()
    page.goto(link)
    review(page, "invitation")
    page.get_by_label("Mot de passe", exact=True).fill("quatre mots pour entrer")
    page.get_by_label("Le même mot de passe, encore").fill("quatre mots pour entrer")
    page.get_by_role("button", name="Ouvrir mon compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Entente inventée")
    context.clear_cookies()
    page.context.clear_cookies()
    response = page.request.get(link)
    assert response.status == 410


def test_a_site_is_served_by_one_touch(page: Page, program: Any, coordinator: Any) -> None:
    page.goto(address("sites", program))
    row = page.locator("tbody tr", has_text="Habitations du Pont 1")
    row.get_by_role("button", name="Desservi").click()
    expect(row.get_by_role("button", name="Desservi")).to_have_attribute("aria-pressed", "true")
    expect(row.get_by_role("button", name="Desservi")).to_be_focused()
    expect(page.get_by_text("1 milieu modifié")).to_be_visible()
    expect(page.locator(".lead").first).to_contain_text("dont 4 desservis")
    expect(page).to_have_url(re.compile(r"/milieux/$"))
    page.locator("tbody tr", has_text="Habitations du Pont 3").get_by_role("checkbox").check()
    page.get_by_role("button", name="Retirer du programme").click()
    expect(page.get_by_text("1 milieu modifié")).to_be_visible()
    expect(page.locator(".lead").first).to_contain_text("4 milieux couverts")


def test_the_switch_of_programmes(page: Page, program: Any, coordinator: Any) -> None:
    other = make_program(name="Autre entente inventée")
    make_member(other, "coordinator", user=coordinator)
    page.goto(address("people", program))
    page.locator(".topbar-slots summary").click()
    page.get_by_role("button", name="Autre entente inventée").click()
    expect(page).to_have_url(re.compile(f"/{other.slug}/equipe/$"))


def test_the_administration_pages_keep_every_rule(page: Page, program: Any, enter: Any) -> None:
    enter(make_user(is_administrator=True, full_name="Ada Inventée"))
    member = program.memberships.first()
    for name, path in (
        ("comptes", reverse("portal:administration")),
        ("compte", reverse("portal:account", kwargs={"pk": member.user_id})),
        ("audit", reverse("portal:audit")),
        ("programmes", reverse("programs:list")),
    ):
        page.goto(path)
        review(page, f"administration-{name}")
