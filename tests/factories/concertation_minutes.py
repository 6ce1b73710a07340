"""What minutes hold: items, decisions, follow-ups."""

from typing import Any

from django.utils import timezone

from maillage.concertation.models import AgendaItem, Decision, FollowUp, Group, Meeting

from .counter import following


def make_agenda_item(meeting: Meeting, **fields: Any) -> AgendaItem:
    """An item of a meeting's agenda, after the others."""
    position = meeting.items.count()
    return AgendaItem.objects.create(
        meeting=meeting, **{"title": f"Point {following()}", "position": position, **fields}
    )


def make_decision(group: Group, **fields: Any) -> Decision:
    """A decision of `group` with the next number, taken today outside of a meeting unless one is given."""
    number = group.decisions.count() + 1
    values = {"text": f"On fait la chose {number}.", "number": number, "decided_on": timezone.localdate(), **fields}
    return Decision.objects.create(group=group, **values)


def make_follow_up(group: Group, members: Any = (), **fields: Any) -> FollowUp:
    """Something that was promised in `group` by `members`."""
    follow_up = FollowUp.objects.create(group=group, **{"what": f"Appeler la ville {following()}", **fields})
    follow_up.members.set(members)
    return follow_up
