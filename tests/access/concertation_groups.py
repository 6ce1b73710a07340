"""Rows of groups and their members. Members of our group: tenant, partner, worker; outreach is its secretary, coordinator coordinates it."""

from typing import Any

from .concertation import Line, nothing, our_group
from .world import World


def _our_member(world: World) -> dict[str, Any]:
    return {"slug": world.ours.group.slug, "uid": world.ours.seats["partner"].uid}


def _our_request(world: World) -> dict[str, Any]:
    asked, _made = world.ours.group.requests.get_or_create(
        email="demande@invente.test", defaults={"name": f"Demande {world.ours.canary}"}
    )
    return {"slug": world.ours.group.slug, "uid": asked.uid}


def _shown(world: World) -> dict[str, Any]:
    """Our group, which anybody may read and ask to join."""
    group = world.ours.group
    group.is_public = group.takes_requests = True
    group.save()
    return {"slug": group.slug}


def _our_body(world: World) -> dict[str, Any]:
    """Our group, which is a body of tenants."""
    world.ours.group.tenant_body = world.ours.tenant_body
    world.ours.group.save()
    return {"slug": world.ours.group.slug}


def _guessed(world: World) -> dict[str, Any]:
    return {"token": "devine"}


LINES: list[Line] = [
    ("concertation:groups", "GET", "L22222222", nothing, "", nothing),
    ("concertation:group", "GET", "L42242222", our_group, "", nothing),
    ("concertation:group_new", "GET", "L2FFFFF22", nothing, "", nothing),
    ("concertation:group_new", "GET", "L4FF4F222", nothing, "?sous=table-canariours", nothing),
    ("concertation:group_new", "POST", "LUFFFFFUU", nothing, "", nothing),
    ("concertation:group_about", "GET", "L42242222", our_group, "", nothing),
    ("concertation:composition", "GET", "L42242222", our_group, "", nothing),
    ("concertation:composition", "GET", "L42242222", our_group, "?du=hier&au=0000-00-00", nothing),
    ("concertation:tenant_body", "GET", "L44444444", our_group, "", nothing),
    ("concertation:tenant_body", "GET", "L42242222", _our_body, "", nothing),
    ("concertation:group_edit", "GET", "L4FF4FF22", our_group, "", nothing),
    ("concertation:group_edit", "POST", "L4FF4FFUU", our_group, "", nothing),
    ("concertation:group_history", "GET", "L4FF4F222", our_group, "", nothing),
    ("concertation:members", "GET", "L42242222", our_group, "", nothing),
    ("concertation:members", "GET", "L42242222", our_group, "?anciens=1", nothing),
    ("concertation:members_file", "GET", "L4FF4F222", our_group, "", nothing),
    ("concertation:member_add", "GET", "L4FF4FF22", our_group, "?q=membre", nothing),
    ("concertation:member_add", "POST", "L4FF4FFUU", our_group, "", nothing),
    ("concertation:member", "GET", "L4FF4FF22", _our_member, "", nothing),
    ("concertation:member", "POST", "L4FF4FFUU", _our_member, "", nothing),
    ("concertation:member_end", "GET", "LMMMMMMMM", _our_member, "", nothing),
    ("concertation:member_end", "POST", "L4FF4FFRR", _our_member, "", nothing),
    ("concertation:leave", "GET", "L42242224", our_group, "", nothing),
    ("concertation:leave", "POST", "L4RR4RRR4", our_group, "", nothing),
    ("concertation:group_sheet", "GET", "444444444", our_group, "", nothing),
    ("concertation:group_sheet", "GET", "222222222", _shown, "", nothing, True),
    ("concertation:join", "GET", "444444444", our_group, "", nothing),
    ("concertation:join", "GET", "222222222", _shown, "", nothing, True),
    ("concertation:join", "POST", "UUUUUUUUU", _shown, "", nothing, True),
    ("concertation:requests", "GET", "L4FF4F222", our_group, "", nothing),
    ("concertation:request_decide", "GET", "LMMMMMMMM", _our_request, "", nothing),
    ("concertation:request_decide", "POST", "L4FF4FRRR", _our_request, "", nothing),
    ("concertation:member_invite", "GET", "LMMMMMMMM", _our_member, "", nothing),
    ("concertation:member_invite", "POST", "L4FF4FFRR", _our_member, "", nothing),
    ("concertation:account_link", "GET", "444444444", _guessed, "", nothing),
    ("concertation:account_link", "POST", "444444444", _guessed, "", nothing),
]
