"""Page-ready reads of groups."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from .models import Group, Meeting, Member
from .permissions import can_animate, can_keep_members, member_of


@dataclass(frozen=True, slots=True)
class GroupSeen:
    """A group as somebody sees it: their membership (None for an administrator) and what they may do."""

    group: Group
    member: Member | None
    animates: bool
    keeps: bool

    @property
    def takes_part(self) -> bool:
        """Whether they are a member."""
        return self.member is not None


def group_seen(request: HttpRequest, slug: str) -> GroupSeen:
    """The group of this address as the person sees it, in one query (two for an administrator). 404 when they do not."""
    actor = request.user
    if not actor.is_authenticated:
        raise Http404
    beside = ("person", "organization", "group__territory", "group__host", "group__parent")
    mine = Member.objects.current().filter(group__slug=slug, person__user_id=actor.pk).select_related(*beside)
    member = mine.order_by("id").first()
    if member is not None:
        return _seen_by(actor, member.group, member)
    seen = Group.objects.visible_to(actor).select_related("territory", "host", "parent")
    if not actor.is_administrator:
        raise Http404
    return _seen_by(actor, get_object_or_404(seen, slug=slug), None)


def as_seen(actor: Any, group: Group) -> GroupSeen:
    """`group`, already fetched through `visible_to`, with what `actor` may do there."""
    member = member_of(actor, group)
    if member is None and not actor.is_administrator:
        raise Http404
    return _seen_by(actor, group, member)


def _seen_by(actor: Any, group: Group, member: Member | None) -> GroupSeen:
    animates = bool(actor.is_administrator) or (member is not None and bool(can_animate(actor, group, member)))
    keeps = bool(actor.is_administrator) or (member is not None and bool(can_keep_members(actor, group, member)))
    return GroupSeen(group, member, animates, keeps)


def meeting_seen(request: HttpRequest, uid: Any, *beside: str, **annotations: Any) -> tuple[GroupSeen, Meeting]:
    """The meeting of this address with its group as the person sees it, in two queries. 404 when they do not.

    What `beside` names is read with the meeting, and so are `annotations`, each under its name.
    """
    always = ("group__territory", "group__host", "group__parent", "division")
    found = Meeting.objects.visible_to(request.user).select_related(*always, *beside)
    meeting = get_object_or_404(found.annotate(**annotations), uid=uid)
    return as_seen(request.user, meeting.group), meeting
