"""The administration pages: accounts and the audit log."""

import re
from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse

from maillage.core.models import AuditEvent
from maillage.core.services import audit
from maillage.portal.audit_words import VERBS
from maillage.programs import services
from tests.factories import make_member, make_site, make_user

pytestmark = pytest.mark.django_db
PACKAGE = Path(__file__).parents[2] / "maillage"


@pytest.fixture
def administrator():
    return make_user(is_administrator=True, full_name="Ada Inventée")


@pytest.fixture
def client_of_administrator(administrator, sign_in):
    return sign_in(administrator)


def account(user):
    return reverse("portal:account", kwargs={"pk": user.pk})


def test_accounts_are_found_by_name_whatever_the_accents(client_of_administrator, program):
    member = make_member(program, "worker", user=make_user(full_name="Élodie Inventée"))
    page = client_of_administrator.get(reverse("portal:administration"), {"q": "ELODIE"}).content.decode()
    assert member.user.email in page
    assert program.name in page
    none = client_of_administrator.get(reverse("portal:administration"), {"q": "zzz"}).content.decode()
    assert "Aucun compte" in none


def test_an_account_is_deactivated_and_reactivated(client_of_administrator, sign_in, program):
    member = make_member(program, "worker")
    theirs = sign_in(member.user)
    page = reverse("programs:program", kwargs={"slug": program.slug})
    assert theirs.get(page).status_code == 200
    client_of_administrator.post(account(member.user), {"deactivate": "1"})
    assert theirs.get(page).status_code == 302
    client_of_administrator.post(account(member.user), {"activate": "1"})
    member.user.refresh_from_db()
    assert member.user.is_active
    assert AuditEvent.objects.filter(verb="accounts.activation").count() == 2


def test_an_installation_keeps_its_administrator(client_of_administrator, administrator):
    for act in ("deactivate", "demote"):
        page = client_of_administrator.post(account(administrator), {act: "1"}, follow=True).content.decode()
        assert "vous retirer vous-même" in page.replace("&#x27;", "'")
    other = make_user()
    client_of_administrator.post(account(other), {"promote": "1"})
    other.refresh_from_db()
    assert other.is_administrator
    client_of_administrator.post(account(other), {"demote": "1"})
    other.refresh_from_db()
    assert not other.is_administrator


def test_a_link_to_choose_a_password_goes_to_its_person_only(client_of_administrator):
    person = make_user()
    page = client_of_administrator.post(account(person), {"reset": "1"}, follow=True).content.decode()
    assert [message.to for message in mail.outbox] == [[person.email]]
    link = re.search(r"https?://\S+", mail.outbox[0].body)[0]
    assert link not in page
    assert AuditEvent.objects.filter(verb="accounts.reset_sent", object_id=person.pk).exists()
    gone = make_user(is_active=False)
    refused = client_of_administrator.post(account(gone), {"reset": "1"}, follow=True).content.decode()
    assert "désactivé" in refused
    assert len(mail.outbox) == 1


def test_the_audit_log_is_read_page_by_page_by_type_and_person(client_of_administrator, administrator, program):
    coordinator = make_member(program, "coordinator").user
    for number in range(45):
        services.edit_program(actor=coordinator, program=program, name=f"Nom {number}")
    services.edit_program(actor=administrator, program=program, name="Nom de l'administration")
    url = reverse("portal:audit")
    first = client_of_administrator.get(url).content.decode()
    assert "Programme modifié" in first
    assert "Nom 44" in first
    assert "Nom 2 " not in first
    older = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    assert "Nom 2" in client_of_administrator.get(url + older).content.decode()
    mine = client_of_administrator.get(url, {"personne": administrator.pk}).content.decode()
    assert coordinator.full_name not in mine
    assert "Rien encore" in client_of_administrator.get(url, {"type": "programs.term"}).content.decode()
    for odd in ({"type": "x"}, {"avant": "x"}, {"personne": "9" * 30}, {"avant": "0"}):
        assert client_of_administrator.get(url, odd).status_code == 200


def test_changes_are_told_in_words(client_of_administrator, administrator, program):
    sites = [make_site() for _number in range(3)]
    services.cover_sites(actor=administrator, program=program, sites=sites, targeted=True)
    services.create_frame(actor=administrator)
    services.add_member(actor=administrator, program=program, label="Essai", role="coordinator")
    service = {"memberships": [1, 2], "name": ["avant", "après"], "inconnu": {"a": 1}}
    audit(actor=administrator, verb="accounts.opened", obj=administrator, changes=service)
    page = client_of_administrator.get(reverse("portal:audit")).content.decode()
    for words in ("Ajoutés : 3", "Ciblés : oui", "avant → après", "Inconnu", "– → Coordination", "Termes : 0 → "):
        assert words in page


def test_pages_ask_as_many_queries_whatever_the_rows(client_of_administrator, program, django_assert_max_num_queries):
    for _number in range(30):
        make_member(program, "worker")
    for name in ("portal:administration", "portal:audit"):
        with django_assert_max_num_queries(10):
            client_of_administrator.get(reverse(name))


def test_every_verb_of_the_product_is_put_in_words():
    pattern = re.compile(r'\b(?:verb|new|changed)="([a-z]+\.[a-z_]+)"')
    used = {verb for path in PACKAGE.rglob("*.py") for verb in pattern.findall(path.read_text())}
    assert not used - set(VERBS)
