"""The public sheet, requests to join and what comes of them, and the account that a member opens."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from maillage.accounts.models import User
from maillage.concertation.account_links import account_link
from maillage.concertation.models import JoinRequest
from maillage.core.models import AuditEvent
from maillage.directory.models import Person
from tests.factories import make_group, make_group_member, make_organization, make_user

from .test_groups import BACKEND, signed_in

# Messages leave when the transaction ends.
pytestmark = pytest.mark.django_db(transaction=True)
SENT = {
    "name": "Aline Inventée",
    "email": "Aline@invente.test",
    "capacity": "community",
    "message": "J'aimerais aider.",
}


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


def open_group(**fields: Any) -> Any:
    return make_group(is_public=True, takes_requests=True, **fields)


def test_the_sheet_is_for_everybody_and_names_no_person() -> None:
    group = open_group(summary="Agir ensemble.", contact="Écrivez au 1, rue Inventée")
    organization = make_organization(name="Maison Publique")
    seats = [make_group_member(group, organization=organization) for _number in range(2)]
    page = Client().get(f"/groupes/{group.slug}/fiche/").content.decode()
    assert "Agir ensemble." in page
    assert "Maison Publique" in page
    assert seats[0].person.name not in page
    assert seats[0].person.email not in page
    assert "100 %" not in page  # two people of one kind: their number is not told
    assert "Milieu communautaire" in page
    for _number in range(3):
        make_group_member(group, organization=organization)
    assert "100 %" in Client().get(f"/groupes/{group.slug}/fiche/").content.decode()
    assert Client().get(f"/groupes/{make_group().slug}/fiche/").status_code == 404


def test_a_request_is_approved_in_one_touch_and_opens_an_account() -> None:
    group = open_group()
    make_organization(name="Maison Reconnue")
    secretary = make_group_member(group, "secretary")
    answer = Client().post(
        f"/groupes/{group.slug}/adherer/", {**SENT, "organization_name": "maison reconnue"}, follow=True
    )
    assert "Votre demande est reçue" in answer.content.decode()
    asked = JoinRequest.objects.get()
    assert [message.to for message in mail.outbox] == [[secretary.person.user.email]]
    assert "Aline" not in mail.outbox[0].subject + mail.outbox[0].body
    keeper = signed_in(secretary)
    assert "Maison Reconnue" in keeper.get(f"/groupes/{group.slug}/demandes/").content.decode()
    assert "1 demande" in keeper.get(f"/groupes/{group.slug}/").content.decode()
    assert keeper.post(f"/groupes/{group.slug}/demandes/{asked.uid}/", {"approve": "1"}).status_code == 302
    member = group.members.get(person__name="Aline Inventée")
    assert (member.organization.name, member.capacity, member.person.email) == (
        "Maison Reconnue", "community", "aline@invente.test",
    )  # fmt: skip
    told = mail.outbox[-1]
    assert told.to == ["aline@invente.test"]
    link = re.search(r"/groupes/invitation/\S+", told.body)
    assert link
    visitor = Client()
    opened = visitor.post(
        link.group(),
        {"full_name": "Aline Inventée", "password": "un mot de passe long", "again": "un mot de passe long"},
    )
    assert opened.status_code == 302, opened.content.decode()
    assert visitor.get(f"/groupes/{group.slug}/").status_code == 200
    assert Person.objects.get(name="Aline Inventée").user == User.objects.get(email="aline@invente.test")
    again = Client().get(link.group())
    assert again.status_code == 410  # used once
    assert AuditEvent.objects.filter(verb="concertation.request_approved").exists()


def test_a_request_is_answered_once() -> None:
    group = open_group(contact="418 555-0100")
    one, two = make_group_member(group, "coordinator"), make_group_member(group, "facilitator")
    Client().post(f"/groupes/{group.slug}/adherer/", SENT)
    address = f"/groupes/{group.slug}/demandes/{JoinRequest.objects.get().uid}/"
    signed_in(one).post(address, {"refuse": "1", "reason": "Le groupe est complet jusqu'au printemps."})
    refused = mail.outbox[-1]
    assert refused.to == ["aline@invente.test"]
    assert "complet jusqu'au printemps" in refused.body
    assert "418 555-0100" in refused.body
    late = signed_in(two).post(address, {"approve": "1"}, follow=True).content.decode()
    assert "a déjà répondu" in late
    assert not group.members.filter(person__name="Aline Inventée").exists()


def test_asking_twice_or_being_in_already_looks_the_same_and_changes_nothing() -> None:
    group = open_group()
    member = make_group_member(group)
    for given in (SENT, SENT, {**SENT, "email": member.person.email.upper()}):
        answer = Client().post(f"/groupes/{group.slug}/adherer/", given, follow=True)
        assert "Votre demande est reçue" in answer.content.decode()
    assert JoinRequest.objects.count() == 1


def test_a_crowd_of_requests_from_one_address_waits() -> None:
    group = open_group()
    visitor = Client()
    for number in range(10):
        visitor.post(f"/groupes/{group.slug}/adherer/", {**SENT, "email": f"p{number}@invente.test"})
    answer = visitor.post(f"/groupes/{group.slug}/adherer/", {**SENT, "email": "onze@invente.test"})
    assert answer.status_code == 429
    assert "Attendez une heure" in answer.content.decode()
    assert "onze@invente.test" in answer.content.decode()  # nothing typed is lost
    assert JoinRequest.objects.count() == 10


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"email": "aline"}, "courriel complet"), ({"capacity": "roi"}, "choix"), ({"message": "a" * 2001}, "2000"), ({"name": " "}, "obligatoire")],
)  # fmt: skip
def test_bad_requests_are_said(wrong: dict[str, str], sentence: str) -> None:
    group = open_group()
    answer = Client().post(f"/groupes/{group.slug}/adherer/", {**SENT, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not JoinRequest.objects.exists()


def test_a_member_without_account_is_invited_once_a_day() -> None:
    group = make_group()
    client = signed_in(make_group_member(group, "coordinator"))
    person = Person.objects.create(name="Omar Inventé", email="omar@invente.test")
    member = make_group_member(group, person=person)
    address = f"/groupes/{group.slug}/membres/{member.uid}/inviter/"
    client.post(address)
    again = client.post(address, follow=True).content.decode()
    assert "déjà partie" in again
    assert [message.to for message in mail.outbox] == [["omar@invente.test"]]


def test_the_link_of_an_account_closes_when_the_member_leaves_or_time_passes() -> None:
    group = make_group()
    person = Person.objects.create(name="Omar Inventé", email="omar@invente.test")
    member = make_group_member(group, person=person)
    link = account_link(member)
    path = link[link.index("/groupes/") :]
    assert Client().get(path).status_code == 200
    member.end = timezone.localdate() - timedelta(days=1)
    member.save()
    assert Client().get(path).status_code == 410
    member.end = None
    member.save()
    person.email = "autre@invente.test"
    person.save()
    assert Client().get(path).status_code == 410
    assert Client().get(path[:-4] + "abc/").status_code == 404


def test_another_account_does_not_take_the_invitation() -> None:
    group = make_group()
    person = Person.objects.create(name="Omar Inventé", email="omar@invente.test")
    link = account_link(make_group_member(group, person=person))
    other = Client()
    other.force_login(make_user(), backend=BACKEND)
    answer = other.post(link[link.index("/groupes/") :])
    assert "autre adresse" in answer.content.decode()
    assert other.get(f"/groupes/{group.slug}/").status_code == 404
    assert Person.objects.get(pk=person.pk).user is None


def test_an_account_opened_elsewhere_reads_the_groups_of_its_email() -> None:
    group = make_group()
    person = Person.objects.create(name="Omar Inventé", email="omar@invente.test")
    make_group_member(group, person=person)
    user = make_user(email="omar@invente.test")
    client = Client()
    client.force_login(user, backend=BACKEND)
    assert client.get(f"/groupes/{group.slug}/").status_code == 200
    assert AuditEvent.objects.filter(verb="directory.person_linked", object_id=person.pk).exists()
