"""Invitations and what somebody of bad faith would try with their links."""

import logging
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from maillage.accounts.models import User
from maillage.core.errors import NotAllowed, Refused
from maillage.core.log_secrets import HideSecrets
from maillage.core.models import AuditEvent
from maillage.programs import services
from maillage.programs.links import new_secret
from maillage.programs.models import Invitation, Membership
from tests.factories import make_entry, make_member, make_program, make_user

pytestmark = pytest.mark.django_db
EMAIL = "nouvelle@demo.maillage.test"
PASSWORD = "quatre mots pour entrer"
CLOSED = "Ce lien n"


@pytest.fixture
def coordinator(program):
    return make_member(program, "coordinator").user


def link_in(message):
    return re.search(r"https?://testserver(/programmes/invitation/\S+)", message.body)[1]


@pytest.fixture
def send(program, coordinator, sign_in):
    """Invite through the page, and give the link that the mail carries."""

    def invite(email=EMAIL, role="worker", name="Personne Invitée", expect=1):
        mail.outbox.clear()
        client = sign_in(coordinator)
        url = reverse("programs:invite", kwargs={"slug": program.slug})
        answer = client.post(url, {"email": email, "full_name": name, "role": role})
        assert len(mail.outbox) == expect, answer.content.decode()[-3000:]
        return link_in(mail.outbox[0]) if expect else answer

    return invite


def accept(client, link, **fields):
    return client.post(link, {"full_name": "Alba Inventée", "password": PASSWORD, "again": PASSWORD, **fields})


def test_an_invited_person_opens_an_account_and_is_in(program, send, client):
    link = send()
    message = mail.outbox[0]
    assert message.to == [EMAIL]
    assert "vous invite" in message.body
    assert "\n\n" in message.body
    page = client.get(link)
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert EMAIL in page.content.decode()
    answer = accept(client, link)
    assert answer.headers["Location"] == reverse("programs:program", kwargs={"slug": program.slug})
    member = Membership.objects.get(program=program, user__email=EMAIL)
    assert (member.role, member.label) == ("worker", "Alba Inventée")
    assert client.get(answer.headers["Location"]).status_code == 200
    assert member.user.check_password(PASSWORD)


def test_only_a_hash_is_kept_and_nothing_secret_is_written(send, caplog):
    link = send()
    token = link.rstrip("/").rsplit("/", 1)[1]
    secret = token.split(":")[0]
    invitation = Invitation.objects.get()
    kept = str(Invitation.objects.values().get()) + str(list(AuditEvent.objects.values()))
    assert secret not in kept
    assert len(invitation.secret_hash) == 64
    assert secret not in caplog.text


def test_a_link_never_stands_in_the_log(send, capsys):
    link = send()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link).status_code == 403
    record = logging.LogRecord("django.security.csrf", logging.WARNING, "", 0, "Forbidden: %s", (link,), None)
    assert HideSecrets().filter(record)
    assert record.getMessage() == "Forbidden: /programmes/invitation/…/"
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert token not in capsys.readouterr().err


def test_a_link_opens_once(send, client):
    link = send()
    accept(client, link)
    client.logout()
    again = client.get(link)
    assert again.status_code == 410
    assert CLOSED in again.content.decode()
    assert accept(client, link, password="autre phrase longue").status_code == 410
    assert User.objects.filter(email=EMAIL).count() == 1


def test_a_link_that_expired_was_revoked_or_replaced_opens_no_more(program, coordinator, send, client, sign_in):
    link = send()
    invitation = Invitation.objects.get()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(link).status_code == 410
    action = reverse("programs:invitation_action", kwargs={"slug": program.slug, "pk": invitation.pk})
    sign_in(coordinator).post(action, {"resend": "1"})
    newer = link_in(mail.outbox[-1])
    assert client.get(link).status_code == 404
    assert client.get(newer).status_code == 200
    sign_in(coordinator).post(action, {"revoke": "1"})
    assert client.get(newer).status_code == 410
    twice = sign_in(coordinator).post(action, {"resend": "1"}, follow=True)
    assert "déjà été acceptée ou annulée" in twice.content.decode()


def test_a_guessed_link_shows_the_same_calm_page(send, client):
    real = send().rstrip("/").rsplit("/", 1)[1]
    secret, signature = real.split(":")
    forged = [f"{secret}:{'x' * len(signature)}", secret, f"{'A' * 43}:{signature}", new_secret()[0], "a" * 2000, "%00"]
    pages = set()
    for token in forged:
        address = reverse("programs:invitation", kwargs={"token": token})
        page = client.get(address).content.decode()
        pages.add(re.sub(r"[A-Za-z0-9]{64}", "", page.replace(address, "").replace(escape(address), "")))
        assert client.post(reverse("programs:invitation", kwargs={"token": token})).status_code == 404
    assert len(pages) == 1
    assert CLOSED in pages.pop()
    assert not User.objects.filter(email=EMAIL).exists()


