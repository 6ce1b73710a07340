"""What nobody types by hand at the pages of groups: a sentence or « not found », never a broken page, nothing half-written."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from maillage.concertation.models import Group, JoinRequest, Member
from maillage.directory.models import Person
from tests.factories import make_group, make_group_member, make_member, make_program

from .test_groups import sent_member, signed_in

pytestmark = pytest.mark.django_db
NASTY = ("abc", "-1", "²", "9" * 5000, "2014-99-99", "9999-12-31", "\x00", "\ufffd", "<script>alert(1)</script>", "%")
PARAMETERS = (
    "q",
    "page",
    "type",
    "programme",
    "territoire",
    "etat",
    "titre",
    "anciens",
    "personne",
    "du",
    "au",
    "sous",
    "merci",
)
FINE = {200, 302, 400, 404, 422}


def test_every_parameter_of_every_page() -> None:
    program = make_program()
    group = make_group(programs=[program], is_public=True, takes_requests=True)
    client = signed_in(make_group_member(group, "coordinator", make_member(program, "coordinator").user))
    pages = (
        "membres/",
        "membres.csv",
        "membres/ajouter/",
        "composition/",
        "demandes/",
        "historique/",
        "fiche/",
        "adherer/",
    )
    for page in ("/groupes/", "/groupes/nouveau/", *(f"/groupes/{group.slug}/{page}" for page in pages)):
        for value in NASTY:
            data = dict.fromkeys(PARAMETERS, value)
            for given in (data, {k: v for k, v in data.items() if k not in ("personne", "sous")}):
                answer = client.get(page, given)
                assert answer.status_code in FINE, (page, value)
                if not answer.streaming:
                    assert b"<script>alert" not in answer.content, page


@pytest.mark.parametrize("value", NASTY)
def test_every_field_of_every_form(value: str) -> None:
    program = make_program()
    group = make_group(programs=[program], is_public=True, takes_requests=True)
    seat = make_group_member(group, "coordinator", make_member(program, "coordinator").user)
    other = make_group_member(group)
    client = signed_in(seat)
    asked = JoinRequest.objects.create(group=group, name="Aline", email="aline@invente.test")
    group_form = dict.fromkeys(
        ("name", "kind", "state", "parent", "mandate", "charter", "contact", "summary", "programs", "territory", "sites",
         "host", "tenant_body", "founded_on", "ended_on", "is_public"), value,
    )  # fmt: skip
    member_form = dict.fromkeys(("name", "email", "capacity", "organization", "role", "start", "end"), value)
    home = f"/groupes/{group.slug}/"
    for page, data in (
        ("/groupes/nouveau/", group_form),
        (f"{home}modifier/", group_form),
        (f"{home}membres/ajouter/", member_form),
        (f"{home}membres/{other.uid}/", member_form),
        (f"{home}membres/{other.uid}/fin/", {"end": value}),
        (f"{home}demandes/{asked.uid}/", {"refuse": "1", "reason": value}),
        (f"{home}adherer/", {"name": value, "email": value, "capacity": value, "message": value}),
    ):
        answer = client.post(page, data)
        assert answer.status_code in FINE, page
    seat.refresh_from_db()
    assert (Group.objects.count(), seat.end) == (1, None)


@pytest.mark.parametrize("name", ["李小龍", "محمد", "Żółć Ŋöñê", "O'Brien-d’Été", "Ạ" * 200, "👩🏽‍🌾 Marie"])
def test_names_of_any_script_are_kept_as_they_are(name: str) -> None:
    group = make_group()
    client = signed_in(make_group_member(group, "coordinator"))
    assert client.post(f"/groupes/{group.slug}/membres/ajouter/", sent_member(name=name)).status_code == 302
    assert group.members.filter(person__name=name).exists()
    page = client.get(f"/groupes/{group.slug}/membres/", {"q": name[:6]}).content.decode()
    assert "1 personne" in page


def test_two_people_of_one_name_are_two_when_their_emails_say_so() -> None:
    group = make_group()
    client = signed_in(make_group_member(group, "coordinator"))
    address = f"/groupes/{group.slug}/membres/ajouter/"
    client.post(address, sent_member(email=""))
    same = client.post(address, sent_member(name="ROSALIE  inventee", email=""))
    assert same.status_code == 422
    assert "Donnez un courriel" in same.content.decode()
    assert client.post(address, sent_member(email="autre@invente.test")).status_code == 302
    assert Person.objects.filter(name="Rosalie Inventée").count() == 2


def test_the_end_of_a_membership_is_a_day_that_makes_sense() -> None:
    group = make_group()
    client = signed_in(make_group_member(group, "coordinator"))
    member = make_group_member(group, start=timezone.localdate() - timedelta(days=30))
    address = f"/groupes/{group.slug}/membres/{member.uid}/fin/"
    assert "AAAA-MM-JJ" in client.post(address, {"end": "demain"}, follow=True).content.decode()
    member.refresh_from_db()
    assert member.end is None
    client.post(address)
    member.refresh_from_db()
    assert member.end == timezone.localdate()


def test_a_membership_is_erased_only_while_nothing_refers_to_it() -> None:
    group = make_group()
    client = signed_in(make_group_member(group, "coordinator"))
    member = make_group_member(group)
    topic = group.topics.create(name="Accueil")
    area = member.practice_areas.create(topic=topic)
    address = f"/groupes/{group.slug}/membres/{member.uid}/fin/"
    refused = client.post(address, {"erase": "1"}, follow=True).content.decode()
    assert "déjà pris part" in refused
    area.delete()
    client.post(address, {"erase": "1"})
    assert not Member.objects.filter(pk=member.pk).exists()


def test_members_of_another_group_are_out_of_reach() -> None:
    group, theirs = make_group(), make_group()
    client: Any = signed_in(make_group_member(group, "coordinator"))
    other = make_group_member(theirs)
    for act in ("", "fin/", "inviter/"):
        assert client.post(f"/groupes/{group.slug}/membres/{other.uid}/{act}", sent_member()).status_code == 404
    hidden = client.get(f"/groupes/{group.slug}/membres/ajouter/", {"q": other.person.name}).content.decode()
    assert f"?personne={other.person.uid}" not in hidden
    assert client.get(f"/groupes/{group.slug}/membres/ajouter/", {"personne": str(other.person.uid)}).status_code == 404
