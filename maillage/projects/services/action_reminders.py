"""Reminders of actions whose day has passed: one message a person, once a week at most for the same action."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from maillage.concertation.models import Member
from maillage.core.public_address import public_url
from maillage.core.services import queue_mail
from maillage.directory.models import Person
from maillage.projects.models import Action

AGAIN = timedelta(days=7)
NAMED = 20  # actions that a message names


@transaction.atomic
def remind_plan_actions() -> int:
    """Write to the current members who do what is late in plans; give how many messages were queued."""
    now = timezone.now()
    told = Q(reminded_at=None) | Q(reminded_at__lt=now - AGAIN)
    current = Member.objects.current().select_related("person__user").order_by("id")
    late = Action.objects.late().filter(told).select_for_update(of=("self",)).select_related("objective__plan")
    lines: dict[int, list[Action]] = defaultdict(list)
    people: dict[int, Person] = {}
    for action in late.prefetch_related(Prefetch("members", current)):
        for person in {member.person_id: member.person for member in action.members.all()}.values():
            people[person.pk] = person
            lines[person.pk].append(action)
    sent = [pk for pk, found in lines.items() if _remind(people[pk], found, now)]
    Action.objects.filter(pk__in={line.pk for pk in sent for line in lines[pk]}).update(reminded_at=now)
    return len(sent)


def _remind(person: Person, lines: Sequence[Action], now: datetime) -> bool:
    user = person.user
    address = user.email if user else person.email
    if not address or (user and not user.is_active):
        return False
    language = user.language if user else "fr-ca"
    with translation.override(language):
        shown = {
            "name": person.name,
            "count": len(lines),
            "lines": lines[:NAMED],
            "more": max(len(lines) - NAMED, 0),
            "link": public_url(reverse("projects:my_actions")) if user else "",
        }
        subject = ngettext("%d action est en retard", "%d actions sont en retard", len(lines)) % len(lines)
        queue_mail(
            event=f"person.{person.pk}.actions.{now:%Y%m%dT%H%M%S}",
            topic="actions",
            to=address,
            subject=subject,
            text=render_to_string("projects/mail/actions.txt", shown),
            language=language,
        )
    return True
