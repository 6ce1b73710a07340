"""Addresses that calendars follow: what they give, to whom, until when."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from maillage.concertation.models import CalendarFeed, Meeting, Member
from maillage.core.models import AuditEvent
from tests.factories import make_group, make_group_member, make_meeting, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_user()


@pytest.fixture
def client(sign_in, person):
    return sign_in(person)


@pytest.fixture
def group(person):
    group = make_group(name="Table du Nord")
    make_group_member(group, user=person)
    make_meeting(group, title="Rencontre à nous", online_url="https://visio.exemple.test/x")
    return group


def opened(client, **data):
    """The path of a new address, as the page shows it."""
    page = client.post("/calendrier/abonnements/", data).content.decode()
    found = re.search(r'id="address">(https?://[^<]+)<', page)
    assert found
    return urlsplit(found.group(1)).path


def unfolded(answer):
    """The lines of a calendar, as they were before they were cut at 75 bytes."""
    return answer.content.decode().replace("\r\n ", "")


def titles(answer):
    """What a calendar holds."""
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    return sorted(str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT"))


def test_an_address_gives_the_persons_groups_without_signing_in(client, group):
    make_meeting(make_group(), title="Ailleurs")
    path = opened(client, name="Mon téléphone")
    assert titles(Client().get(path)) == ["Rencontre à nous"]
    assert "visio.exemple.test" in unfolded(Client().get(path))
    assert path.split("/")[3] not in client.get("/calendrier/abonnements/").content.decode()
    assert path.split("/")[3] not in CalendarFeed.objects.get().secret_hash
    assert AuditEvent.objects.filter(verb="concertation.feed_opened").count() == 1


def test_an_address_of_one_group_gives_that_group(client, person, group):
    other = make_group()
    make_group_member(other, user=person)
    make_meeting(other, title="Autre groupe")
    assert titles(Client().get(opened(client))) == ["Autre groupe", "Rencontre à nous"]
    assert titles(Client().get(opened(client, group=other.pk))) == ["Autre groupe"]


def test_nobody_follows_a_group_that_they_do_not_see(client):
    assert client.post("/calendrier/abonnements/", {"group": make_group().pk}).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_a_closed_address_gives_nothing_more(client, sign_in, group):
    path = opened(client)
    feed = CalendarFeed.objects.get()
    assert sign_in(make_user()).post(f"/calendrier/abonnements/{feed.pk}/fermer/").status_code == 404
    assert Client().get(path).status_code == 200
    client.post(f"/calendrier/abonnements/{feed.pk}/fermer/")
    assert Client().get(path).status_code == 410
    assert "Aucune adresse ouverte" in client.get("/calendrier/abonnements/").content.decode()


def test_who_leaves_takes_their_addresses_along(client, person, group):
    path, of_group = opened(client), opened(client, group=group.pk)
    Member.objects.filter(person__user=person).update(end=timezone.localdate() - timedelta(days=1))
    assert titles(Client().get(path)) == []
    assert titles(Client().get(of_group)) == []
    person.is_active = False
    person.save()
    assert Client().get(path).status_code == 404


def test_addresses_are_bounded(client):
    for _number in range(20):
        opened(client)
    answer = client.post("/calendrier/abonnements/")
    assert answer.status_code == 422
    assert "fermez-en une" in answer.content.decode()


def test_the_public_calendar_gives_what_is_announced(group):
    make_meeting(group, title="Fête", is_public=True, online_url="https://visio.exemple.test/y")
    make_meeting(make_group(is_discreet=True), title="Discrète", is_public=True)
    answer = Client().get("/calendrier/public.ics")
    assert titles(answer) == ["Fête"]
    assert "visio.exemple.test" not in unfolded(answer)


def test_a_client_that_has_it_already_is_told_so(client, group):
    path = opened(client)
    first = Client().get(path)
    assert Client().get(path, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    meeting = Meeting.objects.get()
    meeting.title = "Nouveau titre"
    meeting.save()
    assert Client().get(path, headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_a_meeting_that_was_called_off_stays_as_such(client, group):
    path = opened(client)
    Meeting.objects.update(state="cancelled")
    [event] = Calendar.from_ical(Client().get(path).content).walk("VEVENT")
    assert event["status"] == "CANCELLED"
    Meeting.objects.update(state="choosing", starts_at=None, ends_at=None)
    assert titles(Client().get(path)) == []


def test_hours_of_a_feed_are_those_of_toronto_all_year(client, group):
    Meeting.objects.all().delete()
    year = timezone.now().year + 1
    hours = [datetime(year, month, 10, 17, tzinfo=UTC) for month in range(1, 13)]
    for hour in hours:
        make_meeting(group, starts_at=hour, ends_at=hour + timedelta(hours=1))
    events = Calendar.from_ical(Client().get(opened(client)).content).walk("VEVENT")
    assert [event["dtstart"].dt for event in events] == hours
    assert {event["dtstart"].dt.hour for event in events} == {12, 13}
