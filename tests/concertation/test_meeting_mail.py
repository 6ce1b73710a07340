"""Those whom a meeting concerns are written to: invited, told what moved or was called off, reminded; once each."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from icalendar import Calendar

from maillage.concertation.models import Meeting, Registration
from maillage.core.models import MailChoice, OutgoingMail
from tests.factories import make_group_member, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def sending(django_capture_on_commit_callbacks: Any) -> Any:
    """`sending(act)` does it, lets the messages leave, and gives them."""

    def run(act: Any) -> list[Any]:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return mail.outbox[before:]

    return run


def page(meeting: Meeting, end: str = "") -> str:
    return f"/groupes/rencontres/{meeting.uid}/{end}"


def invited(client: Any, group: Any, sending: Any, **more: Any) -> tuple[Meeting, list[Any]]:
    """A meeting in ten days to which everybody and one more are invited, and the messages."""
    make_group_member(group)
    meeting = make_meeting(group, 10, title="Rencontre Aurore", place="Salle Nord", **more)
    sent = {"members": "on", "extra": "Ailleurs@Demo.maillage.test, ", "word": "Au plaisir."}
    return meeting, sending(lambda: client.post(page(meeting, "inviter/"), sent))


def calendar_of(letter: Any) -> Any:
    held = Calendar.from_ical(letter.attachments[0][1])
    return held, next(iter(held.walk("VEVENT")))


def edit(client: Any, meeting: Meeting, **changes: str) -> None:
    local = timezone.localtime(meeting.starts_at)
    sent = {
        "title": meeting.title,
        "kind": meeting.kind,
        "day": local.strftime("%Y-%m-%d"),
        "begins": local.strftime("%H:%M"),
        "ends": (local + timedelta(hours=2)).strftime("%H:%M"),
        "last_day": (local + timedelta(hours=2)).strftime("%Y-%m-%d"),
        "place": "Salle Nord",
        "remind_days": "2",
    }
    answer = client.post(page(meeting, "modifier/"), {**sent, **changes})
    assert answer.status_code == 302, answer.content.decode()


def noon(days: int) -> Any:
    return timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=days)


def test_members_and_others_are_invited_once_with_a_calendar(secretary: Any, sending: Any) -> None:
    client, group = secretary
    meeting, letters = invited(client, group, sending)
    assert len(letters) == 3
    letter = next(one for one in letters if one.to == ["ailleurs@demo.maillage.test"])
    assert "Invitation : Rencontre Aurore" in letter.subject
    assert "Salle Nord" in letter.body
    assert "Au plaisir." in letter.body
    assert str(meeting.uid) not in letter.body.split("courriels/")[0]  # without account, the page would not open
    held, event = calendar_of(letter)
    assert held["METHOD"] == "REQUEST"
    assert event["SEQUENCE"] == 0
    assert sending(lambda: client.post(page(meeting, "inviter/"), {"members": "on"})) == []
    assert meeting.invitations.count() == 3


def test_bad_addresses_are_named_and_nothing_leaves(secretary: Any, sending: Any) -> None:
    client, group = secretary
    meeting = make_meeting(group, 10)
    answers = []
    assert (
        sending(lambda: answers.append(client.post(page(meeting, "inviter/"), {"extra": "a@b.ca pas-un-courriel"})))
        == []
    )
    assert answers[0].status_code == 422
    assert "pas-un-courriel" in answers[0].content.decode()
    assert not meeting.invitations.exists()


def test_a_meeting_that_is_past_invites_nobody(secretary: Any) -> None:
    client, group = secretary
    answer = client.post(page(make_meeting(group, -3), "inviter/"), {"members": "on"})
    assert answer.status_code == 422
    assert "à venir" in answer.content.decode()


def test_what_moves_is_told_once_to_each(secretary: Any, sending: Any) -> None:
    client, group = secretary
    meeting, _letters = invited(client, group, sending, starts_at=noon(10), ends_at=noon(10) + timedelta(hours=2))
    Registration.objects.create(meeting=meeting, name="Inscrite", email="inscrite@demo.maillage.test", rank=1)
    gone = make_group_member(group)
    meeting.invitations.create(member=gone, email=gone.person.email)
    gone.end = timezone.localdate() - timedelta(days=1)
    gone.save()
    day = (noon(12)).strftime("%Y-%m-%d")
    letters = sending(lambda: edit(client, meeting, day=day, last_day=day))
    assert len(letters) == 4
    assert gone.person.email.lower() not in {one.to[0] for one in letters}
    assert all("Changement" in one.subject and "C'était" in one.body for one in letters)
    assert calendar_of(letters[0])[1]["SEQUENCE"] == 1
    assert sending(lambda: edit(client, meeting, day=day, last_day=day)) == []
    assert sending(lambda: edit(client, meeting, day=day, last_day=day, title="Autre titre")) == []


def test_cancelled_then_restored(secretary: Any, sending: Any) -> None:
    client, group = secretary
    meeting, _letters = invited(client, group, sending)
    off = sending(lambda: client.post(page(meeting, "annuler/"), {"reason": "Tempête"}))
    assert len(off) == 3
    assert "Tempête" in off[0].body
    held, event = calendar_of(off[0])
    assert (held["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert sending(lambda: client.post(page(meeting, "annuler/"))) == []
    back = sending(lambda: client.post(page(meeting, "remettre/")))
    assert len(back) == 3
    assert calendar_of(back[0])[1]["SEQUENCE"] == 2


def test_a_meeting_to_which_nobody_was_invited_writes_to_nobody(secretary: Any, sending: Any) -> None:
    client, group = secretary
    make_group_member(group)
    meeting = make_meeting(group, 10)
    assert sending(lambda: client.post(page(meeting, "annuler/"))) == []


def test_reminders_leave_once_at_their_day(secretary: Any, sending: Any) -> None:
    client, group = secretary
    meeting, _letters = invited(client, group, sending, starts_at=noon(3), ends_at=noon(3) + timedelta(hours=1))
    meeting.invitations.update(invited_at=timezone.now() - timedelta(days=4))
    off = make_meeting(group, 1, remind_days=None)
    off.invitations.create(email="ailleurs@demo.maillage.test")
    off.invitations.update(invited_at=timezone.now() - timedelta(days=4))

    def reminders() -> list[Any]:
        sent = sending(lambda: call_command("remind", stdout=StringIO()))
        return [one for one in sent if "Rappel" in one.subject]  # the command also sends what is new in groups

    assert reminders() == []
    Meeting.objects.filter(pk=meeting.pk).update(remind_days=3)
    letters = reminders()
    assert len(letters) == 3
    assert all("Rappel : Rencontre Aurore" in one.subject for one in letters)
    assert reminders() == []


def test_who_declined_is_not_written_to_and_no_name_stands_in_events(secretary: Any, sending: Any) -> None:
    client, group = secretary
    member = make_group_member(group)
    MailChoice.objects.create(email=member.person.email.lower(), topic=f"group.{group.pk}.meetings")
    _meeting, letters = invited(client, group, sending)
    assert member.person.email.lower() not in {one.to[0] for one in letters}
    for event in OutgoingMail.objects.values_list("event", flat=True):
        assert "@" not in event
