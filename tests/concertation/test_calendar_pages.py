"""Calendars of a person and of a territory: list, month and map."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from maillage.concertation.calendars.month import days_of
from maillage.concertation.models import Meeting, Member
from maillage.territories.models import Division
from tests.factories import make_group, make_group_member, make_meeting, make_user

pytestmark = pytest.mark.django_db


def at(*moment):
    """A moment of universal time."""
    return datetime(*moment, tzinfo=UTC)


def text_of(answer, status=200):
    """The words of a page."""
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def person():
    return make_user()


@pytest.fixture
def client(sign_in, person):
    return sign_in(person)


@pytest.fixture
def mine(person):
    """A meeting of a group of the person's."""
    group = make_group(name="Table du Nord")
    make_group_member(group, user=person)
    return make_meeting(group, title="Rencontre à nous")


@pytest.fixture
def public():
    """A meeting of another group, announced to everybody, with registration."""
    return make_meeting(make_group(), title="Grande fête", is_public=True, takes_registrations=True)


@pytest.fixture
def hidden():
    """What nobody of these reads: a meeting of another group, and one of a discreet group though it is public."""
    make_meeting(make_group(is_discreet=True), title="Discrète", is_public=True)
    return make_meeting(make_group(), title="Fermée")


def test_a_person_sees_their_groups_and_what_is_announced(client, mine, public, hidden):
    page = text_of(client.get("/calendrier/"))
    assert "Rencontre à nous" in page
    assert f"/groupes/rencontres/{mine.uid}/" in page
    assert "Grande fête" in page
    assert f"/groupes/rencontres/{public.uid}/inscription/" in page
    assert "Fermée" not in page
    assert "Discrète" not in page
    only = text_of(client.get("/calendrier/?quoi=miennes"))
    assert "Rencontre à nous" in only
    assert "Grande fête" not in only


def test_a_visitor_sees_what_is_announced_only(mine, public, hidden):
    for face in ("liste", "mois", "carte"):
        page = text_of(Client().get(f"/calendrier/?vue={face}&mois={public.starts_at:%Y-%m}"))
        assert "Rencontre à nous" not in page
        assert "Fermée" not in page
        assert "Discrète" not in page
    assert "Grande fête" in text_of(Client().get("/calendrier/"))


def test_who_left_a_group_no_longer_sees_its_meetings(client, person, mine):
    Member.objects.filter(person__user=person).update(end=timezone.localdate() - timedelta(days=1))
    assert "Rencontre à nous" not in text_of(client.get("/calendrier/"))


def test_filters_by_kind_and_group(client, person, mine):
    other = make_group(name="Table du Sud")
    make_group_member(other, user=person)
    make_meeting(other, title="Formation au Sud", kind="training")
    assert "Rencontre à nous" not in text_of(client.get("/calendrier/?type=training"))
    page = text_of(client.get(f"/calendrier/?groupe={mine.group_id}"))
    assert "Formation au Sud" not in page
    assert "Rencontre à nous" in page
    assert "Formation au Sud" in text_of(client.get("/calendrier/?groupe=abc&type=nimporte&du=2026-99-99&page=9"))


def test_the_month_puts_each_meeting_on_its_day_across_the_change_of_hour(client, mine):
    Meeting.objects.filter(pk=mine.pk).update(starts_at=at(2027, 3, 15, 2), ends_at=at(2027, 3, 15, 3, 30))
    page = text_of(client.get("/calendrier/?vue=mois&mois=2027-03"))
    square = page[page.index("du=2027-03-14") :]
    assert "Rencontre à nous" in square[: square.index("</td>")]
    assert "22:00" in square[: square.index("</td>")]
    assert "2027-02" in page
    assert "2027-04" in page


def test_a_meeting_of_several_days_stands_on_each(mine):
    mine.starts_at, mine.ends_at = at(2027, 5, 7, 13), at(2027, 5, 9, 4)
    assert [day.day for day in days_of(mine)] == [7, 8]
    mine.ends_at = at(2027, 5, 9, 4, 1)
    assert [day.day for day in days_of(mine)] == [7, 8, 9]


def test_a_day_with_many_says_how_many_more(client, mine):
    for _number in range(5):
        make_meeting(mine.group, starts_at=mine.starts_at, ends_at=mine.ends_at)
    page = text_of(client.get(f"/calendrier/?vue=mois&mois={timezone.localtime(mine.starts_at):%Y-%m}"))
    assert "et 3 autres" in page
    assert "6 rencontres" in page


