"""Rows of meetings, polls and agendas. Members of our group: tenant, partner, worker; outreach is its secretary, coordinator coordinates it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from maillage.concertation.models import AgendaItem, Document, Meeting, PollOption, ProposedItem
from maillage.concertation.poll_links import token_for

from .concertation import Line, our_group, our_meeting
from .world import World


def _sent(world: World) -> dict[str, Any]:
    """A meeting as the form sends it."""
    return {
        "title": "Rencontre d'équipe",
        "kind": "meeting",
        "day": "2027-03-02",
        "begins": "13:30",
        "ends": "15:30",
    }


def _choosing(world: World) -> Any:
    """Our meeting while its date is to choose, with a date."""
    meeting = world.ours.meeting
    Meeting.objects.filter(pk=meeting.pk).update(state="choosing", starts_at=None, ends_at=None)
    starts = timezone.now() + timedelta(days=9)
    ends = starts + timedelta(hours=2)
    if not meeting.poll_options.exists():
        PollOption.objects.create(meeting=meeting, starts_at=starts, ends_at=ends)
    return meeting


def _poll(world: World) -> dict[str, Any]:
    return {"uid": _choosing(world).uid}


def _link(world: World) -> dict[str, Any]:
    """The link of our tenant to the poll of our meeting."""
    return {"token": token_for(_choosing(world), world.ours.seats["tenant"])}


def _item(world: World) -> dict[str, Any]:
    """An item of our meeting's agenda."""
    item, _made = AgendaItem.objects.get_or_create(meeting=world.ours.meeting, title=f"Point {world.ours.canary}")
    return {"uid": world.ours.meeting.uid, "item": item.uid}


def _proposal(world: World) -> dict[str, Any]:
    """What our tenant proposes."""
    found, _made = ProposedItem.objects.get_or_create(
        meeting=world.ours.meeting, title=f"Proposition {world.ours.canary}", proposed_by=world.ours.seats["tenant"]
    )
    return {"uid": world.ours.meeting.uid, "proposal": found.uid}


def _document(world: World) -> dict[str, Any]:
    """An address that our group keeps."""
    found, _made = Document.objects.get_or_create(
        group=world.ours.group, title=f"Plan {world.ours.canary}", url="https://exemple.test/plan"
    )
    return {"uid": found.uid}


def _removal(world: World) -> dict[str, Any]:
    return {"do": f"remove:{_item(world)['item']}"}


LINES: list[Line] = [
    ("concertation:meetings", "GET", "L42242222", our_group),
    ("concertation:meetings", "GET", "L42242222", our_group, "?quand=passees&type=training"),
    ("concertation:meetings", "POST", "LMMMMMMMM", our_group),
    ("concertation:meeting_new", "GET", "L4FF4F222", our_group),
    ("concertation:meeting_new", "POST", "L4FF4FUUU", our_group),
    ("concertation:meeting_new", "POST", "L4FF4FRRR", our_group, "", _sent),
    ("concertation:meeting", "GET", "L42242222", our_meeting),
    ("concertation:meeting_edit", "GET", "L4FF4F222", our_meeting),
    ("concertation:meeting_edit", "POST", "L4FF4FUUU", our_meeting),
    ("concertation:meeting_held", "POST", "L4FF4FRRR", our_meeting),
    ("concertation:meeting_cancel", "GET", "L4FF4F222", our_meeting),
    ("concertation:meeting_cancel", "POST", "L4FF4FRRR", our_meeting),
    ("concertation:meeting_restore", "POST", "L4FF4FRRR", our_meeting),
    ("concertation:meeting_history", "GET", "L4FF4F222", our_meeting),
    ("concertation:meeting_invite", "GET", "L4FF4F222", our_meeting),
    ("concertation:meeting_invite", "POST", "L4FF4FRRR", our_meeting, "", lambda world: {"members": "on"}),
    ("concertation:agenda", "GET", "L42242222", our_meeting),
    ("concertation:agenda", "POST", "L4FF4FUUU", our_meeting),
    (
        "concertation:agenda",
        "POST",
        "L4FF4FRRR",
        our_meeting,
        "",
        lambda world: {"title": "Budget", "kind": "decision"},
    ),
    ("concertation:agenda_item", "GET", "L4FF4F222", _item),
    ("concertation:agenda_item", "POST", "L4FF4FUUU", _item),
    ("concertation:agenda_change", "POST", "L4FF4FRRR", our_meeting, "", _removal),
    ("concertation:agenda_change", "POST", "L44444444", our_meeting),
    ("concertation:agenda_carry", "POST", "L4FF4FRRR", our_meeting),
    ("concertation:agenda_propose", "GET", "L4224222F", our_meeting),
    ("concertation:agenda_propose", "POST", "L4UU4UUUF", our_meeting),
    ("concertation:agenda_answer", "POST", "L4FF4FRRR", _proposal, "", lambda world: {"do": "take"}),
    ("concertation:poll", "GET", "L42242222", _poll),
    ("concertation:poll", "POST", "L4RR4RRRF", _poll),
    ("concertation:poll_add", "POST", "L4FF4FUUU", _poll),
    ("concertation:poll_act", "POST", "L4FF4FUUU", _poll),
    ("concertation:poll_act", "POST", "L4FF4FRRR", _poll, "", lambda world: {"do": "send"}),
    ("concertation:poll_link", "GET", "222222222", _link, "", lambda world: {}, True),
    ("concertation:poll_link", "POST", "RRRRRRRRR", _link, "", lambda world: {}, True),
    ("concertation:poll_link", "GET", "444444444", lambda world: {"token": "devine"}),
    ("concertation:meeting_documents", "GET", "L42242222", our_meeting),
    ("concertation:meeting_documents", "POST", "L4UU4UUUU", our_meeting),
    ("concertation:documents", "GET", "L42242222", our_group),
    ("concertation:documents", "POST", "L4UU4UUUU", our_group),
    ("concertation:document", "GET", "L4RR4RRRR", _document),
    ("concertation:document_remove", "POST", "L4FF4FR44", _document),
]
