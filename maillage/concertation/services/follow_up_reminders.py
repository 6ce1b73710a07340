"""Reminders of follow-ups whose day has come: one message a person and group, once a week at most for the same follow-up."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from maillage.concertation.models import FollowUp, Member
from maillage.core.public_address import public_url
from maillage.core.services import queue_mail

AGAIN = timedelta(days=7)
NAMED = 20  # follow-ups that a message names


@transaction.atomic
def remind_group_follow_ups() -> int:
    """Write to the members who promised what is late, as long as they are members; give how many messages were queued."""
    now = timezone.now()
    told = Q(reminded_at=None) | Q(reminded_at__lt=now - AGAIN)
    current = Member.objects.current().select_related("person__user", "group").order_by("id")
    late = FollowUp.objects.late().filter(told).select_for_update(of=("self",))
    lines: dict[int, list[FollowUp]] = defaultdict(list)
    people: dict[int, Member] = {}
    for follow_up in late.prefetch_related(Prefetch("members", current)):
        for member in follow_up.members.all():
            people[member.pk] = member
            lines[member.pk].append(follow_up)
    sent = [pk for pk, found in lines.items() if _remind(people[pk], found, now)]
    FollowUp.objects.filter(pk__in={line.pk for pk in sent for line in lines[pk]}).update(reminded_at=now)
    return len(sent)


def _remind(member: Member, lines: Sequence[FollowUp], now: datetime) -> bool:
    user = member.person.user
    address = user.email if user else member.person.email
    if not address or (user and not user.is_active):
        return False
    language = user.language if user else "fr-ca"
    with translation.override(language):
        shown = {
            "name": member.person.name,
            "group": member.group,
            "count": len(lines),
            "lines": lines[:NAMED],
            "more": max(len(lines) - NAMED, 0),
            "link": public_url(reverse("concertation:my_follow_ups")) if user else "",
        }
        text = render_to_string("concertation/mail/follow_ups.txt", shown)
        subject = ngettext("%d suivi de groupe vous attend", "%d suivis de groupe vous attendent", len(lines))
        queue_mail(
            event=f"member.{member.uid}.follow_ups.{now:%Y%m%dT%H%M%S}",
            topic=f"group.{member.group_id}.follow_ups",
            to=address,
            subject=subject % len(lines),
            text=text,
            language=language,
        )
    return True
