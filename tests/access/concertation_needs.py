"""Rows of named needs. Members of our group: tenant, partner, worker; outreach is its secretary, coordinator coordinates it."""

from datetime import date
from typing import Any

from maillage.concertation.models import NamedNeed, NeedEvidence, Prioritization
from maillage.journal.models import RaisedNeed
from tests.factories import make_need

from .concertation import Line, nothing, our_group
from .world import OURS, THEIRS, World


def need(world: World) -> dict[str, Any]:
    """A need of our group, which the partner names; the other group has one too."""
    make_need(world.theirs.group, statement=f"Besoin {THEIRS}")
    named = make_need(world.ours.group, statement=f"Besoin {OURS}", named_by=world.ours.seats["partner"])
    return {"uid": named.uid}


def both_groups(world: World) -> dict[str, Any]:
    """Our group's address; both groups have a need."""
    need(world)
    return our_group(world)


def sentence(world: World) -> dict[str, Any]:
    """A need as a member names it."""
    return {"statement": "Il manque un banc à l'arrêt d'autobus.", "named_as": "tenant"}


def to_read(world: World) -> dict[str, Any]:
    """A need that was named without account and waits for somebody to read it."""
    return {"uid": make_need(world.ours.group, statement=f"Besoin {OURS}", state="proposed").uid}


def open_page(world: World) -> dict[str, Any]:
    """The page of our group, which takes needs without account and shows one."""
    world.ours.group.takes_needs = True
    world.ours.group.save()
    make_need(world.ours.group, statement=f"Besoin {OURS}", is_public=True)
    return both_groups(world)


def open_need(world: World) -> dict[str, Any]:
    """A need that our group shows."""
    where = open_page(world)
    return where | {"uid": make_need(world.ours.group, statement=f"Besoin {OURS}", is_public=True).uid}


def by_code(world: World) -> dict[str, Any]:
    """The code of our need."""
    return {"code": make_need(world.ours.group, statement=f"Besoin {OURS}").code}


def without_account(world: World) -> dict[str, Any]:
    """A need as anybody names it."""
    return sentence(world) | {"uid": "0d2c9f52-3a6c-4a8e-9a53-0f5f2f9e4b11"}


def raised_need(world: World) -> dict[str, Any]:
    """A need that our programme raises, before our group; theirs raises one too."""
    for side, canary in ((world.theirs, THEIRS), (world.ours, OURS)):
        found = RaisedNeed.objects.create(
            program=side.program, start=date(2014, 1, 1), end=date(2014, 12, 31), statement=f"Besoin {canary}"
        )
    return our_group(world) | {"uid": found.uid}


def raised_list(world: World) -> dict[str, Any]:
    """Our group's address; both programmes raise a need."""
    raised_need(world)
    return our_group(world)


def evidence(world: World) -> dict[str, Any]:
    """A piece of what our need rests on."""
    where = need(world)
    piece = NeedEvidence.objects.create(need=NamedNeed.objects.get(**where), kind="words", words=f"Parole {OURS}")
    return where | {"pk": piece.pk}


def opened(world: World) -> dict[str, Any]:
    """A prioritising that is open in our group; theirs has one too."""
    for side, canary in ((world.theirs, THEIRS), (world.ours, OURS)):
        found = Prioritization.objects.create(group=side.group)
        found.needs.set([make_need(side.group, statement=f"Besoin {canary} {number}") for number in range(2)])
    return {"uid": found.uid}


def two_needs(world: World) -> dict[str, Any]:
    """Our group's address; each group has two needs to compare."""
    for side, canary in ((world.theirs, THEIRS), (world.ours, OURS)):
        for number in range(2):
            make_need(side.group, statement=f"Besoin {canary} {number}")
    return our_group(world)


LINES: list[Line] = [
    ("concertation:needs", "GET", "L42242222", both_groups, "", nothing),
    ("concertation:need_new", "GET", "L42242222", both_groups, "", nothing),
    ("concertation:need_new", "POST", "L4UU4UUUU", our_group, "", nothing),
    ("concertation:need_new", "POST", "L4RR4RRRR", our_group, "", sentence),
    ("concertation:need", "GET", "L42242222", need, "", nothing),
    ("concertation:need_edit", "GET", "L4F24F222", need, "", nothing),
    ("concertation:need_edit", "POST", "L4FR4FRRR", need, "", sentence),
    ("concertation:need_move", "GET", "LMMMMMMMM", need, "", nothing),
    ("concertation:need_move", "POST", "L4FF4FUUU", need, "", nothing),
    ("concertation:need_support", "POST", "L4RR4RRRF", need, "", lambda world: {"appui": "oui"}),
    ("concertation:need_show", "POST", "L4FF4FRRR", need, "", lambda world: {"public": "oui"}),
    ("concertation:needs_to_read", "GET", "L4FF4F222", both_groups, "", nothing),
    ("concertation:need", "GET", "L44444222", to_read, "", nothing),
    ("concertation:need_read", "GET", "LMMMMMMMM", to_read, "", nothing),
    ("concertation:need_read", "POST", "L44444RRR", to_read, "", nothing),
    ("concertation:need_poster", "GET", "L42242222", both_groups, "", nothing),
    ("concertation:need_public", "GET", "444444444", our_group, "", nothing),
    ("concertation:need_public", "GET", "222222222", open_page, "", nothing, True),
    ("concertation:need_public", "POST", "UUUUUUUUU", open_page, "", nothing, True),
    ("concertation:need_public", "POST", "222222222", open_page, "", without_account, True),
    ("concertation:need_too", "GET", "MMMMMMMMM", open_need, "", nothing),
    ("concertation:need_too", "POST", "222222222", open_need, "", nothing, True),
    ("concertation:need_too", "POST", "444444444", lambda world: open_page(world) | need(world), "", nothing),
    ("concertation:need_code", "GET", "222222222", nothing, "", nothing),
    ("concertation:need_code", "POST", "444444444", nothing, "", lambda world: {"code": "B-0000-0000"}),
    ("concertation:need_code", "POST", "222222222", nothing, "", by_code, True),
    ("concertation:raised", "GET", "L4FF4F222", raised_list, "", nothing),
    ("concertation:raised_take", "GET", "LMMMMMMMM", raised_need, "", nothing),
    ("concertation:raised_take", "POST", "L4FF4FRRR", raised_need, "", nothing),
    ("concertation:need_evidence", "GET", "L42242222", need, "", nothing),
    ("concertation:need_evidence", "POST", "L4UU4UUUU", need, "", nothing),
    ("concertation:need_evidence_drop", "GET", "LMMMMMMMM", evidence, "", nothing),
    ("concertation:need_evidence_drop", "POST", "L4FF4FR44", evidence, "", nothing),
    ("concertation:prioritizations", "GET", "L42242222", two_needs, "", nothing),
    ("concertation:prioritizations", "POST", "L4FF4FUUU", two_needs, "", nothing),
    ("concertation:prioritization", "GET", "L42242222", opened, "", nothing),
    ("concertation:prioritization", "POST", "L4RR4RRRF", opened, "", nothing),
    ("concertation:prioritization_close", "GET", "LMMMMMMMM", opened, "", nothing),
    ("concertation:prioritization_close", "POST", "L4FF4FRRR", opened, "", nothing),
]
