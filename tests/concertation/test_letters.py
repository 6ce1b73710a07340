"""A letter is composed from what is new, finished, previewed, sent once; anybody reads its public lines."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.concertation.models import Newsletter
from maillage.core.models import OutgoingMail
from tests.factories import make_group, make_group_member, make_meeting
from tests.factories.concertation_community import make_initiative, make_letter, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Any:
    return make_group(kind="community", is_public=True)


@pytest.fixture
def keeper(group: Any, sign_in: Any) -> Any:
    return sign_in(make_group_member(group, "facilitator").person.user)


def _composed(group: Any, keeper: Any) -> Newsletter:
    make_question(group, title="Comment accueillir ?")
    make_initiative(group, title="Un essai public", started_on=timezone.localdate(), is_public=True)
    make_meeting(group, title="Rencontre de mars")
    today = timezone.localdate()
    keeper.post(
        reverse("concertation:letter_new", args=[group.slug]),
        {"title": "Nouvelles", "start": today - timedelta(days=30), "end": today},
    )
    return Newsletter.objects.get()


def _finished(keeper: Any, letter: Newsletter, **fields: Any) -> Any:
    sent = {"title": letter.title, "introduction": "", "seen": letter.updated_at.isoformat(), **fields}
    return keeper.post(reverse("concertation:letter_edit", args=[letter.uid]), sent)


def test_composed_finished_sent_once_and_read_by_everybody(group: Any, keeper: Any, sign_in: Any, client: Any) -> None:
    reader = make_group_member(group)
    letter = _composed(group, keeper)
    assert [section["kind"] for section in letter.content] == ["meetings", "questions", "initiatives"]
    address = reverse("concertation:letter", args=[letter.uid])
    assert sign_in(reader.person.user).get(address).status_code == 404  # a draft is for who animates
    lines = {"keep-1-0": "on", "words-1-0": "Une question attend : comment accueillir ?", "keep-2-0": "on"}
    assert _finished(keeper, letter, introduction="Bonjour à vous.", **lines).status_code == 302
    preview = keeper.get(address).content.decode()
    assert "Une question attend" in preview
    assert "Rencontre de mars" not in preview  # left out
    send = reverse("concertation:letter_send", args=[letter.uid])
    assert keeper.post(send).status_code == 302
    assert keeper.post(send).status_code == 409
    mails = OutgoingMail.objects.filter(event=f"letter.{letter.uid}")
    assert mails.count() == 2
    assert {mail.topic for mail in mails} == {f"group.{group.pk}.letter"}
    assert "Bonjour à vous." in mails.get(to=reader.person.email).text
    assert sign_in(reader.person.user).get(address).status_code == 200
    public = reverse("concertation:letter_public", args=[letter.uid])
    assert client.get(public).status_code == 404
    keeper.post(reverse("concertation:letter_show", args=[letter.uid]), {"do": "show"})
    page = client.get(public).content.decode()
    assert "Un essai public" in page
    assert "comment accueillir" not in page  # questions are read by members only


def test_a_sent_letter_changes_no_more(group: Any, keeper: Any) -> None:
    letter = make_letter(group, sent_at=timezone.now())
    answer = _finished(keeper, letter, introduction="Autre chose")
    assert answer.status_code == 302
    letter.refresh_from_db()
    assert letter.introduction == "Bonjour à vous."


def test_an_empty_letter_does_not_leave(group: Any, keeper: Any) -> None:
    letter = make_letter(group, introduction="")
    answer = keeper.post(reverse("concertation:letter_send", args=[letter.uid]))
    assert answer.status_code == 409
    assert "Cette infolettre est vide" in answer.content.decode()
    letter.refresh_from_db()
    assert letter.sent_at is None
    assert not OutgoingMail.objects.exists()


def test_two_who_finish_at_once_see_each_other(group: Any, keeper: Any) -> None:
    letter = make_letter(group)
    assert _finished(keeper, letter, introduction="La mienne").status_code == 302
    answer = _finished(keeper, letter, introduction="La tienne")
    assert answer.status_code == 409
    assert "La mienne" in answer.content.decode()
    assert "La tienne" in answer.content.decode()


def test_days_that_make_no_sense_are_said(group: Any, keeper: Any) -> None:
    new = reverse("concertation:letter_new", args=[group.slug])
    for start, end, said in (
        ("2026-03-31", "2026-01-01", "La fin précède le début."),
        ("2020-01-01", "2026-01-01", "Une infolettre couvre un an au plus."),
    ):
        answer = keeper.post(new, {"title": "Nouvelles", "start": start, "end": end})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert not Newsletter.objects.exists()


def test_a_draft_is_thrown_away(group: Any, keeper: Any) -> None:
    letter = make_letter(group)
    keeper.post(reverse("concertation:letter_edit", args=[letter.uid]), {"do": "discard"})
    assert not Newsletter.objects.exists()


def test_the_next_letter_begins_where_the_last_one_ended(group: Any, keeper: Any) -> None:
    make_letter(group, sent_at=timezone.now())
    page = keeper.get(reverse("concertation:letter_new", args=[group.slug])).content.decode()
    assert 'value="2026-04-01"' in page


@pytest.mark.parametrize("count", [3, 30])
def test_the_pages_keep_their_budget(count: int, group: Any, keeper: Any, django_assert_max_num_queries: Any) -> None:
    line = {
        "kind": "needs",
        "title": "x" * 80,
        "day": "2026-01-01",
        "path": "/",
        "note": "",
        "public": True,
        "kept": True,
    }
    for _n in range(count):
        letter = make_letter(group, content=[{"kind": "needs", "lines": [line] * count}])
    for name, args in (("letters", group.slug), ("letter", letter.uid), ("letter_edit", letter.uid)):
        with django_assert_max_num_queries(12):
            answer = keeper.get(reverse(f"concertation:{name}", args=[args]))
        assert answer.status_code == 200
        assert len(answer.content) < 60_000
