"""The account of a meeting for anybody: plain words, decisions, how many came; no name of a person."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from .enums import Capacity
from .models import Decision, Group, Meeting, Minutes

SHEET = 5  # accounts that a group's public sheet lists
SMALL = 5  # fewer persons than that, of one capacity, are not told apart


@dataclass(frozen=True, slots=True)
class Account:
    """What the public page shows."""

    minutes: Minutes
    decisions: list[Decision]
    organizations: list[str]
    present: int
    shares: list[tuple[Any, int]]

    @property
    def meeting(self) -> Meeting:
        """The meeting it tells."""
        return self.minutes.meeting


def published() -> QuerySet[Minutes]:
    """Accounts that anybody may read: published, of a group that is not discreet."""
    return Minutes.objects.published().filter(meeting__group__is_discreet=False).select_related("meeting__group")


def public_account(uid: UUID) -> Account:
    """The account of the meeting `uid`; 404 unless it is published."""
    found = get_object_or_404(published(), meeting__uid=uid)
    meeting = found.meeting
    people = list(meeting.attendances.select_related("organization").order_by("id"))
    counts: Counter[str] = Counter(line.capacity for line in people)
    for guest in meeting.guests.all():
        counts[guest.capacity] += guest.count
    shares = [(label, counts[code]) for code, label in Capacity.choices if counts[code] >= SMALL]
    organizations = sorted({line.organization.name for line in people if line.organization})
    decisions = Decision.objects.filter(meeting=meeting).order_by("number")
    return Account(found, list(decisions), organizations, sum(counts.values()), shares)


def published_part(request: HttpRequest, group: Group) -> dict[str, Any]:
    """The latest accounts of a group, for its public sheet."""
    return {"accounts": list(published().filter(Q(meeting__group=group))[:SHEET])}
