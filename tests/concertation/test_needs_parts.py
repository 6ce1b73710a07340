"""What needs show on the first page of a group and on its public sheet."""

import pytest
from django.test import Client
from django.urls import reverse

from maillage.concertation.models import NeedStep
from tests.factories import make_group, make_group_member, make_need

pytestmark = pytest.mark.django_db


def test_the_first_page_shows_what_comes_first_and_what_waits_to_be_read(sign_in):
    group = make_group()
    secretary, member = make_group_member(group, "secretary"), make_group_member(group)
    make_need(group, statement="Besoin qui vient en premier", priority=1)
    make_need(group, statement="Besoin déjà répondu", state="answered")
    make_need(group, statement="Besoin pas encore lu", state="proposed")
    page = reverse("concertation:group", args=[group.slug])
    shown = sign_in(member.person.user).get(page).content.decode()
    assert "Besoin qui vient en premier" in shown
    assert "Besoin déjà répondu" not in shown
    assert "nommé sans compte attend" not in shown
    assert "nommé sans compte attend" in sign_in(secretary.person.user).get(page).content.decode()


def test_the_public_sheet_shows_needs_with_what_came_of_them():
    group = make_group(is_public=True, takes_needs=True)
    shown = make_need(group, statement="Un banc à l'arrêt", state="answered", is_public=True)
    NeedStep.objects.create(need=shown, state="answered", text="Le banc est posé.")
    make_need(group, statement="Gardé dans le groupe")
    page = Client().get(reverse("concertation:group_sheet", args=[group.slug])).content.decode()
    assert "Le banc est posé." in page
    assert reverse("concertation:need_public", args=[group.slug]) in page
    assert "Gardé dans le groupe" not in page
