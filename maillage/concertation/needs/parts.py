"""What needs show on the first page of a group and on its public sheet."""

from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest

from maillage.concertation.enums import NeedState
from maillage.concertation.models import Group, NamedNeed
from maillage.concertation.queries import GroupSeen

from .outside import public_needs

SHOWN = 3


def needs_part(request: HttpRequest, seen: GroupSeen) -> dict[str, Any]:
    """The needs that come first."""
    alive = NamedNeed.objects.on_board().filter(Q(state=NeedState.OPEN) | Q(state=NeedState.TAKEN_UP), group=seen.group)
    first = alive.order_by(F("priority").asc(nulls_last=True), F("named_at").desc(), F("pk").desc())
    return {"first_needs": list(first[:SHOWN])}


def needs_sheet_part(request: HttpRequest, group: Group) -> dict[str, Any]:
    """The needs that anybody may read, with what came of them."""
    return {"sheet_needs": public_needs(group)}
