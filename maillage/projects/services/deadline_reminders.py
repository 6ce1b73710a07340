"""Reminders of days that come: funding to ask for, vigilance schemes to review. One message a person, once at each step."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext

from maillage.programs.models import Membership
from maillage.projects.enums import FundingState
from maillage.projects.models import FundingRequest, VigilanceScheme
from maillage.projects.reminders import Reader, next_day, responsible_for, team_of, to_tell, watching

from .reminder_mail import write_reminder

ASKING = (30, 7)  # days before a deadline
REVIEWING = (0,)  # the day itself, or the first morning after


@transaction.atomic
def remind_funding() -> int:
    """Write to those responsible for projects that have money to ask for soon; give how many messages were queued.

    The day is that of the request, or the closing day of the funder's programme when it comes first. What is past is not told of.
    """
    today = timezone.localdate()
    last = today + timedelta(days=max(ASKING))
    near = Q(due_on__range=(today, last)) | Q(source__closes_on__range=(today, last))
    waiting = FundingRequest.objects.filter(near, state=FundingState.TO_MAKE).select_for_update(of=("self",))
    lines: dict[Reader, list[Any]] = defaultdict(list)
    for request in waiting.select_related("project__group", "project__program", "source").order_by("id"):
        request.day = next_day(request, today)  # type: ignore[attr-defined]
        if to_tell(next_day(request, today), request.reminded_at, today, ASKING):
            for reader in responsible_for(request.project):
                lines[reader].append(request)
    for reader, found in lines.items():
        found.sort(key=lambda one: (one.day, one.pk))
        write_reminder(reader=reader, topic="funding", subject=_asking, lines=found, page="projects:funding_sources")
    _told(FundingRequest, lines.values())
    return len(lines)


@transaction.atomic
def remind_vigilance() -> int:
    """Write to those responsible for vigilance schemes that are to be reviewed; give how many messages were queued."""
    today = timezone.localdate()
    due = VigilanceScheme.objects.filter(ended_on=None, review_on__lte=today).select_for_update(of=("self",))
    lines: dict[Reader, list[Any]] = defaultdict(list)
    teams: dict[int, list[Membership]] = {}
    for scheme in due.select_related("site", "program").order_by("review_on", "site__name", "id"):
        assert scheme.review_on is not None
        if to_tell(scheme.review_on, scheme.reminded_at, today, REVIEWING):
            team = teams.setdefault(scheme.program_id, team_of(scheme.program_id))
            for reader in watching(scheme, team):
                lines[reader].append(scheme)
    for reader, found in lines.items():
        write_reminder(reader=reader, topic="vigilance", subject=_reviewing, lines=found, page="projects:schemes")
    _told(VigilanceScheme, lines.values())
    return len(lines)


def _told(model: Any, lines: Iterable[list[Any]]) -> None:
    model.objects.filter(pk__in={line.pk for found in lines for line in found}).update(reminded_at=timezone.now())


def _asking(count: int) -> str:
    return ngettext("%d demande de financement à déposer", "%d demandes de financement à déposer", count) % count


def _reviewing(count: int) -> str:
    said = ngettext("%d système de vigilance est à revoir", "%d systèmes de vigilance sont à revoir", count)
    return said % count
