"""Rows of the life of referrals: the team follows them; a receiver by a link, and whoever holds the code, answer."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from maillage.journal.links import digest_of
from maillage.journal.models import Referral, ReferralEvent, ReferralLink
from tests.factories import make_entry, make_referral

from .world import Side, World

Arguments = Callable[[World], dict[str, Any]]
# Name, method, letters, arguments, query, what is sent, public: the order of the letters is that of `world.ROLES`.
Line = tuple[str, str, str, Arguments, str, Arguments, bool]
TOKEN = "un-jeton-pour-la-matrice"


def _nothing(world: World) -> dict[str, Any]:
    return {}


def made(side: Side, **fields: Any) -> Referral:
    """A referral of this side's worker, long due."""
    entry = make_entry(side.program, side.members["worker"], site=side.site, date=timezone.localdate())
    return make_referral(side.program, entry=entry, organization=side.organization, due_on=date(2020, 1, 1), **fields)


def _referral(world: World) -> dict[str, Any]:
    made(world.theirs)
    return {"uid": made(world.ours).uid}


def _listed(world: World) -> dict[str, Any]:
    _referral(world)
    return {}


def _obtained(world: World) -> dict[str, Any]:
    referral = made(world.ours, state="obtained")
    ReferralEvent.objects.create(referral=referral, state="obtained", by_label="Quelqu'un")
    return {"uid": referral.uid}


def _link(world: World) -> dict[str, Any]:
    referral = made(world.ours, consent=True, state="sent")
    until = timezone.now() + timedelta(days=3)
    values = {"referral": referral, "expires_at": until, "revoked_at": None}
    link, _made = ReferralLink.objects.update_or_create(digest=digest_of(TOKEN), defaults=values)
    return {"uid": referral.uid, "pk": link.pk}


def _token(world: World) -> dict[str, Any]:
    _link(world)
    return {"token": TOKEN}


def _expired(world: World) -> dict[str, Any]:
    _link(world)
    ReferralLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    return {"token": TOKEN}


def _code(world: World) -> dict[str, Any]:
    return {"code": made(world.ours).code}


TEAM = "L44442222"
LINES: list[Line] = [
    ("journal:follow_ups", "GET", "L24442222", _listed, "", _nothing, False),
    ("journal:follow_ups", "GET", TEAM, _listed, "?qui=equipe&programme=programme-canariours", _nothing, False),
    ("journal:loop_figures", "GET", "L24442222", _listed, "", _nothing, False),
    ("journal:loop_figures", "GET", TEAM, _listed, "?programme=programme-canariours", _nothing, False),
    ("journal:loop_figures_file", "GET", "L24442222", _listed, "", _nothing, False),
    ("journal:loop_figures_file", "GET", TEAM, _listed, "?programme=programme-canariours", _nothing, False),
    ("journal:follow_up", "GET", TEAM, _referral, "", _nothing, False),
    ("journal:slip", "GET", TEAM, _referral, "", _nothing, False),
    ("journal:slip", "POST", "LMMMMMMMM", _referral, "", _nothing, False),
    ("journal:follow_up_note", "GET", "LMMMMMMMM", _referral, "", _nothing, False),
    ("journal:follow_up_note", "POST", "L4444RRRF", _referral, "", lambda world: {"do": "obtained"}, False),
    ("journal:follow_up_note", "POST", "L4444BBBF", _referral, "", lambda world: {"do": "refused"}, False),
    ("journal:follow_up_undo", "POST", "L4444RCCF", _obtained, "", lambda world: {"seen": "obtained"}, False),
    ("journal:follow_up_postpone", "POST", "L4444RRRF", _referral, "", lambda world: {"due_on": ""}, False),
    ("journal:transmit", "GET", "L44442F2F", _referral, "", _nothing, False),
    ("journal:transmit", "POST", "L4444BFBF", _referral, "", lambda world: {"email": ""}, False),
    ("journal:revoke_link", "GET", "LMMMMMMMM", _link, "", _nothing, False),
    ("journal:revoke_link", "POST", "L4444RFRF", _link, "", _nothing, False),
    ("journal:receiver", "GET", "222222222", _token, "", _nothing, True),
    ("journal:receiver", "GET", "444444444", lambda world: {"token": "devine"}, "", _nothing, False),
    ("journal:receiver", "GET", "GGGGGGGGG", _expired, "", _nothing, False),
    ("journal:receiver", "POST", "GGGGGGGGG", _expired, "", lambda world: {"do": "accepted"}, False),
    ("journal:receiver", "POST", "444444444", lambda world: {"token": "devine"}, "", _nothing, False),
    ("journal:code", "GET", "222222222", _nothing, "", _nothing, False),
    ("journal:code", "POST", "444444444", _nothing, "", lambda world: {"code": "0000-0000"}, False),
    ("journal:code", "POST", "222222222", _nothing, "", _code, False),
]
