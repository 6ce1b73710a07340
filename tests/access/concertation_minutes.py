"""Rows of minutes, decisions and follow-ups. Members of our group: tenant, partner, worker; outreach is its secretary, coordinator coordinates it."""

from typing import Any

from django.utils import timezone

from maillage.concertation.models import Amendment, Minutes, NoteVersion
from tests.factories.concertation_minutes import make_decision, make_follow_up

from .concertation import Line, nothing, our_group, our_meeting
from .world import World


def _minutes(world: World, **fields: Any) -> Minutes:
    """Minutes of our meeting, with these fields."""
    return Minutes.objects.update_or_create(meeting=world.ours.meeting, defaults=fields)[0]


def _decision(world: World) -> dict[str, Any]:
    """A decision of our group, taken outside of a meeting."""
    return {"uid": make_decision(world.ours.group, text=f"Décision {world.ours.canary}").uid}


def _follow_up(world: World) -> dict[str, Any]:
    """Something that nobody in particular promised."""
    return {"uid": make_follow_up(world.ours.group, what=f"Appeler {world.ours.canary}").uid}


def _done(world: World) -> dict[str, Any]:
    """Something that is done."""
    return {"uid": make_follow_up(world.ours.group, state="done").uid}


def _version(world: World) -> dict[str, Any]:
    """A version that waits beside the opening."""
    version = NoteVersion.objects.create(minutes=_minutes(world), field="opening", number=0, waiting=True, text="Autre")
    return {**our_meeting(world), "version": version.uid}


def _circulating(world: World) -> dict[str, Any]:
    """Our meeting, its minutes circulating."""
    _minutes(world, state="circulated", circulated_at=timezone.now())
    return our_meeting(world)


def _amendment(world: World) -> dict[str, Any]:
    """An amendment to our minutes."""
    arguments = _circulating(world)
    amendment = Amendment.objects.create(minutes=_minutes(world), text=f"Ajouter {world.ours.canary}")
    return {**arguments, "amendment": amendment.uid}


def _published(world: World) -> dict[str, Any]:
    """Our meeting, its account published."""
    _minutes(world, summary="On a parlé du jardin.", published_at=timezone.now())
    return our_meeting(world)


def _sent(**data: str) -> Any:
    return lambda world: data


LINES: list[Line] = [
    ("concertation:minutes", "GET", "L42242222", our_meeting, "", nothing),
    ("concertation:minutes", "GET", "L42242222", _circulating, "", nothing),
    ("concertation:minutes_note", "POST", "L4FF4FRRR", our_meeting, "", _sent(key="opening", text="Bienvenue")),
    ("concertation:minutes_note", "GET", "LMMMMMMMM", our_meeting, "", nothing),
    ("concertation:minutes_news", "GET", "L4FF4F222", our_meeting, "", nothing),
    ("concertation:version_settle", "POST", "L4FF4FCCC", _version, "", _sent(do="keep", revision="99")),
    ("concertation:minutes_turn", "POST", "L4FF4FUUU", our_meeting, "", _sent(do="circulate")),
    ("concertation:minutes_turn", "POST", "L4FF4FRRR", our_meeting, "", _sent(do="withdraw")),
    ("concertation:amendment_new", "POST", "L4RR4RRRF", _circulating, "", _sent(text="Ajouter le vote")),
    ("concertation:amendment_answer", "POST", "L4FF4FUUU", _amendment, "", _sent(do="decline")),
    ("concertation:decision_add", "POST", "L4FF4FRRR", our_meeting, "", _sent(text="On plante")),
    ("concertation:follow_up_add", "POST", "L4FF4FRRR", our_meeting, "", _sent(what="Planter")),
    ("concertation:minutes_pdf", "GET", "L42242222", our_meeting, "", nothing),
    ("concertation:minutes_docx", "GET", "L42242222", our_meeting, "", nothing),
    ("concertation:minutes_public", "GET", "444444444", our_meeting, "", nothing),
    ("concertation:minutes_public", "GET", "222222222", _published, "", nothing, True),
    ("concertation:decisions", "GET", "L42242222", our_group, "", nothing),
    ("concertation:decisions_file", "GET", "L42242222", our_group, "", nothing),
    ("concertation:decision_new", "GET", "L4FF4F222", our_group, "", nothing),
    ("concertation:decision", "GET", "L4FF4F222", _decision, "", nothing),
    ("concertation:decision_remove", "POST", "L4FF4FRRR", _decision, "", nothing),
    ("concertation:follow_ups", "GET", "L42242222", our_group, "", nothing),
    ("concertation:follow_ups_file", "GET", "L42242222", our_group, "", nothing),
    ("concertation:follow_up_new", "GET", "L4FF4F222", our_group, "", nothing),
    ("concertation:my_follow_ups", "GET", "L22222222", nothing, "", nothing),
    ("concertation:follow_up", "GET", "L4FF4F222", _follow_up, "", nothing),
    ("concertation:follow_up_mark", "POST", "L4FF4FRRR", _follow_up, "", _sent(do="done")),
    ("concertation:follow_up_remove", "POST", "L4FF4FRRR", _done, "", nothing),
]