def test_somebody_with_an_account_must_be_that_account(send, client, sign_in, program):
    mine = make_user(email="Deja@demo.maillage.test")
    link = send(email="DEJA@demo.maillage.test")
    page = client.get(link).content.decode()
    assert "connexion" in page
    assert 'name="password"' not in page
    assert accept(client, link).status_code == 403
    other = sign_in(make_user())
    assert "autre adresse" in other.get(link).content.decode()
    assert accept(other, link).status_code == 403
    assert not program.memberships.filter(user=mine).exists()
    right = sign_in(mine)
    assert right.get(link).status_code == 200
    assert not program.memberships.filter(user=mine).exists(), "a GET writes nothing"
    assert right.post(link).status_code == 302
    assert program.memberships.filter(user=mine, role="worker").count() == 1
    mine.refresh_from_db()
    assert mine.check_password("une phrase de passe inventée")


def test_a_person_signed_in_does_not_open_the_account_of_another(send, sign_in):
    link = send()
    stranger = sign_in(make_user())
    assert "autre adresse" in stranger.get(link).content.decode()
    accept(stranger, link)
    assert not User.objects.filter(email=EMAIL).exists()


def test_a_deactivated_account_does_not_come_back_by_invitation(send, client, program):
    gone = make_user(email=EMAIL, is_active=False)
    link = send()
    assert accept(client, link).status_code == 403
    with pytest.raises(NotAllowed):
        services.accept_invitation(actor=gone, invitation=Invitation.objects.get())
    assert not program.memberships.filter(user=gone).exists()


def test_the_inviter_learns_nothing_of_accounts(send, program):
    make_user(email="existe@demo.maillage.test")
    send(email="existe@demo.maillage.test")
    known = mail.outbox[0].body
    send(email="inconnue@demo.maillage.test")
    strip = lambda text: re.sub(r"/invitation/\S+", "", text)  # noqa: E731
    assert strip(known) == strip(mail.outbox[0].body)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"password": "trois mots", "again": "trois mots"}, "12"),
        ({"password": "motdepasse12", "again": "motdepasse13"}, "ne sont pas les mêmes"),
        ({"password": "qwertyuiop123", "again": "qwertyuiop123"}, "courant"),
        ({"password": "nouvelle@demo.maillage.test", "again": "nouvelle@demo.maillage.test"}, "semblable"),
        ({"full_name": ""}, "obligatoire"),
    ],
)
def test_a_weak_password_or_an_empty_name_gets_a_sentence(send, client, fields, sentence):
    link = send()
    page = accept(client, link, **fields)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert fields.get("password", "x y z") not in re.sub(EMAIL, "", page.content.decode())
    assert not User.objects.filter(email=EMAIL).exists()
    assert accept(client, link).status_code == 302


def test_the_same_person_is_not_invited_twice(send, program, coordinator):
    send()
    assert "invitation en attente" in send(expect=0).content.decode()
    make_member(program, "worker", user=make_user(email="membre@demo.maillage.test"))
    assert "déjà ce rôle" in send(email="membre@demo.maillage.test", expect=0).content.decode()
    assert "complet" in send(email="pas un courriel", expect=0).content.decode()
    with pytest.raises(NotAllowed):
        services.invite(
            actor=make_member(program, "worker").user,
            program=program,
            email="x@demo.maillage.test",
            full_name="X",
            role="coordinator",
            address=str,
        )


def test_an_imported_worker_receives_an_account_and_keeps_the_entries(program, coordinator, sign_in, client):
    kept = make_member(program, "worker", label="Nom du fichier")
    Membership.objects.filter(pk=kept.pk).update(user=None)
    entry = make_entry(program, worker=kept)
    url = reverse("programs:invite", kwargs={"slug": program.slug}) + f"?participation={kept.pk}"
    sign_in(coordinator).post(url, {"email": EMAIL, "full_name": "Nom du fichier", "role": "worker"})
    accept(client, link_in(mail.outbox[-1]))
    entry.worker.refresh_from_db()
    assert entry.worker.user.email == EMAIL
    other = make_program()
    foreign = make_member(other, "worker")
    Membership.objects.filter(pk=foreign.pk).update(user=None)
    url = reverse("programs:invite", kwargs={"slug": program.slug}) + f"?participation={foreign.pk}"
    assert sign_in(coordinator).get(url).status_code == 404


def test_the_end_of_a_participation_revokes_what_waits(program, coordinator, send, sign_in):
    person = make_user(email=EMAIL)
    first = make_member(program, "worker", user=person, end=timezone.localdate() - timedelta(days=30))
    link = send()
    services.reinstate_member(actor=coordinator, member=first)
    services.end_member(actor=coordinator, member=first)
    assert sign_in(person).get(link).status_code == 410


def test_who_had_left_comes_back_on_the_same_line(program, coordinator, send, sign_in):
    person = make_user(email=EMAIL)
    former = make_member(program, "worker", user=person, end=timezone.localdate() - timedelta(days=30))
    sign_in(person).post(send())
    former.refresh_from_db()
    assert former.is_current
    assert program.memberships.filter(user=person).count() == 1


def test_a_mail_that_does_not_leave_keeps_the_invitation(program, coordinator, sign_in, monkeypatch):
    def broken(self, fail_silently=False):
        raise OSError("no route")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    url = reverse("programs:invite", kwargs={"slug": program.slug})
    page = sign_in(coordinator).post(url, {"email": EMAIL, "full_name": "X", "role": "worker"})
    assert "n&#x27;est pas parti" in page.content.decode() or "pas parti" in page.content.decode()
    assert Invitation.objects.count() == 1
    with pytest.raises(Refused):
        services.resend_invitation(actor=coordinator, invitation=Invitation.objects.get(), address=str)
