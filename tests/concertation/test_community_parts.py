"""What a group learns stands on the page of a meeting, on the group's first page and on its public sheet."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_group, make_group_member, make_meeting
from tests.factories.concertation_community import make_answer, make_initiative, make_letter, make_question

pytestmark = pytest.mark.django_db


def test_a_meeting_shows_its_questions_and_lets_one_ask(sign_in: Any) -> None:
    group = make_group()
    member, meeting = make_group_member(group), make_meeting(group)
    make_question(group, title="Sur cette rencontre", meeting=meeting)
    make_question(group, title="Sur autre chose")
    page = sign_in(member.person.user).get(reverse("concertation:meeting", args=[meeting.uid])).content.decode()
    assert "Sur cette rencontre" in page
    assert "Sur autre chose" not in page
    ask = f"{reverse('concertation:question_new', args=[group.slug])}?rencontre={meeting.uid}"
    assert ask in page
    form = sign_in(member.person.user).get(ask).content.decode()
    assert f'<option value="{meeting.pk}" selected>' in form


def test_the_first_page_of_a_group_shows_questions_that_wait(sign_in: Any) -> None:
    group = make_group()
    make_question(group, title="Qui attend")
    make_answer(make_question(group, title="Qui est répondue"))
    page = sign_in(make_group_member(group).person.user).get(reverse("concertation:group", args=[group.slug]))
    assert "Qui attend" in page.content.decode()
    assert "Qui est répondue" not in page.content.decode()


def test_the_public_sheet_shows_what_is_public_only(client: Any) -> None:
    group = make_group(is_public=True)
    make_initiative(group, title="Essai public", is_public=True)
    make_initiative(group, title="Essai gardé")
    make_letter(group, title="Lettre publique", is_public=True, sent_at=timezone.now())
    make_letter(group, title="Lettre en brouillon", is_public=True)
    page = client.get(reverse("concertation:group_sheet", args=[group.slug])).content.decode()
    assert "Essai public" in page
    assert "Lettre publique" in page
    assert "Essai gardé" not in page
    assert "Lettre en brouillon" not in page
