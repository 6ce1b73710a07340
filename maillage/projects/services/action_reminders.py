"""Reminders of actions whose day has passed: one message a person, once a week at most for the same action."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import ngettext

from maillage.concertation.models import Member
from maillage.projects.models import Action
from maillage.projects.reminders import Reader, reader_of

from .reminder_mail import write_reminder

AGAIN = timedelta(days=7)


@transaction.atomic
def remind_plan_actions() -> int:
    """Write to the current members who do what is late in plans; give how many messages were queued."""
    now = timezone.now()
    told = Q(reminded_at=None) | Q(reminded_at__lt=now - AGAIN)
    current = Member.objects.current().select_related("person__user").order_by("id")
    # What goes on in a later plan is waited for there.
    late = (
        Action.objects.late()
        .filter(told, carried_to=None)
        .select_for_update(of=("self",))
        .select_related("objective__plan")
    )
    lines: dict[Reader, list[Action]] = defaultdict(list)
    for action in late.prefetch_related(Prefetch("members", current)):
        for reader in {reader_of(member.person) for member in action.members.all()}:
            if reader is not None:
                lines[reader].append(action)
    for reader, found in lines.items():
        write_reminder(reader=reader, topic="actions", subject=_subject, lines=found, page="projects:my_actions")
    Action.objects.filter(pk__in={line.pk for found in lines.values() for line in found}).update(reminded_at=now)
    return len(lines)


def _subject(count: int) -> str:
    return ngettext("%d action est en retard", "%d actions sont en retard", count) % count
