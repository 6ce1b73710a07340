"""Reminders of days that come: funding to ask for, vigilance schemes to review. One message a person, once at each step."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext

from maillage.concertation.enums import ANIMATING
from maillage.concertation.models import Member
from maillage.programs.enums import Role
from maillage.programs.models import Membership
from maillage.projects.enums import FundingState, ProjectRole
from maillage.projects.models import FundingRequest, Project, VigilanceScheme

from .reminder_mail import Reader, reader_of, reader_with_account, to_tell, write_reminder

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
        write_reminder(reader, topic="funding", subject=_asking, lines=found, page="projects:funding_sources")
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
            team = teams.setdefault(scheme.program_id, _team(scheme.program_id))
            for reader in _watching(scheme, team):
                lines[reader].append(scheme)
    for reader, found in lines.items():
        write_reminder(reader, topic="vigilance", subject=_reviewing, lines=found, page="projects:schemes")
    _told(VigilanceScheme, lines.values())
    return len(lines)


def next_day(request: FundingRequest, today: date) -> date:
    """The next day that `request` waits for: its own, or its funder's when it closes first. One of them is to come."""
    closes = request.source.closes_on if request.source is not None else None
    return min(day for day in (request.due_on, closes) if day is not None and day >= today)


def responsible_for(project: Project) -> set[Reader]:
    """Who leads a project; without them, who animates its group; without them, who coordinates its programme."""
    leads = project.people.filter(role=ProjectRole.LEAD).select_related("person__user").order_by("id")
    if found := _readers(reader_of(one.person) for one in leads):
        return found
    animating = Member.objects.current().filter(group=project.group_id, role__in=ANIMATING)
    if found := _readers(reader_of(one.person) for one in animating.select_related("person__user").order_by("id")):
        return found
    team = _team(project.program_id) if project.program_id else []
    return _readers(reader_with_account(one.user) for one in team if one.role == Role.COORDINATOR)


def _team(program: int) -> list[Membership]:
    team = Membership.objects.current().team().filter(program=program).select_related("user")
    return list(team.prefetch_related("divisions").order_by("id"))


def _watching(scheme: VigilanceScheme, team: Iterable[Membership]) -> set[Reader]:
    """Of a team: who coordinates, and who works in the MRC of the scheme's site."""
    return _readers(
        reader_with_account(one.user)
        for one in team
        if one.role == Role.COORDINATOR or scheme.site.mrc_id in {division.pk for division in one.divisions.all()}
    )


def _readers(found: Iterable[Reader | None]) -> set[Reader]:
    return {reader for reader in found if reader is not None}


def _told(model: Any, lines: Iterable[list[Any]]) -> None:
    model.objects.filter(pk__in={line.pk for found in lines for line in found}).update(reminded_at=timezone.now())


def _asking(count: int) -> str:
    return ngettext("%d demande de financement à déposer", "%d demandes de financement à déposer", count) % count


def _reviewing(count: int) -> str:
    said = ngettext("%d système de vigilance est à revoir", "%d systèmes de vigilance sont à revoir", count)
    return said % count
