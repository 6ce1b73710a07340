"""What groups put into « Aujourd'hui »."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from maillage.concertation.models import FollowUp, JoinRequest, NamedNeed
from tests.factories import make_group, make_group_member, make_meeting, make_user

pytestmark = pytest.mark.django_db


def _home(sign_in: Any, user: Any) -> str:
    return unescape(sign_in(user).get("/").content.decode()).replace("\xa0", " ")


def test_the_next_meetings_of_ones_groups_are_named(sign_in: Any) -> None:
    group, user = make_group(name="Table du lac"), make_user()
    make_group_member(group, "member", user)
    make_meeting(group, title="Assemblée des voisines")
    make_meeting(make_group(), title="Ailleurs et sans moi")
    make_meeting(group, days=-9, title="Déjà passée")
    text = _home(sign_in, user)
    assert "Assemblée des voisines" in text
    assert "Table du lac" in text
    assert "Ailleurs et sans moi" not in text
    assert "Déjà passée" not in text


def test_what_one_promised_is_told_when_its_day_comes(sign_in: Any) -> None:
    group, user = make_group(), make_user()
    seat = make_group_member(group, "member", user)
    for days in (2, 40):
        FollowUp.objects.create(
            group=group, what="Appeler", due_on=timezone.localdate() + timedelta(days=days)
        ).members.add(seat)
    assert "1 chose promise à un groupe arrive à échéance." in _home(sign_in, user)


def test_requests_and_needs_wait_for_those_who_animate_only(sign_in: Any) -> None:
    group = make_group(name="Table du lac")
    JoinRequest.objects.create(group=group, name="Quelqu'un", email="q@exemple.test")
    for number in range(2):
        NamedNeed.objects.create(group=group, code=f"C{number}", statement="Un banc", state="proposed")
    animator, member = make_user(), make_user()
    make_group_member(group, "secretary", animator)
    make_group_member(group, "member", member)
    text = _home(sign_in, animator)
    assert "Table du lac : 1 demande d'adhésion." in text
    assert "2 besoins nommés sans compte sont à lire." in text
    assert "à lire" not in _home(sign_in, member)


@pytest.mark.parametrize("count", [1, 12])
def test_budget(sign_in: Any, django_assert_max_num_queries: Any, count: int) -> None:
    user = make_user()
    for _ in range(count):
        group = make_group()
        make_group_member(group, "coordinator", user)
        make_meeting(group)
        JoinRequest.objects.create(group=group, name="Quelqu'un", email="q@exemple.test")
    client = sign_in(user)
    client.get("/")
    with django_assert_max_num_queries(12):
        client.get("/")
