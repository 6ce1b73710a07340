"""Meetings that come back: their days, the same hour over the change of time, changed one or one and the next."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from maillage.concertation.enums import MeetingState
from maillage.concertation.models import Meeting
from maillage.concertation.recurrence import MOST, Repeat, days_of
from tests.factories import make_group_member, make_meeting

pytestmark = pytest.mark.django_db
SENT = {
    "title": "Table",
    "kind": "meeting",
    "day": "2027-02-09",
    "begins": "13:30",
    "ends": "15:30",
    "repeat": "monthly_weekday",
    "times": "4",
}


@pytest.mark.parametrize(
    ("repeat", "first", "expected"),
    [
        (Repeat.WEEKLY, date(2027, 3, 2), ["2027-03-02", "2027-03-09", "2027-03-16"]),
        (Repeat.FORTNIGHTLY, date(2027, 3, 2), ["2027-03-02", "2027-03-16", "2027-03-30"]),
        (Repeat.MONTHLY_WEEKDAY, date(2027, 2, 9), ["2027-02-09", "2027-03-09", "2027-04-13"]),
        (Repeat.MONTHLY_WEEKDAY, date(2027, 3, 30), ["2027-03-30", "2027-04-27", "2027-05-25"]),
        (Repeat.MONTHLY_LAST, date(2027, 2, 23), ["2027-02-23", "2027-03-30", "2027-04-27"]),
        (Repeat.MONTHLY_DAY, date(2027, 1, 31), ["2027-01-31", "2027-03-31", "2027-05-31"]),
        (Repeat.TWO_MONTHS, date(2027, 2, 9), ["2027-02-09", "2027-04-13", "2027-06-08"]),
        (Repeat.QUARTERLY, date(2027, 2, 9), ["2027-02-09", "2027-05-11", "2027-08-10"]),
    ],
)
def test_the_days_of_a_rule(repeat: str, first: date, expected: list[str]) -> None:
    assert [day.isoformat() for day in days_of(repeat, first, times=3)] == expected


def test_a_rule_has_its_limits() -> None:
    assert days_of(Repeat.WEEKLY, date(2027, 1, 5), until=date(2027, 1, 19)) == [
        date(2027, 1, 5),
        date(2027, 1, 12),
        date(2027, 1, 19),
    ]
    assert len(days_of(Repeat.WEEKLY, date(2027, 1, 5))) == MOST
    assert days_of(Repeat.WEEKLY, date(2027, 1, 5), until=date(2027, 1, 4)) == []


def series_of(client: Any, group: Any, **more: str) -> list[Meeting]:
    """Four meetings, made as the page asks: the dates shown, then confirmed."""
    sent = {**SENT, **more}
    shown = client.post(f"/groupes/{group.slug}/rencontres/nouvelle/", sent)
    assert shown.status_code == 200
    assert not Meeting.objects.filter(group=group, series__isnull=False).exists()
    days = [one.day.isoformat() for one in shown.context["plan"] if one.is_kept]
    answer = client.post(f"/groupes/{group.slug}/rencontres/nouvelle/", {**sent, "confirm": "1", "date": days})
    assert answer.status_code == 302
    return list(Meeting.objects.filter(group=group, series__isnull=False).order_by("starts_at"))


def local(meeting: Meeting) -> str:
    meeting.refresh_from_db()
    assert meeting.starts_at is not None
    return timezone.localtime(meeting.starts_at).strftime("%Y-%m-%d %H:%M")


def test_the_hour_stays_when_the_clock_changes(secretary: Any) -> None:
    client, group = secretary
    found = series_of(client, group)
    assert [local(one) for one in found] == [
        "2027-02-09 13:30",
        "2027-03-09 13:30",
        "2027-04-13 13:30",
        "2027-05-11 13:30",
    ]
    assert {one.starts_at.hour for one in found if one.starts_at} == {17, 18}
    assert len({one.series for one in found}) == 1


def test_a_day_that_is_taken_is_proposed_unchecked_and_can_be_left(secretary: Any) -> None:
    client, group = secretary
    other = make_meeting(group, title="Déjà là")
    Meeting.objects.filter(pk=other.pk).update(starts_at="2027-03-09T23:00:00Z", ends_at="2027-03-10T01:00:00Z")
    shown = client.post(f"/groupes/{group.slug}/rencontres/nouvelle/", SENT)
    assert "Déjà là" in shown.content.decode()
    assert [one.is_kept for one in shown.context["plan"]] == [True, False, True, True]


def test_an_hour_that_does_not_exist_is_left_out(secretary: Any) -> None:
    client, group = secretary
    sent = {**SENT, "day": "2027-03-07", "begins": "02:30", "ends": "03:30", "repeat": "weekly", "times": "3"}
    shown = client.post(f"/groupes/{group.slug}/rencontres/nouvelle/", sent)
    assert [one.is_kept for one in shown.context["plan"]] == [True, False, True]
    assert "on avance l" in shown.content.decode()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"times": ""}, "Dites jusqu"),
        ({"times": "", "until": "2027-02-01"}, "Choisissez un jour qui suit"),
        ({"times": "", "until": "2031-02-01"}, "Choisissez un jour qui suit"),
        ({"undated": "on"}, "ne se répète pas encore"),
        ({"times": "900"}, "inférieure ou égale"),
    ],
)
def test_bad_rules_are_said(secretary: Any, more: dict[str, str], sentence: str) -> None:
    client, group = secretary
    answer = client.post(f"/groupes/{group.slug}/rencontres/nouvelle/", {**SENT, **more})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Meeting.objects.exists()


def test_no_date_kept_writes_nothing_and_one_goes_back_with_all(secretary: Any) -> None:
    client, group = secretary
    address = f"/groupes/{group.slug}/rencontres/nouvelle/"
    assert client.post(address, {**SENT, "confirm": "1", "date": "2099-01-01"}).status_code == 422
    back = client.post(address, {**SENT, "confirm": "1", "revoir": "1"})
    assert 'value="2027-02-09"' in back.content.decode()
    assert not Meeting.objects.exists()


def edit(client: Any, meeting: Meeting, scope: str, **more: str) -> None:
    sent = {name: value for name, value in SENT.items() if name not in ("repeat", "times")}
    day = local(meeting)[:10]
    answer = client.post(
        f"/groupes/rencontres/{meeting.uid}/modifier/",
        {**sent, "remind_days": "2", "day": day, "scope": scope, **more},
    )
    assert answer.status_code == 302, answer.content.decode()


def test_one_or_this_and_the_next(secretary: Any, django_capture_on_commit_callbacks: Any) -> None:
    client, group = secretary
    first, second, third, fourth = series_of(client, group)
    edit(client, second, "", place="Salle Sud")
    assert [one.place for one in Meeting.objects.order_by("starts_at")] == ["", "Salle Sud", "", ""]
    Meeting.objects.filter(pk=fourth.pk).update(state=MeetingState.CANCELLED)
    member = make_group_member(group)
    for one in (second, third):
        one.invitations.create(member=member, email=member.person.email.lower())
    with django_capture_on_commit_callbacks(execute=True):
        edit(client, second, "following", day="2027-03-10", begins="09:00", ends="11:00", place="Salle Sud")
    assert [local(one) for one in (first, second, third, fourth)] == [
        "2027-02-09 13:30",
        "2027-03-10 09:00",
        "2027-04-14 09:00",
        "2027-05-11 13:30",
    ]
    assert len(mail.outbox) == 1
    assert len(mail.outbox[0].attachments) == 2
    assert "2 rencontres" in mail.outbox[0].body


def test_cancelling_the_next_ones_is_told_in_one_message(
    secretary: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client, group = secretary
    first, second, third, fourth = series_of(client, group)
    member = make_group_member(group)
    for one in (first, second, third, fourth):
        one.invitations.create(member=member, email=member.person.email.lower())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/groupes/rencontres/{second.uid}/annuler/", {"scope": "following", "reason": "Pause"})
    assert [one.state for one in Meeting.objects.order_by("starts_at")] == ["planned", *["cancelled"] * 3]
    assert len(mail.outbox) == 1
    assert len(mail.outbox[0].attachments) == 3
