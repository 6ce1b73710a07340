"""Stories along the five cycles, beside the figures that the group's own work gives."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.concertation.community.value import cycles_of, span_of
from maillage.concertation.models import Attendance, Document, GuestCount, InitiativeStep, NamedNeed, ValueStory
from tests.factories import make_group, make_group_member, make_meeting
from tests.factories.concertation_community import (
    make_answer,
    make_area,
    make_initiative,
    make_question,
    make_story,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Any:
    return make_group(kind="community")


def _figures(group: Any) -> dict[str, tuple[int, int | None]]:
    cycles = cycles_of(group, *span_of(timezone.localdate().year))
    return {
        f"{cycle.value} {figure.label}": (figure.value, figure.base) for cycle in cycles for figure in cycle.figures
    }


def test_figures_come_from_the_groups_own_work_in_the_year(group: Any) -> None:
    now, start = timezone.now(), span_of(timezone.localdate().year)[0]
    members = [make_group_member(group) for _n in range(4)]
    inside = {"starts_at": start + timedelta(days=1), "ends_at": start + timedelta(days=1, hours=2)}
    held = make_meeting(group, state="held", **inside)
    training = make_meeting(group, state="held", kind="training", **inside)
    before = {"starts_at": start - timedelta(days=1), "ends_at": start - timedelta(hours=22)}
    last_year = make_meeting(group, state="held", **before)
    for meeting in (held, training, last_year):
        for member in members[:2]:
            Attendance.objects.create(meeting=meeting, person=member.person, name=member.person.name)
    GuestCount.objects.create(meeting=held, capacity="tenant", count=7)
    GuestCount.objects.create(meeting=held, capacity="citizen", count=3)
    asked = make_question(group, members[0])
    make_question(group, members[0])
    for helped in (True, False):
        make_answer(asked, members[1], helped=helped)
    Document.objects.create(group=group, title="Guide", url="https://exemple.test/")
    topic = make_topic(group)
    for one in (topic, make_topic(group)):
        make_area(members[0], one)
    initiative = make_initiative(group, started_on=start.date())
    for stage in ("trying", "under_way"):
        InitiativeStep.objects.create(initiative=initiative, on=now.date(), stage=stage, text="…")
    make_initiative(group, started_on=start.date())
    for number, state in enumerate(("taken_up", "answered")):
        need = NamedNeed.objects.create(group=group, code=f"CODE{number}", statement="Des meubles")
        need.steps.create(state=state)
    # Another group has the same: none of it is counted here.
    elsewhere = make_group()
    make_answer(make_question(elsewhere, make_group_member(elsewhere)), helped=True)
    make_initiative(elsewhere, started_on=start.date())
    assert _figures(group) == {
        "1 rencontres et formations tenues": (2, None),
        "1 participations": (14, None),
        "1 personnes différentes nommées présentes": (2, None),
        "1 questions posées": (2, None),
        "2 questions répondues": (1, 2),
        "2 réponses qui ont aidé": (1, None),
        "2 documents mis en commun": (1, None),
        "2 formations tenues": (1, 2),
        "2 membres qui disent ce qu'ils savent": (1, 4),
        "3 initiatives mises à l'essai": (1, 2),
        "3 besoins pris en charge": (1, None),
        "4 initiatives en marche ou passées à d'autres": (1, 2),
        "4 besoins répondus": (1, None),
        "4 récits avec ce qui le montre": (0, 0),
        "5 récits avec ce qui le montre": (0, 0),
    }


def test_a_new_group_counts_zero(group: Any) -> None:
    assert {value for value, _base in _figures(group).values()} == {0}


def test_the_year_begins_where_the_group_lives() -> None:
    start, end = span_of(2026)
    assert start == datetime.fromisoformat("2026-01-01T00:00:00-05:00")
    assert end == datetime.fromisoformat("2027-01-01T00:00:00-05:00")


def test_a_member_tells_changes_and_takes_back(group: Any, sign_in: Any) -> None:
    member = make_group_member(group)
    meeting = make_meeting(group, title="Rencontre de mars")
    client = sign_in(member.person.user)
    new = reverse("concertation:story_new", args=[group.slug])
    client.post(new, {"title": "L'accueil", "text_3": "J'accueille autrement.", "meeting_3": meeting.pk})
    story = ValueStory.objects.get()
    assert story.told_by == member
    assert story.parts.get().meeting == meeting
    edit = reverse("concertation:story_edit", args=[story.uid])
    assert "J&#x27;accueille autrement." in client.get(edit).content.decode()
    client.post(edit, {"title": "L'accueil", "text_1": "Une bonne journée.", "text_4": "Moins de plaintes.",
                       "evidence_4": "Le registre de l'office"})  # fmt: skip
    assert [part.cycle for part in story.parts.order_by("cycle")] == [1, 4]
    matrix = client.get(reverse("concertation:value", args=[group.slug])).content.decode()
    assert "L&#x27;accueil" in matrix
    assert matrix.count("et montré") == 1
    other = sign_in(make_group_member(group).person.user)
    assert other.post(edit, {"do": "withdraw"}).status_code == 403
    client.post(edit, {"do": "withdraw"})
    assert not ValueStory.objects.exists()


def test_an_empty_story_comes_back_filled(group: Any, sign_in: Any) -> None:
    client = sign_in(make_group_member(group).person.user)
    new = reverse("concertation:story_new", args=[group.slug])
    for sent, said in (
        ({"title": "Mon titre"}, "Racontez au moins un des cinq moments"),
        ({"title": "Mon titre", "evidence_2": "Un guide"}, "Dites aussi ce qui s&#x27;est passé."),
        ({"title": "Mon titre", "text_1": "La dame du logement 204"}, "sans désigner la personne"),
    ):
        answer = client.post(new, sent)
        assert answer.status_code == 422
        page = answer.content.decode().replace("’", "&#x27;")
        assert said in page
        assert "Mon titre" in page
    assert not ValueStory.objects.exists()


@pytest.mark.parametrize("count", [3, 30])
def test_the_pages_keep_their_budget(count: int, group: Any, sign_in: Any, django_assert_max_num_queries: Any) -> None:
    member = make_group_member(group)
    for number in range(count):
        make_meeting(group, days=-number)
        story = make_story(group, member, (1, 2, 3, 4, 5))
    client = sign_in(member.person.user)
    for name, args in (
        ("value", group.slug),
        ("story_new", group.slug),
        ("story", story.uid),
        ("story_edit", story.uid),
    ):
        with django_assert_max_num_queries(12):
            answer = client.get(reverse(f"concertation:{name}", args=[args]))
        assert answer.status_code == 200
        assert len(answer.content) < 60_000
