"""Sheets are kept fresh: organizations are asked by e-mail, a link answers once, what they say is seen."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from maillage.core.models import AuditEvent, OutgoingMail
from maillage.core.services.mail_sending import send_waiting
from maillage.directory.links import DAYS, link_of
from maillage.directory.models import Person, Service, SheetTrouble
from maillage.directory.services import chase_stale, save_service
from tests.factories import make_editor, make_organization, make_service, make_user

pytestmark = pytest.mark.django_db


def _stale(days: int = 400, **fields: Any) -> Service:
    organization = fields.pop("organization", None) or make_organization(email="bonjour@exemple.test")
    return make_service(organization, checked_on=timezone.localdate() - timedelta(days=days), **fields)


def chase() -> int:
    """Ask the organizations, and send what was queued; how many messages were."""
    count = chase_stale()
    send_waiting()
    return count


def _links() -> list[str]:
    return re.findall(r"http://[^/]+(/repertoire/toujours-exact/\S+/)", mail.outbox[-1].body)


def test_an_organization_is_asked_once_about_its_stale_sheets() -> None:
    organization = make_organization(email="bonjour@exemple.test")
    old = [_stale(organization=organization) for _n in range(2)]
    fresh = _stale(days=10, organization=organization)
    _stale(status="inactive", organization=organization)
    assert chase() == 1
    message = mail.outbox[0]
    assert message.to == ["bonjour@exemple.test"]
    assert message.subject == "2 fiches à vérifier au répertoire"
    assert all(service.name in message.body for service in old)
    assert fresh.name not in message.body
    assert chase() == 0
    Service.objects.update(asked_at=timezone.now() - timedelta(days=31))
    assert chase() == 1


def test_its_editors_are_asked_rather_than_the_general_address() -> None:
    organization = make_organization(email="bonjour@exemple.test")
    user = make_user(language="en")
    make_editor(organization, user)
    _stale(organization=organization)
    chase()
    assert [message.to for message in mail.outbox] == [[user.email]]
    person = Person.objects.get()
    person.user, person.email = None, "camille@exemple.test"
    person.save()
    Service.objects.update(asked_at=None)
    chase()
    assert mail.outbox[-1].to == ["camille@exemple.test"]


def test_a_sheet_without_anybody_to_write_to_waits_on_the_page() -> None:
    _stale(organization=make_organization(), email="")
    assert chase() == 0
    assert Service.objects.get().asked_at is None


def test_a_message_that_cannot_leave_is_tried_again(settings: Any) -> None:
    _stale()
    settings.EMAIL_BACKEND = "tests.directory.test_freshness.Down"
    assert chase() == 1
    assert mail.outbox == []
    assert chase() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    OutgoingMail.objects.update(not_before=timezone.now())
    assert send_waiting().sent == 1
    assert [message.to for message in mail.outbox] == [["bonjour@exemple.test"]]


class Down:
    """A mail server that does not answer."""

    def __init__(self, **options: Any) -> None:
        pass

    def send_messages(self, messages: Any) -> int:
        raise OSError


def test_the_link_shows_then_confirms_and_serves_once() -> None:
    service = _stale()
    chase()
    client, (address,) = Client(), _links()
    shown = client.get(address)
    assert shown.status_code == 200
    assert shown["Referrer-Policy"] == "no-referrer"
    assert "no-store" in shown["Cache-Control"]
    assert "Toujours exact" in shown.content.decode()
    service.refresh_from_db()
    assert service.checked_on != timezone.localdate()
    assert "Merci" in client.post(address, {"do": "exact"}).content.decode()
    service.refresh_from_db()
    assert (service.checked_on, service.asked_at) == (timezone.localdate(), None)
    assert service.checked_by_label == service.organization.name
    assert client.get(address).status_code == 410
    assert client.post(address, {"do": "exact"}).status_code == 410
    assert AuditEvent.objects.filter(verb="directory.service_confirmed").count() == 1


def test_links_that_are_guessed_old_or_replaced_answer_gently() -> None:
    service = _stale()
    chase()
    client, (address,) = Client(), _links()
    for guessed in ("x", "é" * 300, address.split("/")[-2] + "x", "WyJ4Il0:1:abc"):
        answer = client.get(f"/repertoire/toujours-exact/{guessed}/")
        assert answer.status_code == 404
        assert "Ce lien ne sert plus" in answer.content.decode()
        assert service.name not in answer.content.decode()
    Service.objects.update(asked_at=timezone.now() + timedelta(seconds=1))
    assert client.get(address).status_code == 410
    assert client.post(address, {"do": "exact"}).status_code == 410


def test_a_link_is_too_old_after_its_days(monkeypatch: pytest.MonkeyPatch) -> None:
    service = _stale()
    now = timezone.now()
    Service.objects.update(asked_at=now)
    service.refresh_from_db()
    import django.core.signing as signing

    real = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: real() - (DAYS + 1) * 86400)
    old = link_of(service, service.asked_at)
    monkeypatch.setattr(signing.time, "time", real)
    assert Client().get(f"/repertoire/toujours-exact/{old}/").status_code == 410


def test_what_an_organization_says_is_seen_and_goes_when_the_sheet_is_written(program: Any, as_role: Any) -> None:
    service = _stale()
    chase()
    (address,) = _links()
    client = Client()
    empty = client.post(address, {"do": "changed", "said": "   "})
    assert empty.status_code == 422
    assert "quelques mots" in empty.content.decode()
    assert client.post(address, {"do": "changed", "said": "x" * 501}).status_code == 422
    client.post(address, {"do": "changed", "said": "Nous avons <b>déménagé</b>"})
    assert client.get(address).status_code == 410
    keeper = as_role(program, "coordinator")
    page = keeper.get("/repertoire/a-verifier/?quoi=signalees").content.decode()
    assert "Nous avons &lt;b&gt;déménagé&lt;/b&gt;" in page
    keeper.post(f"/repertoire/services/{service.uid}/toujours-exact/", {"back": "1"})
    assert not SheetTrouble.objects.exists()


def test_the_page_of_sheets_to_verify(program: Any, as_role: Any, sign_in: Any) -> None:
    old, fresh = _stale(), _stale(days=3)
    keeper = as_role(program, "coordinator")
    page = keeper.get("/repertoire/a-verifier/").content.decode()
    assert old.name in page
    assert fresh.name not in page
    assert as_role(program, "worker").get("/repertoire/a-verifier/").status_code == 403
    user = make_user()
    make_editor(fresh.organization, user)
    Service.objects.filter(pk=fresh.pk).update(checked_on=None)
    page = sign_in(user).get("/repertoire/a-verifier/").content.decode()
    assert fresh.name in page
    assert old.name not in page
    answer = sign_in(user).post(f"/repertoire/services/{old.uid}/toujours-exact/")
    assert answer.status_code == 403


def test_the_page_asks_the_same_of_the_database_however_long(
    program: Any, as_role: Any, django_assert_max_num_queries: Any
) -> None:
    keeper = as_role(program, "coordinator")
    for _n in range(30):
        _stale()
    with django_assert_max_num_queries(12):
        answer = keeper.get("/repertoire/a-verifier/")
    assert len(answer.content) < 60_000


def test_the_rule_is_a_setting(settings: Any) -> None:
    _stale(days=40)
    assert chase() == 0
    settings.DIRECTORY_STALE_DAYS = 30
    assert chase() == 1


def test_a_mail_names_no_one_and_a_sheet_saved_is_no_longer_asked_about(capsys: Any) -> None:
    service = _stale()
    call_command("remind")
    assert "Messages envoyés aux organisations : 1" in capsys.readouterr().out
    from maillage.core.actor import PRODUCT
    from maillage.directory.reading import sheet_of

    (address,) = _links()
    service = Service.objects.select_related("organization").get()
    save_service(actor=PRODUCT, service=service, sheet=sheet_of(service))
    assert Client().get(address).status_code == 200
