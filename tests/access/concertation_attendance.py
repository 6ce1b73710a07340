"""Rows of registrations and attendance. Members of our group: tenant, partner, worker; outreach is its secretary, coordinator coordinates it."""

from typing import Any

from maillage.concertation.models import Registration
from tests.factories import make_meeting

from .concertation import Line, our_meeting
from .world import World


def our_registration(world: World) -> dict[str, Any]:
    """Somebody registered for our meeting."""
    meeting = world.ours.meeting
    found, _made = Registration.objects.get_or_create(
        meeting=meeting, rank=1, defaults={"name": f"Inscrite {world.ours.canary}"}
    )
    return {"uid": found.uid}


def nobody(world: World) -> dict[str, Any]:
    """A registration that does not exist."""
    return {"uid": "00000000-0000-4000-8000-000000000000"}


def our_door(world: World) -> dict[str, Any]:
    """The code at the door of our meeting."""
    type(world.ours.meeting).objects.filter(pk=world.ours.meeting.pk).update(arrival_secret="secret-de-porte")
    return {"token": "secret-de-porte"}


def our_walk_in(world: World) -> dict[str, Any]:
    """Somebody came to our meeting."""
    return {"walk_in": "1", "name": f"Venue {world.ours.canary}", "capacity": "citizen"}


def nothing(world: World) -> dict[str, Any]:
    """Nothing is sent."""
    return {}


def our_training(world: World) -> dict[str, Any]:
    """A training of our group that is over, where the partner was."""
    group, seat = world.ours.group, world.ours.seats["partner"]
    title = f"Formation {world.ours.canary}"
    found = group.meetings.filter(title=title).first() or make_meeting(group, days=-3, kind="training", title=title)
    found.attendances.get_or_create(person=seat.person, defaults={"name": seat.person.name})
    return {"uid": found.uid}


LINES: list[Line] = [
    ("concertation:attestation", "GET", "L44244444", our_training, "", nothing),
    ("concertation:attestation", "GET", "L44444444", our_meeting, "", nothing),
    ("concertation:attestations", "GET", "L4FF4F222", our_training, "", nothing),
    ("concertation:registration_attestation", "GET", "444444444", our_registration, "", nothing),
    ("concertation:registrations", "GET", "L4FF4F222", our_meeting, "", nothing),
    ("concertation:registrations", "POST", "L4FF4FUUU", our_meeting, "", nothing),
    ("concertation:registrations_file", "GET", "L4FF4F222", our_meeting, "", nothing),
    ("concertation:attendance", "GET", "L4FF4F222", our_meeting, "", nothing),
    ("concertation:attendance", "POST", "L4FF4FRRR", our_meeting, "", our_walk_in),
    ("concertation:attendance", "POST", "L4FF4FBBB", our_meeting, "", nothing),
    ("concertation:attendance_file", "GET", "L4FF4F222", our_meeting, "", nothing),
    ("concertation:door", "GET", "L4FF4F222", our_meeting, "", nothing),
    ("concertation:door", "POST", "L4FF4FRRR", our_meeting, "", nothing),
    ("concertation:arrival", "GET", "222222222", our_door, "", nothing, True),
    ("concertation:arrival", "GET", "444444444", lambda world: {"token": "devine"}, "", nothing),
    ("concertation:arrival", "POST", "BBBBBBBBB", our_door, "", nothing, True),
    ("concertation:register", "GET", "L42242222", our_meeting, "", nothing),
    ("concertation:register", "POST", "L4BB4BBBU", our_meeting, "", nothing),
    ("concertation:registration", "GET", "222222222", our_registration, "", nothing, True),
    ("concertation:registration", "GET", "444444444", nobody, "", nothing),
    ("concertation:registration", "POST", "RRRRRRRRR", our_registration, "", lambda world: {"withdraw": "1"}),
]
