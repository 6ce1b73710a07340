"""The queue of messages: sent once, tried again, refused, brought back, declined without account."""

import smtplib
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from maillage.core.mailing.message import message_of
from maillage.core.models import MailChoice, OutgoingMail
from maillage.core.services import Attachment, mail_sending, queue_mail
from maillage.core.services.mail_sending import WAITS, send_one, send_waiting
from maillage.core.services.mail_upkeep import forget_words
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def queued(event: str = "essai.1", **fields: Any) -> OutgoingMail:
    """A message that waits."""
    values = {"to": "ana@exemple.test", "subject": "Rencontre", "text": "Bonjour.", **fields}
    found = queue_mail(event=event, **values)
    assert found is not None
    return found


def state_of(message: OutgoingMail) -> str:
    """Where the message stands now."""
    message.refresh_from_db()
    return message.state


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """The server answers with `error`."""

    def send(self: Any, **_given: Any) -> int:
        raise error

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)


def test_a_message_leaves_after_what_it_tells_is_written(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        message = queued()
        assert mail.outbox == []
    assert state_of(message) == "sent"
    assert message.sent_at is not None
    assert [sent.to for sent in mail.outbox] == [["ana@exemple.test"]]


def test_what_is_undone_is_not_told(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        try:
            with transaction.atomic():
                queued()
                raise KeyError
        except KeyError:
            pass
    assert callbacks == []
    assert send_waiting().sent == 0
    assert not OutgoingMail.objects.exists()


def test_one_event_is_written_once_to_an_address():
    queued()
    assert queue_mail(event="essai.1", to=" ANA@exemple.test ", subject="Autre", text="Autre") is None
    queued(to="bea@exemple.test")
    queued("essai.2")
    assert send_waiting().sent == 3
    assert send_waiting().sent == 0
    assert len(mail.outbox) == 3


def test_two_workers_never_send_the_same(monkeypatch):
    message = queued()
    seen = []

    def send(self: Any, **_given: Any) -> int:
        seen.append(send_one(pk=message.pk))
        return 1

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    assert send_one(pk=message.pk) == "sent"
    assert seen == [None]
    assert send_one(pk=message.pk) is None


def test_a_server_that_is_away_is_tried_again_later_and_later(monkeypatch):
    message = queued()
    failing(monkeypatch, ConnectionRefusedError(111, "Connection refused"))
    for wait in WAITS:
        assert send_waiting().put_off == 1
        assert state_of(message) == "queued"
        assert wait - timedelta(minutes=1) < message.not_before - timezone.now() <= wait
        assert send_waiting() == (0, 0, 0)
        OutgoingMail.objects.update(not_before=timezone.now())
    assert send_waiting().refused == 1
    assert state_of(message) == "refused"
    assert "Connection refused" in message.error


@pytest.mark.parametrize(
    ("error", "state", "words"),
    [
        (smtplib.SMTPRecipientsRefused({"ana@exemple.test": (550, b"5.1.1 No such user")}), "refused", "No such user"),
        (smtplib.SMTPRecipientsRefused({"ana@exemple.test": (450, b"Greylisted")}), "queued", "Greylisted"),
        (smtplib.SMTPDataError(554, b"Spam"), "refused", "554 Spam"),
        (smtplib.SMTPAuthenticationError(535, b"Bad password"), "queued", "535"),
        (smtplib.SMTPServerDisconnected("closed"), "queued", "closed"),
        (UnicodeEncodeError("ascii", "é", 0, 1, "no"), "refused", "UnicodeEncodeError"),
    ],
)
def test_what_the_server_says_is_recorded(monkeypatch, error, state, words):
    message = queued()
    failing(monkeypatch, error)
    send_waiting()
    assert state_of(message) == state
    assert words in message.error


def test_a_message_whose_worker_died_is_not_sent_again_by_itself(monkeypatch):
    message = queued()
    OutgoingMail.objects.update(state="sending", not_before=timezone.now() - mail_sending.LOST_AFTER * 2)
    send_waiting()
    assert state_of(message) == "uncertain"
    assert mail.outbox == []


def test_what_may_be_declined_says_how():
    declinable, plain = queued(topic="essai.nouvelles"), queued("essai.2")
    sent, other = message_of(declinable), message_of(plain)
    link = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.body.rstrip().endswith(link)
    assert "ana" not in link
    assert "List-Unsubscribe" not in other.extra_headers
    assert other.body == "Bonjour."
    assert other.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_calendar_goes_with_a_message(settings):
    settings.EMAIL_BOUNCES = "retours@exemple.test"
    file = Attachment("rencontre.ics", "text/calendar; method=REQUEST", "BEGIN:VCALENDAR\r\nX:é\r\nEND:VCALENDAR\r\n")
    message = message_of(queued(attachments=[file]))
    assert message.from_email == "retours@exemple.test"
    read = message_from_bytes(message.message().as_bytes(), policy=default)
    assert "nepasrepondre" in read["From"]
    [part] = [part for part in read.walk() if part.get_content_type() == "text/calendar"]
    assert part["Content-Type"].params["method"] == "REQUEST"
    assert part.get_filename() == "rencontre.ics"
    assert part.get_content().split() == ["BEGIN:VCALENDAR", "X:é", "END:VCALENDAR"]


@pytest.fixture
def link() -> str:
    """The path of the choices that a message about a topic carries."""
    message = queued(topic="essai.nouvelles")
    queued("essai.2", topic="essai.rappels")
    send_waiting()
    return urlsplit(message_of(message).extra_headers["List-Unsubscribe"].strip("<>")).path


def test_whoever_holds_a_message_chooses_without_account(link):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(link).content.decode()
    assert "a•••@exemple.test" in page
    assert "ana@" not in page
    assert page.count("checked") == 2
    assert browser.post(link, {"topic": "essai.rappels"}).status_code == 302
    assert browser.get(link).content.decode().count("checked") == 1
    assert state_of(queued("essai.3", topic="essai.nouvelles")) == "declined"
    assert state_of(queued("essai.4", topic="essai.rappels")) == "queued"
    browser.post(link, {"topic": ["essai.rappels", "essai.nouvelles", "invente"]})
    assert not MailChoice.objects.exists()


def test_a_mail_program_unsubscribes_by_itself_and_reading_changes_nothing(link):
    program = Client(enforce_csrf_checks=True)
    program.get(link)
    assert not MailChoice.objects.exists()
    for _twice in range(2):
        assert program.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert [(choice.email, choice.topic) for choice in MailChoice.objects.all()] == [
        ("ana@exemple.test", "essai.nouvelles")
    ]


def test_nothing_more_means_nothing_that_may_be_declined(link):
    waits = queued("essai.5", topic="essai.autre")
    Client().post(link, {"nothing": "1"})
    assert state_of(waits) == "declined"
    assert waits.text == ""
    assert state_of(queued("essai.6", topic="essai.jamais-vu")) == "declined"
    assert state_of(queued("essai.7")) == "queued"
    assert send_waiting().sent == 1
    Client().post(link, {"topic": "essai.rappels"})
    assert state_of(queued("essai.8", topic="essai.rappels")) == "queued"
    assert state_of(queued("essai.9", topic="essai.nouvelles")) == "declined"


def test_an_address_that_is_invented_opens_nothing(link):
    assert Client().get(link[:-5] + "aaaa/").status_code == 404
    assert Client().post("/courriels/n-importe-quoi/", {"nothing": "1"}).status_code == 404
    assert not MailChoice.objects.exists()


def test_a_person_with_an_account_chooses_from_it(sign_in):
    user = make_user(email="Rosa@exemple.test")
    queued(to="rosa@exemple.test", topic="journal.reminders")
    client = sign_in(user)
    assert "suivis de références" in client.get("/courriels/").content.decode()
    client.post("/courriels/", {})
    assert MailChoice.objects.get().topic == "journal.reminders"


BOUNCE = """\
From: MAILER-DAEMON@exemple.test
To: retours@exemple.test
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.exemple.test

Final-Recipient: rfc822; ana@exemple.test
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <ana@exemple.test>: Recipient address
    rejected

--b
Content-Type: {kind}

{headers}
Subject: Rencontre

Bonjour.
--b--
"""


def bounce(message: OutgoingMail, action: str = "failed", kind: str = "message/rfc822") -> str:
    """What a server writes of a message that it could not deliver."""
    header = f"Message-ID: {message_of(message).extra_headers['Message-ID']}"
    return BOUNCE.format(action=action, kind=kind, headers=header)


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_message_that_came_back_is_said(tmp_path: Path, capsys, kind):
    message, other = queued(), queued("essai.2")
    send_waiting()
    maildir = tmp_path / "retours"
    (maildir / "new").mkdir(parents=True)
    (maildir / "cur").mkdir()
    (maildir / "new" / "1").write_text(bounce(message, kind=kind))
    (maildir / "cur" / "2").write_text("Subject: Bonjour\n\nUne vraie personne répond.\n")
    (maildir / "cur" / "3").write_text(bounce(other, action="delayed"))
    call_command("mail", "bounces", str(maildir))
    assert "revenus notés : 1" in capsys.readouterr().out.replace("\xa0", " ")
    assert state_of(message) == "bounced"
    assert message.error.startswith("5.1.1 smtp; 550")
    assert state_of(other) == "sent"
    call_command("mail", "bounces", str(maildir))
    assert "revenus notés : 0" in capsys.readouterr().out.replace("\xa0", " ")


def test_a_mailbox_and_one_message_are_read_too(tmp_path: Path):
    first, second = queued(), queued("essai.2")
    send_waiting()
    box, one = tmp_path / "boite", tmp_path / "un.eml"
    box.write_text("From daemon Sat Nov 21 10:00:00 2026\n" + bounce(first))
    one.write_text(bounce(second))
    call_command("mail", "bounces", str(box))
    call_command("mail", "bounces", str(one))
    assert (state_of(first), state_of(second)) == ("bounced", "bounced")


def test_the_words_of_what_left_are_wiped():
    message, waits = queued(), queued("essai.2")
    send_one(pk=message.pk)
    assert forget_words() == 0
    OutgoingMail.objects.update(queued_at=timezone.now() - timedelta(days=8))
    assert forget_words() == 1
    message.refresh_from_db()
    assert message.text == ""
    waits.refresh_from_db()
    assert waits.text == "Bonjour."
    assert queue_mail(event="essai.1", to="ana@exemple.test", subject="Encore", text="Encore") is None
    OutgoingMail.objects.update(queued_at=timezone.now() - timedelta(days=401))
    assert forget_words() == 1
    assert forget_words() == 0
    assert OutgoingMail.objects.get() == waits
