"""Writes what a calendar's file holds as meetings of a group: all of it, or nothing."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.concertation.calendars import kept_files
from maillage.concertation.calendars.importing import Plan, plan
from maillage.concertation.enums import MeetingState
from maillage.concertation.models import Group, Meeting
from maillage.concertation.permissions import can_animate
from maillage.core.errors import Refused, require

from .meetings import cancel_meeting, restore_meeting, save_meeting


@transaction.atomic
def import_calendar(*, actor: Any, group: Group, data: bytes) -> Plan:
    """Make, change and call off the meetings of `group` that the file says; gives what was done. Twice is once.

    Raises `NotAllowed`, or `Refused` when something in the file cannot be read: nothing is written then.
    """
    require(can_animate(actor, group))
    group = Group.objects.select_for_update().get(
        pk=group.pk
    )  # two imports at once: the second compares with the first
    done = plan(group, data)
    if done.reading.problems:
        raise Refused(_("Rien n'est inscrit : une partie du fichier ne se lit pas."))
    for one in done.new:
        made = save_meeting(actor=actor, group=group, **one.values, calendar_source=one.source).obj
        _remember(made, one.said)
    for meeting, one, moved in done.changed:
        if meeting.state == MeetingState.CANCELLED:
            meeting = restore_meeting(actor=actor, meeting=meeting)
        values = {name: value for name, value in one.values.items() if name in moved}
        save_meeting(actor=actor, group=group, meeting=meeting, **values)
        _remember(meeting, one.said)
    for meeting in done.cancelled:
        cancel_meeting(actor=actor, meeting=meeting, reason=_("Annulée dans le calendrier d'origine"))
        _remember(meeting, meeting.calendar_said | {"cancelled": True})
    return done


def forget_kept_files() -> int:
    """Forget the files that nobody came back to for a day; how many."""
    return kept_files.forget_old()


def _remember(meeting: Meeting, said: dict[str, Any]) -> None:
    """Keep what the calendar said, to know at the next import what it changed."""
    Meeting.objects.filter(pk=meeting.pk).update(calendar_said=said)
