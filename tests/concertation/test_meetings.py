"""Meetings by HTTP: prepared, changed, held, called off; the list and its filters."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from maillage.concertation.enums import MeetingState
from maillage.concertation.models import Meeting
from maillage.core.models import AuditEvent
from tests.factories import make_group, make_group_member, make_meeting

pytestmark = pytest.mark.django_db
TORONTO = ZoneInfo("America/Toronto")
SENT = {"title": "Rencontre d'hiver", "kind": "meeting", "day": "2027-01-12", "begins": "13:30", "ends": "15:30"}


@pytest.fixture
def secretary(sign_in: Any) -> Any:
    """A group's secretary: the client and the group."""
    group = make_group()
    member = make_group_member(group, "secretary")
    return sign_in(member.person.user), group


def new(group: Any) -> str:
    return f"/groupes/{group.slug}/rencontres/nouvelle/"


def page(meeting: Meeting, end: str = "") -> str:
    return f"/groupes/rencontres/{meeting.uid}/{end}"


def test_a_meeting_is_prepared_and_reads_in_local_time(secretary: Any) -> None:
    client, group = secretary
    sent = {**SENT, "place": "Salle Aurore", "offers": ["transport", "child_care"], "remind_days": "3"}
    answer = client.post(new(group), sent)
    meeting = Meeting.objects.get()
    assert answer.status_code == 302
    assert answer.url == page(meeting)
    assert meeting.starts_at == datetime(2027, 1, 12, 13, 30, tzinfo=TORONTO)
    assert (meeting.state, meeting.remind_days) == (MeetingState.PLANNED, 3)
    html = client.get(page(meeting)).content.decode()
    assert "mardi 12\xa0janvier 2027, de 13\xa0h\xa030 à 15\xa0h\xa030" in html
    assert "Transport remboursé, Halte-garderie" in html
    assert AuditEvent.objects.filter(verb="concertation.meeting_added").count() == 1


def test_a_meeting_waits_for_its_date(secretary: Any) -> None:
    client, group = secretary
    client.post(new(group), {"title": "À dater", "kind": "meeting", "undated": "on"})
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.starts_at) == (MeetingState.CHOOSING, None)
    assert "Date à choisir" in client.get(f"/groupes/{group.slug}/rencontres/").content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"day": ""}, "nécessaire quand la date est choisie"),
        ({"ends": "13:00"}, "La fin précède le début"),
        ({"last_day": "2027-01-11"}, "La fin précède le début"),
        ({"day": "2027-03-14", "begins": "02:30"}, "on avance l’heure"),
        ({"title": ""}, "obligatoire"),
        ({"online_url": "javascript:alert(1)"}, "URL valide"),
        ({"capacity": "0"}, "supérieure ou égale à 1"),
        ({"kind": "bal"}, "choix valide"),
    ],
)
def test_bad_input_is_said_and_nothing_is_lost(secretary: Any, sent: dict[str, str], sentence: str) -> None:
    client, group = secretary
    answer = client.post(new(group), {**SENT, "purpose": "Mots gardés", **sent})
    html = answer.content.decode().replace("&#x27;", "’").replace("'", "’")
    assert answer.status_code == 422
    assert sentence in html
    assert "Mots gardés" in html
    assert not Meeting.objects.exists()


def test_an_hour_that_comes_twice_is_the_first(secretary: Any) -> None:
    client, group = secretary
    client.post(new(group), {**SENT, "day": "2027-11-07", "begins": "01:30", "ends": "03:30"})
    assert Meeting.objects.get().starts_at.isoformat() == "2027-11-07T05:30:00+00:00"


def test_what_somebody_else_wrote_meanwhile_is_shown(secretary: Any) -> None:
    client, group = secretary
    client.post(new(group), SENT)
    meeting = Meeting.objects.get()
    first = client.get(page(meeting, "modifier/")).context["version"]
    client.post(page(meeting, "modifier/"), {**SENT, "place": "Salle Nord", "seen": first})
    answer = client.post(page(meeting, "modifier/"), {**SENT, "place": "Salle Sud", "seen": first})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Salle Nord" in html
    assert 'value="Salle Sud"' in html
    meeting.refresh_from_db()
    assert meeting.place == "Salle Nord"
    second = answer.context["version"]
    assert client.post(page(meeting, "modifier/"), {**SENT, "place": "Salle Sud", "seen": second}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.place, meeting.sequence) == ("Salle Sud", 2)


def test_only_what_calendars_show_makes_a_new_version(secretary: Any) -> None:
    client, group = secretary
    client.post(new(group), SENT)
    meeting = Meeting.objects.get()
    client.post(page(meeting, "modifier/"), {**SENT, "capacity": "12"})
    meeting.refresh_from_db()
    assert (meeting.capacity, meeting.sequence) == (12, 0)


def test_a_meeting_is_held_once_it_began(secretary: Any) -> None:
    client, group = secretary
    ahead, behind = make_meeting(group, 3), make_meeting(group, -3)
    said = client.post(page(ahead, "tenue/"), follow=True).content.decode()
    assert "pas encore commencé" in said
    client.post(page(behind, "tenue/"))
    behind.refresh_from_db()
    assert behind.state == MeetingState.HELD
    client.post(page(behind, "tenue/"), {"do": "non"})
    behind.refresh_from_db()
    assert behind.state == MeetingState.PLANNED


def test_a_cancelled_meeting_comes_back(secretary: Any) -> None:
    client, group = secretary
    meeting = make_meeting(group)
    client.post(page(meeting, "annuler/"), {"reason": "Tempête"})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancel_reason, meeting.sequence) == (MeetingState.CANCELLED, "Tempête", 1)
    assert "Tempête" in client.get(page(meeting)).content.decode()
    assert client.post(page(meeting, "modifier/"), SENT).status_code == 422
    client.post(page(meeting, "remettre/"))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancel_reason, meeting.sequence) == (MeetingState.PLANNED, "", 2)


def test_the_list_knows_what_comes_and_what_is_past(secretary: Any) -> None:
    client, group = secretary
    make_meeting(group, 9, title="Bientôt", kind="training")
    make_meeting(group, -9, title="Naguère", state=MeetingState.HELD)
    make_meeting(make_group(), 3, title="Ailleurs")
    running = make_meeting(group, 0, title="En cours")
    Meeting.objects.filter(pk=running.pk).update(starts_at=timezone.now() - timedelta(hours=1))
    address = f"/groupes/{group.slug}/rencontres/"
    ahead, past = (client.get(address + query).content.decode() for query in ("", "?quand=passees"))
    assert ahead.index("En cours") < ahead.index("Bientôt")
    assert "Naguère" not in ahead
    assert "Naguère" in past
    assert "Bientôt" not in past
    assert "Ailleurs" not in ahead + past
    chosen = client.get(f"{address}?type=training").content.decode()
    assert "Bientôt" in chosen
    assert "En cours" not in chosen
    assert client.get(f"{address}?type=zz&quand=x&page=zz").status_code == 200


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_costs_the_same_with_more(secretary: Any, count: int, django_assert_max_num_queries: Any) -> None:
    client, group = secretary
    for day in range(count):
        make_meeting(group, day + 1, purpose="x" * 4000)
    with django_assert_max_num_queries(12):
        answer = client.get(f"/groupes/{group.slug}/rencontres/")
    assert len(answer.content) < 60_000
