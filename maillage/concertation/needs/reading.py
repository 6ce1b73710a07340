"""One need as somebody sees it."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from maillage.concertation.enums import ANIMATING, NeedState
from maillage.concertation.models import Group, Member, NamedNeed, NeedSupport
from maillage.concertation.queries import GroupSeen, as_seen

from .support import with_support

DETAILS = (
    "group",
    "term",
    "site",
    "meeting",
    "named_by__person",
    "raised__division",
    "raised__program",
)


def need_seen(request: HttpRequest, uid: UUID) -> tuple[GroupSeen, NamedNeed]:
    """A need of a group that the person sees; what is still to be read, or was declined, is for those who animate.

    It comes with `supporters`, how many live it too, and `lived`, whether the person does.
    """
    mine = Group.objects.visible_to(request.user).order_by().values("pk")
    lives = NeedSupport.objects.filter(need=OuterRef("pk"), member__person__user_id=request.user.pk)
    found = with_support(NamedNeed.objects.filter(group__in=mine)).annotate(lived=Exists(lives))
    need = get_object_or_404(found.select_related(*DETAILS), uid=uid)
    seen = as_seen(request.user, need.group)
    if (need.declined or need.state == NeedState.PROPOSED) and not seen.animates:
        raise Http404
    return seen, need


def to_read_count(group: Any) -> int:
    """How many needs named without account wait for somebody of the group to read them."""
    return NamedNeed.objects.to_read().filter(group=group).count()


def to_read_by(actor: Any) -> int:
    """How many needs wait to be read in the groups that `actor` animates: for the page of the day."""
    mine = Member.objects.current().filter(person__user_id=actor.pk, role__in=ANIMATING).order_by().values("group")
    return NamedNeed.objects.to_read().filter(group__in=mine).count()
