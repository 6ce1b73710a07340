"""Something is born of a group; its way, its story and who reads it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.concertation.models import Initiative
from tests.factories import make_group, make_group_member, make_organization
from tests.factories.concertation_community import make_initiative, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Any:
    return make_group(kind="community", is_public=True)


def _told(**fields: Any) -> dict[str, Any]:
    return {"title": "Une halte-garderie mobile", "story": "", "started_on": "", "other": "", **fields}


def test_born_of_a_question_then_its_way(group: Any, sign_in: Any) -> None:
    member = make_group_member(group, organization=make_organization(name="Maison de la famille"))
    question = make_question(group, member, title="Comment garder les enfants ?")
    client = sign_in(member.person.user)
    new = reverse("concertation:initiative_new", args=[group.slug])
    offered = client.get(f"{new}?question={question.uid}").content.decode()
    assert "Comment garder les enfants ?" in offered
    client.post(new, _told(question=question.pk, organizations=[member.organization_id]))
    made = Initiative.objects.get()
    assert (made.question, made.stage, made.started_on) == (question, "idea", timezone.localdate())
    address = reverse("concertation:initiative", args=[made.uid])
    step = reverse("concertation:initiative_step", args=[made.uid])
    today = timezone.localdate()
    for _twice in range(2):
        client.post(step, {"on": today, "stage": "trying", "text": "Deux mardis au local."})
    client.post(step, {"on": today - timedelta(days=3), "stage": "exploring", "text": "On a visité Lévis."})
    made.refresh_from_db()
    assert made.stage == "trying"  # the latest day, not the last word
    assert made.steps.count() == 3
    page = client.get(address).content.decode()
    assert "Maison de la famille" in page
    assert page.index("Deux mardis au local.") < page.index("On a visité Lévis.")
    client.post(step, {"remove": made.steps.get(stage="trying").pk})
    made.refresh_from_db()
    assert made.stage == "idea"  # born today; the exploration was three days before


def test_the_first_step_stays_while_it_is_alone(group: Any, sign_in: Any) -> None:
    made = make_initiative(group)
    client = sign_in(make_group_member(group).person.user)
    step = reverse("concertation:initiative_step", args=[made.uid])
    answer = client.post(step, {"remove": made.steps.get().pk}, follow=True)
    assert "garde au moins une étape" in answer.content.decode()
    assert made.steps.count() == 1


def test_a_day_to_come_is_refused(group: Any, sign_in: Any) -> None:
    made = make_initiative(group)
    later = timezone.localdate() + timedelta(days=2)
    answer = sign_in(make_group_member(group).person.user).post(
        reverse("concertation:initiative_step", args=[made.uid]), {"on": later, "stage": "trying", "text": "Bientôt."}
    )
    assert answer.status_code == 422
    assert "pas encore venu" in answer.content.decode()
    assert "Bientôt." in answer.content.decode()
    assert made.steps.count() == 1


def test_two_who_write_at_once_see_each_other(group: Any, sign_in: Any) -> None:
    made = make_initiative(group)
    address = reverse("concertation:initiative_edit", args=[made.uid])
    client = sign_in(make_group_member(group).person.user)
    seen = made.updated_at.isoformat()
    assert client.post(address, _told(story="Ma version", seen=seen, started_on="2026-01-15")).status_code == 302
    answer = client.post(address, _told(story="Ton autre version", seen=seen, started_on="2026-01-15"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Ma version" in page
    assert "Ton autre version" in page
    made.refresh_from_db()
    assert made.story == "Ma version"
    again = client.post(address, _told(story="Les deux", seen=made.updated_at.isoformat(), started_on="2026-01-15"))
    assert again.status_code == 302


def test_an_unknown_organization_is_said_and_nothing_is_lost(group: Any, sign_in: Any) -> None:
    answer = sign_in(make_group_member(group).person.user).post(
        reverse("concertation:initiative_new", args=[group.slug]), _told(other="Personne Inc.", story="Un long récit")
    )
    assert answer.status_code == 422
    assert "Aucune organisation ne porte ce nom." in answer.content.decode()
    assert "Un long récit" in answer.content.decode()
    assert not Initiative.objects.exists()


def test_what_another_group_has_cannot_be_taken(group: Any, sign_in: Any) -> None:
    elsewhere = make_question(make_group())
    client = sign_in(make_group_member(group).person.user)
    new = reverse("concertation:initiative_new", args=[group.slug])
    assert elsewhere.title not in client.get(f"{new}?question={elsewhere.uid}").content.decode()
    assert client.post(new, _told(question=elsewhere.pk)).status_code == 422


def test_everybody_reads_it_when_the_group_shows_it(group: Any, sign_in: Any, client: Any) -> None:
    made = make_initiative(group, story="Le récit entier", started_on=date(2026, 1, 15))
    address = reverse("concertation:initiative_public", args=[made.uid])
    assert client.get(address).status_code == 404
    keeper = sign_in(make_group_member(group, "coordinator").person.user)
    keeper.post(reverse("concertation:initiative_show", args=[made.uid]), {"do": "show"})
    page = client.get(address)
    assert page.status_code == 200
    assert "Le récit entier" in page.content.decode()
    type(group).objects.filter(pk=group.pk).update(is_public=False)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_the_pages_keep_their_budget(count: int, group: Any, sign_in: Any, django_assert_max_num_queries: Any) -> None:
    for _n in range(count):
        made = make_initiative(group)
        made.organizations.add(make_group_member(group, organization=make_organization()).organization)
    client = sign_in(make_group_member(group).person.user)
    for address in (
        reverse("concertation:initiatives", args=[group.slug]),
        reverse("concertation:initiative", args=[made.uid]),
        reverse("concertation:initiative_edit", args=[made.uid]),
    ):
        with django_assert_max_num_queries(12):
            answer = client.get(address)
        assert len(answer.content) < 60_000
