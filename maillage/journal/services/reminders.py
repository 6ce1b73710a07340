"""Reminders of follow-ups that are late: one message a person, never twice in a week for the same referral."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from maillage.core.public_address import public_url
from maillage.core.services import queue_mail
from maillage.journal.loops import REMIND_AGAIN_DAYS
from maillage.journal.models import Referral
from maillage.programs.models import Membership

NAMED = 20  # referrals that a message names


def remind_follow_ups() -> int:
    """Write to those whose follow-ups are late and who are still in the team; give how many messages were queued."""
    now = timezone.now()
    told = Q(reminded_at=None) | Q(reminded_at__lt=now - timedelta(days=REMIND_AGAIN_DAYS))
    still = Membership.objects.current().team().filter(user=OuterRef("entry__worker__user"))
    late = (
        Referral.objects.late()
        .filter(told, Exists(still.filter(program=OuterRef("entry__program"))), entry__worker__user__is_active=True)
        .select_related("entry__worker__user", "destination")
        .order_by("entry__worker__user", "due_on", "id")
    )
    sent = 0
    for _user, lines in groupby(late, key=lambda referral: referral.entry.worker.user_id):
        sent += _remind(lines=list(lines), now=now)
    return sent


@transaction.atomic
def _remind(*, lines: Sequence[Referral], now: datetime) -> int:
    user = lines[0].entry.worker.user
    shown = {
        "name": user.full_name,
        "count": len(lines),
        "lines": lines[:NAMED],
        "more": len(lines) - NAMED if len(lines) > NAMED else 0,
        "link": public_url(reverse("journal:follow_ups")),
    }
    with translation.override(user.language):
        text = render_to_string("journal/mail/late.txt", shown)
        subject = ngettext("%d suivi vous attend", "%d suivis vous attendent", len(lines)) % len(lines)
    first = lines[0]
    told = f"{len(lines)}.{first.pk}.{first.reminded_at or ''}"  # the same referrals, told the same time, are one event
    mail = queue_mail(
        event=f"journal.late.{user.pk}.{timezone.localdate(now)}.{told}",
        topic="journal.reminders",
        to=user.email,
        subject=subject,
        text=text,
        language=user.language,
    )
    Referral.objects.filter(pk__in=[line.pk for line in lines]).update(reminded_at=now)
    return int(mail is not None)
