"""The attestation of a training: for who was there, once it is over, with their name, the title, the day and the hours."""

import io
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.concertation.models import Attendance, Meeting, Registration
from tests.factories import make_group, make_group_member, make_meeting, make_organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def training() -> Meeting:
    """A training that is over, of three hours and a half, attested for three hours."""
    starts = timezone.now() - timedelta(days=2)
    fields = {"kind": "training", "title": "Écouter sans juger", "hours": "3.0", "place": "Salle inventée"}
    return make_meeting(make_group(), starts_at=starts, ends_at=starts + timedelta(hours=3.5), **fields)


def came(meeting: Meeting, name: str = "Rose Ouellet", **fields: Any) -> Attendance:
    """Somebody was there."""
    return Attendance.objects.create(meeting=meeting, name=name, **fields)


def pages(answer: Any) -> list[str]:
    """The texts of the pages of a document, which is tagged."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    document = pypdf.PdfReader(io.BytesIO(answer.content))
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return [" ".join(page.extract_text().split()) for page in document.pages]


def test_a_member_who_was_there_has_theirs(training: Meeting, sign_in: Any) -> None:
    member = make_group_member(training.group)
    office = make_organization(name="Office inventé")
    came(training, member.person.name, person=member.person, organization=office)
    came(training, "Quelqu'un d'autre")
    client = sign_in(member.person.user)
    address = reverse("concertation:attestation", args=[training.uid])
    assert address in client.get(reverse("concertation:meeting", args=[training.uid])).content.decode()
    answer = client.get(address)
    [page] = pages(answer)
    for said in (member.person.name, "Écouter sans juger", "3 heures de formation", "Office inventé", "Salle inventée"):
        assert said in page
    assert member.person.name not in answer.headers["Content-Disposition"]
    assert client.get(address).content == answer.content


def test_who_was_not_there_has_none(training: Meeting, sign_in: Any) -> None:
    client = sign_in(make_group_member(training.group).person.user)
    assert client.get(reverse("concertation:attestation", args=[training.uid])).status_code == 404


def test_the_holder_of_a_registration_has_theirs_by_its_link(training: Meeting) -> None:
    one = Registration.objects.create(meeting=training, rank=1, name="Łucja Żółć")
    address = reverse("concertation:registration_attestation", args=[one.uid])
    assert Client().get(address).status_code == 404
    came(training, one.name, registration=one)
    assert address in Client().get(reverse("concertation:registration", args=[one.uid])).content.decode()
    [page] = pages(Client().get(address))
    assert "Łucja Żółć" in page


def test_all_of_them_in_one_file_and_a_line_for_names_that_no_letter_draws(training: Meeting, sign_in: Any) -> None:
    came(training, "Ana Roy")
    came(training, "山田 太郎")
    secretary = sign_in(make_group_member(training.group, "secretary").person.user)
    found = pages(secretary.get(reverse("concertation:attestations", args=[training.uid])))
    assert len(found) == 2
    assert "Ana Roy" in found[0]
    assert "à écrire à la main" in found[1]
    assert "?" not in found[1]


@pytest.mark.parametrize("fields", [{"kind": "meeting"}, {"state": "cancelled"}])
def test_only_trainings_that_took_place_are_attested(training: Meeting, sign_in: Any, fields: dict[str, str]) -> None:
    came(training)
    Meeting.objects.filter(pk=training.pk).update(**fields)
    secretary = sign_in(make_group_member(training.group, "secretary").person.user)
    assert secretary.get(reverse("concertation:attestations", args=[training.uid])).status_code == 404


def test_hours_are_those_of_the_clock_when_none_were_set(training: Meeting, sign_in: Any) -> None:
    came(training)
    Meeting.objects.filter(pk=training.pk).update(hours=None)
    secretary = sign_in(make_group_member(training.group, "secretary").person.user)
    [page] = pages(secretary.get(reverse("concertation:attestations", args=[training.uid])))
    assert "3,5 heures de formation" in page
