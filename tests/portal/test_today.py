"""« Aujourd'hui », role by role, and its budget."""

import html
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from maillage.programs.models import Program
from tests.factories import (
    make_editor,
    make_entry,
    make_member,
    make_organization,
    make_program,
    make_service,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_a_worker_has_one_big_button_and_their_entries(sign_in: Any, program: Program) -> None:
    worker = make_member(program, "worker")
    make_entry(program, worker, persons=4, minutes=95)
    text = sign_in(worker.user).get("/").content.decode()
    assert "Inscrire une intervention" in text
    assert "Mes dernières interventions" in text
    assert "1 h 35" in text.replace("\xa0", " ")


def test_a_partner_reads_and_does_not_write(sign_in: Any, program: Program) -> None:
    make_entry(program, make_member(program, "worker"))
    text = sign_in(make_member(program, "partner").user).get("/").content.decode()
    assert program.name in text
    assert "Inscrire une intervention" not in text
    assert "dernières interventions" not in text.lower()


def test_a_person_of_no_programme_is_told_what_to_do(sign_in: Any) -> None:
    assert "aucun programme" in sign_in(make_user()).get("/").content.decode()


def test_who_keeps_sheets_for_an_organization_finds_them(sign_in: Any) -> None:
    user, organization = make_user(), make_organization(name="Moisson Imaginaire")
    make_editor(organization, user)
    make_service(organization, checked_on=None)
    make_service(make_organization(name="Autre Organisme"), checked_on=None)
    text = sign_in(user).get("/").content.decode()
    assert f"/repertoire/{organization.uid}/" in text
    assert "1 fiche n'est plus confirmée" in html.unescape(text)
    assert "aucun programme" not in text
    assert "Autre Organisme" not in text


def test_a_worker_who_wrote_nothing_lately_is_reminded(sign_in: Any) -> None:
    program = make_program(start=timezone.localdate().replace(month=1, day=1), end=None)
    text = sign_in(make_member(program, "worker").user).get("/").content.decode()
    assert "depuis sept jours" in text


def test_the_public_page_says_nothing_private(client: Client, program: Program) -> None:
    assert program.name not in client.get("/").content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_budget(sign_in: Any, program: Program, django_assert_max_num_queries: Any, count: int) -> None:
    coordinator = make_member(program, "coordinator")
    for _ in range(count):
        make_entry(program, coordinator)
    client = sign_in(coordinator.user)
    client.get("/")
    with django_assert_max_num_queries(17):
        answer = client.get("/")
    assert len(answer.content) < 60_000
