"""A member says what they know, with their consent; the group alone reads it; it is taken back at will."""

from typing import Any

import pytest
from django.urls import reverse

from maillage.concertation.models import PracticeArea
from tests.factories import make_group, make_group_member
from tests.factories.concertation_community import make_area, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Any:
    return make_group(kind="community")


def test_declared_read_by_members_and_taken_back(group: Any, sign_in: Any) -> None:
    me, other = make_group_member(group), make_group_member(group)
    rent, food = make_topic(group, name="Dettes de loyer"), make_topic(group, name="Aide alimentaire")
    client = sign_in(me.person.user)
    mine, all_of_us = (reverse(f"concertation:{name}", args=[group.slug]) for name in ("knows_mine", "knows"))
    said = {f"knows_{rent.pk}": "on", f"words_{rent.pk}": "dix ans de médiation", "may_be_asked": "on"}
    assert client.post(mine, said).status_code == 302
    page = sign_in(other.person.user).get(all_of_us).content.decode()
    assert me.person.name in page
    assert "dix ans de médiation" in page
    assert PracticeArea.objects.get().may_be_asked
    client.post(mine, {f"knows_{food.pk}": "on", f"words_{food.pk}": "une cuisine collective"})
    area = PracticeArea.objects.get()
    assert (area.topic, area.may_be_asked) == (food, False)
    client.post(mine, {})
    assert me.person.name not in sign_in(other.person.user).get(all_of_us).content.decode()


def test_who_left_is_no_longer_listed(group: Any, sign_in: Any) -> None:
    gone, me = make_group_member(group), make_group_member(group)
    make_area(gone, make_topic(group))
    address = reverse("concertation:knows", args=[group.slug])
    assert gone.person.name in sign_in(me.person.user).get(address).content.decode()
    type(gone).objects.filter(pk=gone.pk).update(start="2020-01-01", end="2020-12-31")
    assert gone.person.name not in sign_in(me.person.user).get(address).content.decode()


def test_what_was_known_of_a_retired_theme_stays_for_later(group: Any, sign_in: Any) -> None:
    me = make_group_member(group)
    retired = make_topic(group, is_retired=True)
    make_area(me, retired)
    sign_in(me.person.user).post(reverse("concertation:knows_mine", args=[group.slug]), {})
    assert PracticeArea.objects.get().topic == retired


def test_words_about_a_person_met_are_refused_and_kept_in_the_form(group: Any, sign_in: Any) -> None:
    me, topic = make_group_member(group), make_topic(group)
    answer = sign_in(me.person.user).post(
        reverse("concertation:knows_mine", args=[group.slug]),
        {f"knows_{topic.pk}": "on", f"words_{topic.pk}": "aide au logement 204"},
    )
    assert answer.status_code == 422
    assert "aide au logement 204" in answer.content.decode()
    assert not PracticeArea.objects.exists()


@pytest.mark.parametrize("count", [3, 30])
def test_the_page_keeps_its_budget(count: int, group: Any, sign_in: Any, django_assert_max_num_queries: Any) -> None:
    for _n in range(count):
        make_area(make_group_member(group), make_topic(group))
    client = sign_in(make_group_member(group).person.user)
    for name in ("knows", "knows_mine"):
        with django_assert_max_num_queries(12):
            answer = client.get(reverse(f"concertation:{name}", args=[group.slug]))
        assert len(answer.content) < 60_000
