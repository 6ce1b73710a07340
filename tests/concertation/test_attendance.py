"""Arriving by the code at the door or by the list, guests counted, and what it comes to."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.concertation.models import Attendance, Meeting, Member, Registration
from maillage.concertation.registering import arrival_code
from tests.factories import make_group, make_group_member, make_meeting, make_organization

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    """What other tests sent is forgotten."""
    cache.clear()


@pytest.fixture
def meeting() -> Meeting:
    """A meeting that is going on."""
    starts = timezone.now() - timedelta(minutes=10)
    return make_meeting(make_group(), starts_at=starts, ends_at=starts + timedelta(hours=2), takes_registrations=True)


@pytest.fixture
def secretary(meeting: Meeting, sign_in: Any) -> Client:
    """The one who keeps the list."""
    return sign_in(make_group_member(meeting.group, "secretary").person.user)


def registered(meeting: Meeting, rank: int = 1, **fields: Any) -> Registration:
    """Somebody who registered."""
    values = {"name": f"Inscrit {rank}", "email": f"inscrit{rank}@exemple.invalid", **fields}
    return Registration.objects.create(meeting=meeting, rank=rank, **values)


def page_of(meeting: Meeting) -> str:
    return reverse("concertation:attendance", args=[meeting.uid])


def tap(client: Client, meeting: Meeting, do: str, **more: Any) -> Any:
    """One tap of the list."""
    return client.post(page_of(meeting), {"do": do, **more})


def opened(client: Client, meeting: Meeting) -> str:
    """The address of the door, once its code is made."""
    client.post(reverse("concertation:door", args=[meeting.uid]))
    meeting.refresh_from_db()
    return reverse("concertation:arrival", args=[meeting.arrival_secret])


def test_one_tap_a_person_twice_is_once(meeting: Meeting, secretary: Client) -> None:
    one = registered(meeting)
    member = make_group_member(meeting.group, capacity="tenant")
    for _ in range(2):
        assert tap(secretary, meeting, f"on_site:r:{one.uid}").status_code == 302
        assert tap(secretary, meeting, f"remote:m:{member.uid}").status_code == 302
    assert set(meeting.attendances.values_list("name", "capacity", "presence")) == {
        (one.name, "community", "on_site"),
        (member.person.name, "tenant", "remote"),
    }
    found = Attendance.objects.get(registration=one)
    tap(secretary, meeting, f"absent:a:{found.uid}")
    tap(secretary, meeting, f"absent:a:{found.uid}")
    assert meeting.attendances.count() == 1


def test_a_member_who_registered_is_one_line(meeting: Meeting, secretary: Client) -> None:
    member = make_group_member(meeting.group)
    one = registered(meeting, person=member.person, name=member.person.name)
    assert secretary.get(page_of(meeting)).content.decode().count(member.person.name) == 2  # the name and its button
    tap(secretary, meeting, f"on_site:r:{one.uid}")
    tap(secretary, meeting, f"on_site:m:{member.uid}")
    assert meeting.attendances.count() == 1


def test_the_list_is_found_by_name_and_keeps_its_filter(meeting: Meeting, secretary: Client) -> None:
    zoe = registered(meeting, 1, name="Zoé Lévesque")
    registered(meeting, 2, name="Marc Roy")
    page = secretary.get(page_of(meeting), {"q": "levesq"}).content.decode()
    assert "Zoé" in page
    assert "Marc Roy" not in page
    answer = tap(secretary, meeting, f"on_site:r:{zoe.uid}", q="levesq", voir="attendus")
    assert answer.headers["Location"] == f"{page_of(meeting)}?q=levesq&voir=attendus"
    assert "Zoé" not in secretary.get(answer.headers["Location"]).content.decode()


def test_walk_ins_and_guests_by_capacity(meeting: Meeting, secretary: Client) -> None:
    office = make_organization(name="Office inventé")
    sent = {"walk_in": "1", "name": "  Rose   Ouellet ", "capacity": "housing", "organization": "Office inventé"}
    secretary.post(page_of(meeting), sent)
    secretary.post(page_of(meeting), {**sent, "name": "rose ouellet"})
    found = meeting.attendances.get()
    assert (found.name, found.capacity, found.organization) == ("Rose Ouellet", "housing", office)
    secretary.post(page_of(meeting), {"guests": "1", "tenant": "7", "citizen": "2"})
    secretary.post(page_of(meeting), {"guests": "1", "tenant": "8", "citizen": "0"})
    assert list(meeting.guests.values_list("capacity", "count")) == [("tenant", 8)]
    page = secretary.get(page_of(meeting)).content.decode()
    assert "Qui était là" in page
    text = b"".join(secretary.get(reverse("concertation:attendance_file", args=[meeting.uid])).streaming_content)
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";"))
    assert [(row[0], row[2], row[5]) for row in rows[1:]] == [
        ("Rose Ouellet", "Milieu de l'habitation", "1"),
        ("(sans nom)", "Locataire", "8"),
    ]


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"do": "on_site:r:pas-un-uid"}, 400, "plus sur la liste"),
        ({"do": "on_site:x:00000000-0000-4000-8000-000000000000"}, 400, "plus sur la liste"),
        ({"walk_in": "1", "name": "---", "capacity": "tenant"}, 422, "Écrivez un nom"),
        ({"walk_in": "1", "name": "Ana", "capacity": "tenant", "organization": "Inconnue"}, 422, "Aucune organisation"),
        ({"guests": "1", "tenant": "-3"}, 422, "supérieur"),
        ({"guests": "1", "tenant": "999999"}, 422, "inférieur"),
        ({"guests": "1", "tenant": "douze"}, 422, "nombre entier"),
    ],
)
def test_bad_input_of_the_list(
    meeting: Meeting, secretary: Client, sent: dict[str, str], status: int, said: str
) -> None:
    answer = secretary.post(page_of(meeting), sent)
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert not Attendance.objects.exists()
    assert not meeting.guests.exists()


def test_somebody_of_another_meeting_is_not_noted_here(meeting: Meeting, secretary: Client) -> None:
    other = registered(make_meeting(meeting.group), 1)
    assert tap(secretary, meeting, f"on_site:r:{other.uid}").status_code == 400
    assert not Attendance.objects.exists()


def test_the_door_by_code_by_address_and_twice(meeting: Meeting, secretary: Client) -> None:
    one, two = registered(meeting, 1), registered(meeting, 2)
    door = opened(secretary, meeting)
    visitor = Client()
    first = visitor.post(door, {"typed": f" {arrival_code(one).lower()} "})
    assert "votre présence est inscrite" in first.content.decode()
    assert one.name not in first.content.decode()
    again = visitor.post(door, {"typed": arrival_code(one)})
    assert "était déjà inscrite" in again.content.decode()
    assert visitor.post(door, {"typed": "INSCRIT2@exemple.invalid"}).status_code == 200
    assert set(meeting.attendances.values_list("registration", flat=True)) == {one.pk, two.pk}
    assert visitor.post(door, {"typed": "personne@exemple.invalid"}).status_code == 404
    assert visitor.post(door, {"typed": ""}).status_code == 404


def test_a_member_signed_in_arrives_in_one_tap(meeting: Meeting, secretary: Client, sign_in: Any) -> None:
    door = opened(secretary, meeting)
    member = make_group_member(meeting.group, capacity="tenant")
    client = sign_in(member.person.user)
    assert client.post(door, {"me": "1"}).status_code == 200
    assert client.post(door, {"me": "1"}).status_code == 200
    assert meeting.attendances.get().person == member.person
    assert sign_in(make_group_member(make_group()).person.user).post(door, {"me": "1"}).status_code == 400


@pytest.mark.parametrize(
    ("starts", "state", "said"),
    [(180, "planned", "trop tôt"), (-400, "planned", "terminée"), (0, "cancelled", "annulée")],
)
def test_the_door_opens_only_around_the_meeting(
    meeting: Meeting, secretary: Client, starts: int, state: str, said: str
) -> None:
    one = registered(meeting)
    door = opened(secretary, meeting)
    begins = timezone.now() + timedelta(minutes=starts)
    Meeting.objects.update(starts_at=begins, ends_at=begins + timedelta(hours=2), state=state)
    assert said in Client().get(door).content.decode()
    answer = Client().post(door, {"typed": arrival_code(one)})
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert not Attendance.objects.exists()


def test_a_crowd_that_tries_codes_is_asked_to_wait_and_another_code_shuts_the_old_one(
    meeting: Meeting, secretary: Client
) -> None:
    door = opened(secretary, meeting)
    assert [Client().post(door, {"typed": f"{n:06d}"}).status_code for n in range(42)] == [404] * 40 + [429] * 2
    secretary.post(reverse("concertation:door", args=[meeting.uid]), {"again": "1"})
    assert Client().get(door).status_code == 404


def test_a_member_who_left_is_expected_no_more(meeting: Meeting, secretary: Client) -> None:
    left = make_group_member(meeting.group)
    Member.objects.filter(pk=left.pk).update(end=timezone.localdate() - timedelta(days=2))
    assert left.person.name not in secretary.get(page_of(meeting)).content.decode()


def test_the_registrations_page_says_what_is_asked_beside_what_is_offered(meeting: Meeting, secretary: Client) -> None:
    Meeting.objects.update(offers=["meal"])
    registered(meeting, 1, asked_for=["transport", "meal"], access_note="<i>noix</i>")
    registered(meeting, 2, asked_for=["transport"])
    address = reverse("concertation:registrations", args=[meeting.uid])
    page = secretary.get(address).content.decode()
    assert "<strong>2</strong> personnes le demandent" in page
    assert "&lt;i&gt;noix&lt;/i&gt;" in page
    secretary.post(address, {"name": "Par téléphone", "capacity": "tenant", "email": ""})
    assert meeting.registrations.get(rank=3).name == "Par téléphone"
    secretary.post(address, {"withdraw": str(meeting.registrations.get(rank=3).uid)})
    assert meeting.registrations.get(rank=3).state == "cancelled"
    text = b"".join(secretary.get(reverse("concertation:registrations_file", args=[meeting.uid])).streaming_content)
    assert text.decode().count("Transport remboursé") == 2


@pytest.mark.parametrize("name", ["attendance", "registrations", "meeting"])
def test_pages_ask_the_same_of_the_database_with_three_and_with_thirty(
    meeting: Meeting, secretary: Client, name: str, django_assert_max_num_queries: Any
) -> None:
    def crowd(start: int, end: int) -> None:
        for rank in range(start, end):
            organization = make_organization(name=f"Organisme {rank}")
            registered(meeting, rank, organization=organization, asked_for=["meal"])
            make_group_member(meeting.group, organization=organization)

    address = reverse(f"concertation:{name}", args=[meeting.uid])
    crowd(1, 4)
    secretary.get(address)
    with django_assert_max_num_queries(60) as few:
        secretary.get(address)
    crowd(4, 31)
    with django_assert_max_num_queries(len(few.captured_queries)):
        answer = secretary.get(address)
    assert len(answer.content) < 60_000
    assert len(few.captured_queries) <= 12, "\n".join(query["sql"][:240] for query in few.captured_queries)
