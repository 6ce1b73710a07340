"""The door and the list note the same person at the same instant: one presence; two who give up free two places."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from maillage.concertation.models import Meeting, Registration
from maillage.concertation.services.attendance import arrive_registered, count_guests, note_member, note_registered
from maillage.concertation.services.registrations import withdraw
from tests.factories import make_group, make_group_member, make_meeting
from tests.journal.test_concurrency import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="the in-memory SQLite of the tests has no such locks"),
]


def going_on(**fields: object) -> Meeting:
    """A meeting that is going on."""
    starts = timezone.now() - timedelta(minutes=5)
    return make_meeting(
        make_group(), starts_at=starts, ends_at=starts + timedelta(hours=2), takes_registrations=True, **fields
    )


def test_the_door_the_list_and_the_member_line_note_one_presence() -> None:
    meeting = going_on()
    secretary = make_group_member(meeting.group, "secretary").person.user
    member = make_group_member(meeting.group)
    one = Registration.objects.create(meeting=meeting, rank=1, name=member.person.name, person=member.person)
    acts = [
        lambda: arrive_registered(registration=one),
        lambda: note_registered(actor=secretary, registration=one),
        lambda: note_member(actor=secretary, meeting=meeting, member=member),
    ]
    found = at_once(6, lambda number: acts[number % 3]())
    assert not [result for result in found if isinstance(result, Exception)]
    assert meeting.attendances.get().registration == one


def test_places_that_free_together_go_to_as_many_who_wait() -> None:
    meeting = going_on(capacity=3)
    rows = [
        Registration.objects.create(
            meeting=meeting, rank=rank, name=f"N{rank}", state="registered" if rank <= 3 else "waiting"
        )
        for rank in range(1, 9)
    ]
    at_once(5, lambda number: withdraw(actor=None, registration=rows[number]))  # three hold a place, two wait
    assert list(meeting.registrations.holding().order_by("rank").values_list("rank", flat=True)) == [6, 7, 8]


def test_guests_counted_by_two_at_once_are_the_last_count() -> None:
    meeting = going_on()
    secretary = make_group_member(meeting.group, "secretary").person.user
    at_once(4, lambda number: count_guests(actor=secretary, meeting=meeting, counts={"tenant": 5 + number}))
    assert meeting.guests.get().count in range(5, 9)
