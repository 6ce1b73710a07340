"""Polls of dates: proposed, answered on the page and by a link, changed without losing answers, closed by a choice."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from maillage.concertation.enums import MeetingState
from maillage.concertation.models import Meeting, PollAnswer, PollOption
from maillage.concertation.poll_links import token_for
from tests.factories import make_group_member, make_meeting

pytestmark = pytest.mark.django_db


def choosing(group: Any, days: tuple[int, ...] = (5, 8)) -> tuple[Meeting, list[PollOption]]:
    """A meeting whose date is to choose, and its dates."""
    meeting = make_meeting(group, state=MeetingState.CHOOSING, starts_at=None, ends_at=None, title="À dater")
    now = timezone.now().replace(microsecond=0)
    for day in days:
        starts = now + timedelta(days=day)
        PollOption.objects.create(meeting=meeting, starts_at=starts, ends_at=starts + timedelta(hours=2))
    return meeting, list(meeting.poll_options.order_by("starts_at"))


def address(meeting: Meeting, end: str = "") -> str:
    return f"/groupes/rencontres/{meeting.uid}/sondage/{end}"


def replies(meeting: Meeting, member: Any) -> list[str]:
    said = PollAnswer.objects.filter(option__meeting=meeting, member=member)
    return list(said.order_by("option__starts_at").values_list("reply", flat=True))


def test_dates_are_proposed_and_members_answer(secretary: Any, member_client: Any) -> None:
    client, group = secretary
    meeting, _none = choosing(group, ())
    sent = {"day": "2027-02-09", "begins": "18:00", "ends": "20:00"}
    for _time in range(2):
        assert client.post(address(meeting, "proposer/"), sent).status_code == 302
    option = meeting.poll_options.get()
    member, theirs = member_client(group)
    theirs.post(address(meeting), {f"date-{option.uid}": "if_needed"})
    theirs.post(address(meeting), {f"date-{option.uid}": "yes", "date-x": "no"})
    assert replies(meeting, member) == ["yes"]
    html = theirs.get(address(meeting)).content.decode()
    assert "Oui : 1 · au besoin : 0 · non : 0" in html.replace("\xa0", " ")
    assert re.search(r'value="yes"\s+checked', html)
    assert "1 membres sur 2" in html.replace("\u202f", "")
    assert "Qui a répondu quoi" not in html
    assert member.person.name in client.get(address(meeting)).content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"day": "2020-02-09", "begins": "18:00", "ends": "20:00"}, "Cette date est passée"),
        ({"day": "2027-02-09", "begins": "18:00", "ends": "17:00"}, "La fin précède le début"),
        ({"day": "", "begins": "18:00", "ends": "20:00"}, "obligatoire"),
    ],
)
def test_bad_dates_are_said(secretary: Any, sent: dict[str, str], sentence: str) -> None:
    client, group = secretary
    meeting, _none = choosing(group, ())
    answer = client.post(address(meeting, "proposer/"), sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not meeting.poll_options.exists()


def test_changing_the_dates_keeps_the_answers(secretary: Any, member_client: Any) -> None:
    client, group = secretary
    meeting, (first, second) = choosing(group)
    member, theirs = member_client(group)
    theirs.post(address(meeting), {f"date-{first.uid}": "no", f"date-{second.uid}": "yes"})
    client.post(address(meeting, "choisir/"), {"do": "remove", "option": str(first.uid)})
    client.post(address(meeting, "proposer/"), {"day": "2027-02-09", "begins": "18:00", "ends": "20:00"})
    assert replies(meeting, member) == ["yes"]


def test_the_choice_dates_the_meeting_and_closes_the_poll(secretary: Any, member_client: Any) -> None:
    client, group = secretary
    meeting, (first, second) = choosing(group)
    member, theirs = member_client(group)
    answer = client.post(address(meeting, "choisir/"), {"do": "choose", "option": str(second.uid)})
    assert answer.url.endswith("/inviter/")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at) == (MeetingState.PLANNED, second.starts_at)
    late = theirs.post(address(meeting), {f"date-{first.uid}": "yes"}, follow=True).content.decode()
    assert "le sondage est fermé" in late
    assert replies(meeting, member) == []
    assert (
        "La date est choisie"
        in Client().get(f"/groupes/rencontres/sondage/{token_for(meeting, member)}/").content.decode()
    )


def test_no_date_left_is_said(secretary: Any, member_client: Any) -> None:
    client, group = secretary
    meeting, options = choosing(group)
    _member, theirs = member_client(group)
    theirs.post(address(meeting), {f"date-{option.uid}": "no" for option in options})
    assert "Plus aucune date ne convient" in client.get(address(meeting)).content.decode()
    past = timezone.now() - timedelta(days=2)
    for shift, option in enumerate(options):
        starts = past + timedelta(hours=shift)
        PollOption.objects.filter(pk=option.pk).update(starts_at=starts, ends_at=starts + timedelta(hours=1))
    assert "Toutes les dates proposées sont passées" in client.get(address(meeting)).content.decode()
    said = client.post(address(meeting, "choisir/"), {"do": "choose", "option": str(options[0].uid)}, follow=True)
    assert "Cette date est passée" in said.content.decode()
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CHOOSING


def test_each_member_answers_by_their_own_link(secretary: Any, django_capture_on_commit_callbacks: Any) -> None:
    client, group = secretary
    meeting, (first, second) = choosing(group)
    member = make_group_member(group)
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(address(meeting, "choisir/"), {"do": "send"})
    assert len(mail.outbox) == 2  # the secretary and the member, once a day
    letter = next(one for one in mail.outbox if one.to == [member.person.email.lower()])
    link = re.search(r"https?://[^/]+(/groupes/rencontres/sondage/\S+)", letter.body)
    assert link is not None
    anyone = Client(enforce_csrf_checks=True)
    page = anyone.get(link.group(1))
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer"
    answer = anyone.post(link.group(1), {f"date-{first.uid}": "yes", f"date-{second.uid}": "no"})
    assert answer.status_code == 302
    assert replies(meeting, member) == ["yes", "no"]
    assert "Votre réponse est notée" in anyone.get(answer.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(meeting, "choisir/"), {"do": "send"})
    assert len(mail.outbox) == 2


def test_a_link_opens_nothing_for_who_left_nor_when_forged(secretary: Any) -> None:
    _client, group = secretary
    meeting, (first, _second) = choosing(group)
    member = make_group_member(group)
    token = token_for(meeting, member)
    forged = Client().get(f"/groupes/rencontres/sondage/{token[:-2]}xx/")
    member.end = timezone.localdate() - timedelta(days=1)
    member.save()
    gone = Client().post(f"/groupes/rencontres/sondage/{token}/", {f"date-{first.uid}": "yes"})
    assert (forged.status_code, gone.status_code) == (404, 404)
    assert replies(meeting, member) == []


@pytest.mark.parametrize("count", [3, 30])
def test_the_poll_costs_the_same_with_more(secretary: Any, count: int, django_assert_max_num_queries: Any) -> None:
    client, group = secretary
    meeting, (first, _second) = choosing(group)
    for _number in range(count):
        PollAnswer.objects.create(option=first, member=make_group_member(group), reply="yes")
    with django_assert_max_num_queries(12):
        assert client.get(address(meeting)).status_code == 200
