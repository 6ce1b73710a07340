"""Groups and their members, through the pages: opening, changing, and the member list as the access list."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from maillage.concertation.models import Group, Member
from maillage.core.models import AuditEvent
from maillage.directory.models import Person
from tests.factories import make_group, make_group_member, make_meeting, make_organization, make_user

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(member: Member) -> Client:
    """The browser of a member."""
    client = Client()
    assert member.person.user is not None
    client.force_login(member.person.user, backend=BACKEND)
    return client


def sent_member(**given: Any) -> dict[str, Any]:
    """What the form of a member sends."""
    return {
        "name": "Rosalie Inventée",
        "email": "rosalie@invente.test",
        "capacity": "community",
        "role": "member",
        **given,
    }


def test_who_coordinates_a_programme_opens_a_group_and_coordinates_it(program: Any, as_role: Any) -> None:
    client = as_role(program, "coordinator")
    sent = {"name": "Toile", "kind": "ele", "state": "active", "programs": [program.pk], "mandate": "Agir."}
    assert client.post("/groupes/nouveau/", sent).status_code == 302
    group = Group.objects.get(name="Toile")
    assert group.slug == "toile-2"  # the address `/groupes/toile/` is another page's
    assert list(group.programs.all()) == [program]
    assert group.members.get().role == "coordinator"
    assert "Toile" in client.get("/groupes/").content.decode()
    assert AuditEvent.objects.filter(verb="concertation.group_added", object_id=group.pk).exists()
    again = client.post("/groupes/nouveau/", sent)
    assert again.status_code == 302
    assert set(Group.objects.filter(name="Toile").values_list("slug", flat=True)) == {"toile-2", "toile-3"}


def test_the_member_list_is_the_access_list() -> None:
    group = make_group()
    keeper, reader = make_group_member(group, "coordinator"), make_group_member(group)
    client, page = signed_in(reader), f"/groupes/{group.slug}/"
    assert client.get(page).status_code == 200
    gone = signed_in(keeper).post(
        f"/groupes/{group.slug}/membres/{reader.uid}/fin/", {"end": str(timezone.localdate() - timedelta(days=1))}
    )
    assert gone.status_code == 302
    assert client.get(page).status_code == 404
    assert "Vous avez quitté" not in client.get("/groupes/").content.decode()
    former = signed_in(keeper).get(f"/groupes/{group.slug}/membres/?anciens=1").content.decode()
    assert reader.person.name in former


def test_a_member_is_added_by_name_and_email_once() -> None:
    group = make_group()
    client = signed_in(make_group_member(group, "coordinator"))
    make_organization(name="Maison Inventée")
    address = f"/groupes/{group.slug}/membres/ajouter/"
    assert client.post(address, sent_member(organization="Maison Inventée")).status_code == 302
    member = group.members.get(person__email="rosalie@invente.test")
    assert (member.person.name, member.organization.name, member.start) == (
        "Rosalie Inventée", "Maison Inventée", timezone.localdate(),
    )  # fmt: skip
    again = client.post(address, sent_member(name="R. Inventée", email="ROSALIE@invente.test"))
    assert again.status_code == 422
    assert "déjà membre" in again.content.decode()
    assert group.members.count() == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "obligatoire"),
        ({"email": "rosalie"}, "courriel complet"),
        ({"organization": "Nulle part"}, "Aucune organisation"),
        ({"capacity": "tenant", "organization": "Maison Inventée"}, "parle en son nom"),
        ({"start": "2026-02-02", "end": "2026-01-01"}, "La fin précède"),
        ({"start": "hier"}, "AAAA-MM-JJ"),
    ],
)
def test_bad_input_is_said_and_nothing_is_lost(wrong: dict[str, Any], sentence: str) -> None:
    group = make_group()
    client = signed_in(make_group_member(group, "coordinator"))
    make_organization(name="Maison Inventée")
    answer = client.post(f"/groupes/{group.slug}/membres/ajouter/", sent_member(**wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert wrong.get("name", "Rosalie Inventée") in page
    assert group.members.count() == 1
    assert not Person.objects.filter(name="Rosalie Inventée").exists()


def test_an_account_of_the_same_email_reads_at_once() -> None:
    group, user = make_group(), make_user()
    client = signed_in(make_group_member(group, "coordinator"))
    client.post(f"/groupes/{group.slug}/membres/ajouter/", sent_member(email=user.email.upper()))
    theirs = Client()
    theirs.force_login(user, backend=BACKEND)
    assert theirs.get(f"/groupes/{group.slug}/").status_code == 200


def test_a_group_keeps_a_coordination_and_members_leave_by_themselves() -> None:
    group = make_group()
    keeper, reader = make_group_member(group, "coordinator"), make_group_member(group)
    alone = signed_in(keeper)
    refused = alone.post(f"/groupes/{group.slug}/quitter/", follow=True)
    assert "Confiez d&#x27;abord la coordination" in refused.content.decode()
    assert alone.get(f"/groupes/{group.slug}/").status_code == 200
    leaving = signed_in(reader)
    assert leaving.post(f"/groupes/{group.slug}/quitter/").status_code == 302
    assert leaving.get(f"/groupes/{group.slug}/").status_code == 404


def test_a_group_is_changed_and_its_history_says_so() -> None:
    group = make_group(name="Table des voisins")
    client = signed_in(make_group_member(group, "coordinator"))
    sent = {"name": "Table du voisinage", "kind": "ele", "state": "active", "mandate": "Mieux vivre."}
    assert client.post(f"/groupes/{group.slug}/modifier/", sent).status_code == 302
    page = client.get(f"/groupes/{group.slug}/historique/").content.decode()
    assert "Table du voisinage" in page
    assert "Table des voisins" in page
    group.refresh_from_db()
    assert (group.kind, group.slug) == ("ele", group.slug)
    wrong = client.post(f"/groupes/{group.slug}/modifier/", {**sent, "territory": "Atlantide", "takes_requests": "on"})
    assert wrong.status_code == 422
    assert "Aucun territoire" in wrong.content.decode()
    assert "Cochez aussi" in wrong.content.decode()


def test_a_group_is_never_under_itself() -> None:
    top = make_group()
    keeper = make_group_member(top, "coordinator")
    under = make_group(parent=top)
    Member.objects.create(group=under, person=keeper.person, role="coordinator")
    sent = {"name": top.name, "kind": "table", "state": "active", "parent": under.pk}
    answer = signed_in(keeper).post(f"/groupes/{top.slug}/modifier/", sent)
    assert "lui-même un sous-groupe" in answer.content.decode()
    top.refresh_from_db()
    assert top.parent is None


def test_members_file_holds_no_formula_and_all_members() -> None:
    group = make_group()
    keeper = make_group_member(group, "coordinator")
    person = Person.objects.create(name="=HYPERLINK(1)", email="formule@invente.test")
    make_group_member(group, person=person, capacity="tenant")
    answer = signed_in(keeper).get(f"/groupes/{group.slug}/membres.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert len(text.splitlines()) == 3
    assert "'=HYPERLINK" in text
    assert "Locataire" in text


def test_the_page_of_a_group_shows_what_comes_and_the_sheet_what_is_for_everybody() -> None:
    group = make_group(is_public=True)
    client = signed_in(make_group_member(group))
    make_meeting(group, days=40, title="Bilan ouvert", is_public=True, takes_registrations=True)
    make_meeting(group, days=3, title="Préparation interne")
    make_meeting(group, days=-3, title="Rencontre passée", is_public=True)
    make_meeting(group, title="Rencontre annulée", state="cancelled", is_public=True)
    make_meeting(group, title="Sans date", state="choosing", starts_at=None, ends_at=None)
    page = client.get(f"/groupes/{group.slug}/").content.decode()
    assert page.index("Préparation interne") < page.index("Bilan ouvert") < page.index("Sans date")
    assert "Rencontre passée" not in page
    assert "Rencontre annulée" not in page
    sheet = Client().get(f"/groupes/{group.slug}/fiche/").content.decode()
    assert "Bilan ouvert" in sheet
    assert "/inscription/" in sheet
    for hidden in ("Préparation interne", "Rencontre passée", "Rencontre annulée", "Sans date"):
        assert hidden not in sheet
