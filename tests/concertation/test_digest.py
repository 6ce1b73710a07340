"""Every week, one message a person across their groups, when something is new; tuned or stopped without account."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maillage.concertation.community.digest import token_of, told_since
from maillage.concertation.models import DigestChoice, Question
from maillage.concertation.services import send_digests
from maillage.core.models import MailChoice, OutgoingMail
from tests.factories import make_group, make_group_member, make_meeting, make_user
from tests.factories.concertation_community import make_answer, make_initiative, make_question

pytestmark = pytest.mark.django_db
TORONTO = ZoneInfo("America/Toronto")


def _digests() -> Any:
    return OutgoingMail.objects.filter(event__startswith="digest.").order_by("id")


def test_one_message_for_all_the_groups_of_somebody_and_none_when_nothing_is_new() -> None:
    first, second, quiet = make_group(name="Table des toits"), make_group(name="Communauté des liens"), make_group()
    me, somebody = make_user(), make_group_member(quiet)
    for group in (first, second):
        make_group_member(group, user=me)
    make_question(first, title="Comment accueillir ?")
    make_answer(make_question(second, title="Où sont les meubles ?"))
    make_meeting(second, days=5, title="Rencontre de mars")
    assert send_digests() == 1
    mail = _digests().get()
    assert mail.to == me.email
    assert mail.topic == "digest"
    for words in ("TABLE DES TOITS", "Comment accueillir ?", "COMMUNAUTÉ DES LIENS", "Où sont les meubles ?"):
        assert words in mail.text
    assert "Rencontre de mars" in mail.text
    assert f"/bulletin/{token_of(me.directory_person)}/" in mail.text
    assert me.email not in mail.event
    assert somebody.person.email not in mail.text
    assert send_digests() == 0  # run again the same day


def test_the_next_week_tells_only_what_came_since() -> None:
    group = make_group()
    make_group_member(group)
    make_question(group, title="La première")
    monday = datetime(2026, 3, 2, 7, tzinfo=TORONTO)
    Question.objects.update(asked_at=monday - timedelta(days=1))
    assert send_digests(now=monday) == 1
    late = make_question(group, title="La deuxième")
    Question.objects.filter(pk=late.pk).update(asked_at=monday + timedelta(days=2))
    assert send_digests(now=monday + timedelta(days=6)) == 0  # Sunday: not its turn
    assert send_digests(now=monday + timedelta(days=8)) == 1  # the Monday was missed, Tuesday catches up
    text = _digests().last().text
    assert "La deuxième" in text
    assert "La première" not in text
    assert send_digests(now=monday + timedelta(days=14)) == 0


def test_who_is_gone_or_switched_off_is_not_written_to() -> None:
    group = make_group()
    gone, off, ended = make_group_member(group), make_group_member(group), make_group_member(make_group(state="ended"))
    type(gone).objects.filter(pk=gone.pk).update(start="2020-01-01", end="2020-12-31")
    type(off.person.user).objects.filter(pk=off.person.user_id).update(is_active=False)
    for one in (group, ended.group):
        make_question(one)
    assert send_digests() == 0


def test_tuned_without_account(client: Any) -> None:
    group = make_group()
    member = make_group_member(group)
    make_question(group, title="Une question")
    make_initiative(group, title="Un essai", started_on=timezone.localdate())
    address = reverse("concertation:digest_choice", args=[token_of(member.person)])
    answer = client.post(address, {"frequency": "weekly", "wanted": ["initiatives", "meetings"]}, follow=True)
    assert "C'est noté." in answer.content.decode().replace("’", "'").replace("&#x27;", "'")
    assert send_digests() == 1
    text = _digests().get().text
    assert "Un essai" in text
    assert "Une question" not in text


def test_stopped_then_wanted_again(client: Any) -> None:
    group = make_group()
    member = make_group_member(group)
    make_question(group)
    address = reverse("concertation:digest_choice", args=[token_of(member.person)])
    client.post(address, {"frequency": "never"})
    assert send_digests() == 0
    MailChoice.objects.create(email=member.person.email, topic="digest")
    page = client.get(address).content.decode()
    assert 'value="never"' in page
    client.post(address, {"frequency": "weekly", "wanted": ["questions"]})
    assert not MailChoice.objects.exists()
    assert send_digests() == 1


def test_wanting_nothing_is_said_and_nothing_is_written(client: Any) -> None:
    member = make_group_member(make_group())
    address = reverse("concertation:digest_choice", args=[token_of(member.person)])
    answer = client.post(address, {"frequency": "monthly"})
    assert answer.status_code == 422
    assert "Cochez au moins une sorte de nouvelles" in answer.content.decode()
    assert not DigestChoice.objects.exists()


def test_reading_the_choice_writes_nothing_and_a_guess_opens_nothing(client: Any) -> None:
    member = make_group_member(make_group())
    token = token_of(member.person)
    answer = client.get(reverse("concertation:digest_choice", args=[token]))
    assert answer.status_code == 200
    assert member.person.name not in answer.content.decode()
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not DigestChoice.objects.exists()
    assert client.get(reverse("concertation:digest_choice", args=[f"{token}x"])).status_code == 404


@pytest.mark.parametrize(
    ("frequency", "sent", "now", "due"),
    [
        ("weekly", datetime(2026, 3, 2, 7), datetime(2026, 3, 8, 23), False),
        ("weekly", datetime(2026, 3, 2, 7), datetime(2026, 3, 9, 0, 30), True),  # the clock moved on the 8th
        ("weekly", datetime(2026, 10, 26, 7), datetime(2026, 11, 2, 0, 30), True),
        ("monthly", datetime(2026, 3, 2, 7), datetime(2026, 3, 30, 7), False),
        ("monthly", datetime(2026, 3, 2, 7), datetime(2026, 4, 5, 7), False),
        ("monthly", datetime(2026, 3, 2, 7), datetime(2026, 4, 6, 7), True),
        ("never", None, datetime(2026, 4, 6, 7), False),
    ],
)
def test_when_it_is_due(frequency: str, sent: datetime | None, now: datetime, due: bool) -> None:
    choice = DigestChoice(frequency=frequency, sent_at=sent and sent.replace(tzinfo=TORONTO))
    assert (told_since(choice, now.replace(tzinfo=TORONTO)) is not None) == due


def test_the_daily_command_sends_it(capsys: Any) -> None:
    group = make_group()
    make_group_member(group)
    make_question(group)
    call_command("remind")
    assert "Bulletins préparés : 1" in capsys.readouterr().out
    assert _digests().count() == 1


def test_the_news_of_a_group_are_read_once_for_all_its_members() -> None:
    group = make_group()
    for _n in range(30):
        make_group_member(group)
    make_question(group)
    with CaptureQueriesContext(connection) as queries:
        assert send_digests() == 30
    assert sum("concertation_document" in query["sql"] for query in queries) == 1
