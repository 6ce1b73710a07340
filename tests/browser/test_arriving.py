"""Registering on a phone, the list at the door in one tap, the page of the QR code: at both sizes, with and without script."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from maillage.concertation.models import Meeting, Registration
from tests.factories import make_group, make_group_member, make_meeting, make_organization

from .looks import axe, review

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting() -> Meeting:
    """A training of two places that is going to begin, with members and registrations."""
    starts = timezone.now() + timedelta(minutes=20)
    group = make_group(name="Communauté des rivières", is_public=True)
    meeting = make_meeting(
        group,
        title="Écouter sans juger",
        kind="training",
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        place="Salle inventée",
        online_url="https://visio.exemple.invalid/salle",
        takes_registrations=True,
        is_public=True,
        capacity=2,
        offers=["meal", "transport"],
    )
    office = make_organization(name="Office inventé du Bas-Fleuve")
    Registration.objects.create(
        meeting=meeting, rank=1, name="Zoé Lévesque", organization=office, asked_for=["meal", "sign_language"]
    )
    make_group_member(group, organization=office)
    return meeting


def test_the_list_at_the_door_in_one_tap(page: Page, enter: Any, meeting: Meeting) -> None:
    enter(make_group_member(meeting.group, "secretary").person.user)
    page.goto(f"/groupes/rencontres/{meeting.uid}/presences/")
    page.evaluate("document.body.dataset.same = '1'")
    page.get_by_role("button", name="Zoé Lévesque est là", exact=True).click()
    expect(page.locator(".attendance .is-there")).to_contain_text("Zoé Lévesque")
    assert page.evaluate("document.body.dataset.same") == "1", "the page was loaded whole again"
    assert meeting.attendances.get().name == "Zoé Lévesque"
    page.get_by_text("Compter des personnes sans nom").click()
    review(page, "presences")
    page.get_by_role("button", name="Locataire : un de plus").click()
    page.get_by_role("button", name="Enregistrer ces nombres").click()
    expect(page.get_by_text("Qui était là")).to_be_visible()
    page.goto(f"/groupes/rencontres/{meeting.uid}/inscriptions/")
    review(page, "inscriptions")
    page.goto(f"/groupes/rencontres/{meeting.uid}/affiche/")
    page.get_by_role("button", name="Créer le code d'arrivée").click()
    review(page, "affiche")


def test_a_person_without_account_registers_and_arrives(page: Page, meeting: Meeting) -> None:
    Meeting.objects.update(arrival_secret="secret-de-porte")
    page.goto(f"/groupes/rencontres/{meeting.uid}/inscription/")
    review(page, "inscription")
    page.get_by_label("Nom", exact=True).fill("Rose Ouellet")
    page.get_by_label("Transport remboursé (prévu)").check()
    page.get_by_role("button", name="M'inscrire").click()
    code = page.locator(".registration-code").inner_text()
    review(page, "mon-inscription")
    page.goto("/a/secret-de-porte/")
    review(page, "arrivee")
    page.get_by_label("Le code de votre inscription").fill(code)
    page.get_by_role("button", name="Je suis là").click()
    expect(page.get_by_role("heading", name="Bienvenue !")).to_be_visible()
    assert meeting.attendances.get().name == "Rose Ouellet"


def test_a_member_registers_in_one_tap_and_waits_when_it_is_full(page: Page, enter: Any, meeting: Meeting) -> None:
    Registration.objects.create(meeting=meeting, rank=2, name="Marc Roy")
    enter(make_group_member(meeting.group, capacity="tenant").person.user)
    page.goto(f"/groupes/rencontres/{meeting.uid}/")
    page.get_by_role("button", name="M'inscrire en liste d'attente").click()
    expect(page.locator("#inscription")).to_contain_text("rang 1 de la liste d'attente")
    axe(page)
