"""Registering for a meeting: places, waiting list, who gives up and who takes the place, by the pages that people use."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.concertation.models import Meeting, Registration
from maillage.concertation.services.registrations import Registering, fill_places, register
from maillage.core.models import AuditEvent, OutgoingMail
from tests.factories import make_group, make_group_member, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    """What other tests sent is forgotten."""
    cache.clear()


def open_meeting(**fields: Any) -> Meeting:
    """A public meeting that takes registrations."""
    group = make_group(is_public=True)
    return make_meeting(group, **{"takes_registrations": True, "is_public": True, "place": "Salle 1", **fields})


def sign_up(meeting: Meeting, number: int, client: Client | None = None, **more: Any) -> Any:
    """Somebody registers without account; what they are answered."""
    sent = {
        "name": f"Personne {number}",
        "email": f"personne{number}@exemple.invalid",
        "capacity": "citizen",
        "organization_name": "",
        "access_note": "",
        **more,
    }
    return (client or Client()).post(reverse("concertation:register", args=[meeting.uid]), sent)


def states(meeting: Meeting) -> list[str]:
    """States of the registrations, in the order in which people asked."""
    return list(meeting.registrations.order_by("rank").values_list("state", flat=True))


def test_places_then_waiting_list_then_the_first_takes_the_freed_place(django_capture_on_commit_callbacks: Any) -> None:
    meeting = open_meeting(capacity=2)
    for number in range(4):
        assert sign_up(meeting, number).status_code == 200
    assert states(meeting) == ["registered", "registered", "waiting", "waiting"]
    assert meeting.registrations.waiting().count() == 2
    first, _second, third, fourth = meeting.registrations.order_by("rank")
    page = Client().get(reverse("concertation:registration", args=[fourth.uid])).content.decode()
    assert "rang <strong>2</strong>" in page
    with django_capture_on_commit_callbacks(execute=True):
        gone = Client().post(reverse("concertation:registration", args=[first.uid]), {"withdraw": "1"})
    assert gone.status_code == 302
    assert states(meeting) == ["cancelled", "registered", "registered", "waiting"]
    promoted = [one for one in mail.outbox if one.to == [third.email]]
    assert len(promoted) == 1
    assert "Une place s'est libérée" in promoted[0].subject
    # Giving up twice frees one place only.
    Client().post(reverse("concertation:registration", args=[first.uid]), {"withdraw": "1"})
    assert states(meeting) == ["cancelled", "registered", "registered", "waiting"]
    assert AuditEvent.objects.filter(verb="concertation.registration_promoted").count() == 1


def test_the_mail_holds_the_link_that_changes_and_gives_up() -> None:
    meeting = open_meeting(capacity=5, offers=["transport"])
    sign_up(meeting, 1, asked_for=["transport", "child_care"], access_note="deux enfants")
    sent = OutgoingMail.objects.get()
    assert sent.topic == ""
    link = re.search(r"https?://[^/]+(/i/\S+/)", sent.text)
    assert link
    found = Registration.objects.get()
    assert found.asked_for == ["child_care", "transport"]
    answer = Client().get(link[1])
    assert answer.status_code == 200
    assert (answer.headers["Referrer-Policy"], answer.headers["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert "Transport remboursé (prévu)" in answer.content.decode()
    assert Client(enforce_csrf_checks=True).post(link[1], {"change": "1", "asked_for": "meal"}).status_code == 302
    found.refresh_from_db()
    assert (found.asked_for, found.access_note, found.email) == (["meal"], "", "personne1@exemple.invalid")


def test_the_same_address_registers_once_and_the_answer_says_nothing_of_it() -> None:
    meeting = open_meeting(capacity=5)
    first, again = sign_up(meeting, 1), sign_up(meeting, 1, name="Autre nom", email="PERSONNE1@exemple.invalid ")
    assert meeting.registrations.count() == 1
    assert str(meeting.registrations.get().uid) not in again.content.decode()
    told = [answer.content.decode().replace("PERSONNE1@", "personne1@") for answer in (first, again)]
    nonce = re.compile(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"')
    assert nonce.sub("", told[0]) == nonce.sub("", told[1])
    assert OutgoingMail.objects.filter(event__contains=".link.").count() == 1


def test_a_member_registers_in_one_tap_for_a_meeting_that_is_not_public(sign_in: Any) -> None:
    meeting = open_meeting(is_public=False)
    member = make_group_member(meeting.group, capacity="tenant")
    client, address = sign_in(member.person.user), reverse("concertation:register", args=[meeting.uid])
    client.post(address)
    client.post(address)
    found = Registration.objects.get()
    assert (found.person, found.capacity, found.name) == (member.person, "tenant", member.person.name)
    assert str(found.uid) in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"takes_registrations": False}, "ne demande pas"),
        ({"state": "cancelled"}, "annulée"),
        ({"days": -3}, "passée"),
        ({"registration_closes_at": timezone.now() - timedelta(minutes=1)}, "closes"),
    ],
)
def test_what_is_closed_says_why_and_registers_nobody(fields: dict[str, Any], said: str) -> None:
    meeting = open_meeting(**fields)
    address = reverse("concertation:register", args=[meeting.uid])
    assert said in Client().get(address).content.decode()
    answer = sign_up(meeting, 1)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "  "}, "obligatoire"),
        ({"name": "!!!"}, "Écrivez un nom"),
        ({"email": "personne chez exemple"}, "courriel"),
        ({"capacity": "roi"}, "Sélectionnez"),
        ({"asked_for": ["lune"]}, "Sélectionnez"),
    ],
)
def test_bad_input_comes_back_filled(typed: dict[str, Any], said: str) -> None:
    meeting = open_meeting()
    answer = sign_up(meeting, 1, **{"organization_name": "Comité <b>Zed</b>", **typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Comité &lt;b&gt;Zed&lt;/b&gt;" in page
    assert said in page
    assert not Registration.objects.exists()


@pytest.mark.parametrize("name", ["ᐃᓄᒃ Tagoona", "Łucja Żółć", "山田 太郎", "محمد", "O'Brien-Ñandú"])
def test_names_of_any_script(name: str) -> None:
    meeting = open_meeting()
    assert sign_up(meeting, 1, name=name).status_code == 200
    assert Registration.objects.get().name == name


def test_a_crowd_from_one_address_is_asked_to_wait() -> None:
    meeting = open_meeting()
    found = [sign_up(meeting, number).status_code for number in range(62)]
    assert found[:60] == [200] * 60
    assert found[60:] == [429, 429]
    assert meeting.registrations.count() == 60


def test_more_places_go_to_those_who_wait_in_their_order() -> None:
    meeting = open_meeting(capacity=1)
    for number in range(4):
        sign_up(meeting, number)
    Meeting.objects.filter(pk=meeting.pk).update(capacity=3)
    assert [one.rank for one in fill_places(meeting=meeting)] == [2, 3]
    assert states(meeting) == ["registered", "registered", "registered", "waiting"]


def test_who_comes_back_goes_to_the_end_of_the_line() -> None:
    meeting = open_meeting(capacity=1)
    for number in range(3):
        sign_up(meeting, number)
    second = meeting.registrations.get(rank=2)
    Client().post(reverse("concertation:registration", args=[second.uid]), {"withdraw": "1"})
    sign_up(meeting, 1)
    assert states(meeting) == ["registered", "cancelled", "waiting", "waiting"]


def test_what_was_asked_for_is_wiped_after_the_meeting(capsys: Any) -> None:
    past, to_come = open_meeting(days=-90), open_meeting()
    for meeting in (past, to_come):
        Registration.objects.create(
            meeting=meeting, name="A", email="a@exemple.invalid", rank=1, asked_for=["meal"], access_note="noix"
        )
    call_command("tidy")
    assert "Demandes d'inscriptions effacées : 2" in capsys.readouterr().out  # what they need, then their address
    call_command("tidy")
    assert "Demandes d'inscriptions effacées : 0" in capsys.readouterr().out
    gone, kept = past.registrations.get(), to_come.registrations.get()
    assert (gone.asked_for, gone.access_note, gone.email, gone.name) == ([], "", "", "A")
    assert (kept.asked_for, kept.access_note, kept.email) == (["meal"], "noix", "a@exemple.invalid")


def test_somebody_who_is_not_a_member_cannot_register_by_the_service() -> None:
    from maillage.core.errors import NotAllowed

    meeting = open_meeting(is_public=False)
    stranger = make_group_member(make_group()).person.user
    with pytest.raises(NotAllowed):
        register(actor=stranger, meeting=meeting, said=Registering(name="X"))