def test_a_cancelled_meeting_is_said(client, mine):
    Meeting.objects.update(state="cancelled")
    assert "Annulée" in text_of(client.get("/calendrier/"))


@pytest.fixture
def region():
    """A region, its MRC and a municipality."""
    top = Division.objects.create(level="region", code="98", name="Région inventée", latitude=46.5, longitude=-71.0)
    mrc = Division.objects.create(level="mrc", code="981", name="MRC inventée", parent=top)
    town = Division.objects.create(
        level="municipality", code="98105", name="Ville inventée", parent=mrc, latitude=46.8, longitude=-71.2
    )
    return top, mrc, town


def test_a_territory_holds_what_stands_in_it(public, region):
    top, mrc, town = region
    for place in region:
        assert "Grande fête" not in text_of(Client().get(f"/calendrier/territoire/{place.pk}/"))
    Meeting.objects.update(division=town)
    for place in region:
        assert "Grande fête" in text_of(Client().get(f"/calendrier/territoire/{place.pk}/"))
    Meeting.objects.update(division=None)
    public.group.territory = mrc
    public.group.save()
    assert "Grande fête" in text_of(Client().get(f"/calendrier/territoire/{top.pk}/"))
    assert "Grande fête" not in text_of(Client().get(f"/calendrier/territoire/{town.pk}/"))


def test_a_territory_is_chosen_among_those_where_something_is_to_come(public, region):
    assert "territoire" not in text_of(Client().get("/calendrier/")).split("<main")[1].split("</main")[0].lower()
    Meeting.objects.update(division=region[1])
    page = text_of(Client().get("/calendrier/"))
    assert f'<option value="{region[0].pk}">Région inventée</option>' in page
    assert "Ville inventée" not in page
    assert "Grande fête" in text_of(Client().get(f"/calendrier/?territoire={region[0].pk}"))
    assert "Grande fête" not in text_of(Client().get(f"/calendrier/?territoire={region[2].pk}"))


def test_a_public_meeting_leads_to_the_sheet_of_its_group(public):
    Meeting.objects.update(takes_registrations=False)
    sheet = f"/groupes/{public.group.slug}/fiche/"
    assert sheet not in text_of(Client().get("/calendrier/"))
    public.group.is_public = True
    public.group.save()
    assert sheet in text_of(Client().get("/calendrier/"))


def test_the_map_places_meetings(client, mine, public, hidden, region):
    Meeting.objects.filter(pk=public.pk).update(division=region[2])
    Meeting.objects.filter(pk=mine.pk).update(latitude=46.123456789, longitude=-70.5, place="Salle B")
    Meeting.objects.filter(pk=hidden.pk).update(latitude=46.2, longitude=-70.6)
    features = client.get("/calendrier/points.geojson").json()["features"]
    there = {tuple(one["geometry"]["coordinates"]): one["properties"] for one in features}
    assert set(there) == {(-71.2, 46.8), (-70.5, 46.12346)}
    assert there[(-70.5, 46.12346)]["name"] == "Salle B"
    assert there[(-71.2, 46.8)]["services"][0]["url"] == f"/groupes/rencontres/{public.uid}/inscription/"
    assert len(Client().get("/calendrier/points.geojson").json()["features"]) == 1
    page = text_of(client.get("/calendrier/?vue=carte"))
    assert 'data-map="/calendrier/points.geojson?vue=carte"' in page
    assert "Rencontre à nous" in page


@pytest.mark.parametrize("face", ["liste", "mois", "carte"])
def test_pages_ask_as_little_for_two_hundred_as_for_three(client, mine, face, django_assert_max_num_queries):
    text_of(client.get("/calendrier/"))
    starts = timezone.now().replace(day=1) + timedelta(days=40)
    Meeting.objects.bulk_create(
        Meeting(
            group=mine.group,
            title=f"Rencontre du comité des loisirs numéro {number}",
            place="Centre communautaire de la rue des Érables",
            starts_at=starts + timedelta(hours=number * 3),
            ends_at=starts + timedelta(hours=number * 3 + 1),
        )
        for number in range(200)
    )
    with django_assert_max_num_queries(12):
        answer = client.get(f"/calendrier/?vue={face}&mois={starts:%Y-%m}")
    assert len(answer.content) < 60_000
