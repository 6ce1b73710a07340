"""Sends what is new in a person's groups, one message a week at most, and writes how often they want it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from maillage.concertation.community.addressing import Reached, reached
from maillage.concertation.community.digest import MAIL_TOPIC, token_of, told_since, turn_of
from maillage.concertation.community.news import KINDS, News, meetings_ahead, news_of
from maillage.concertation.enums import Frequency, GroupState
from maillage.concertation.models import DigestChoice, Group, Member
from maillage.core.models import MailChoice
from maillage.core.public_address import public_url
from maillage.core.services import audit, queue_mail
from maillage.directory.models import Person

AHEAD = timedelta(days=14)  # meetings that a digest recalls
SHOWN = 12  # lines of one kind, in one group
_Told = dict[tuple[int, datetime], list[News]]


def send_digests(*, now: datetime | None = None) -> int:
    """Write to the members to whom a digest is due and something is new; give how many messages were queued.

    Run every day. Each person has one transaction: what was told to one is not told again because of another.
    """
    now = now or timezone.now()
    current = Member.objects.current().exclude(group__state=GroupState.ENDED)
    members = current.select_related("group", "person__user", "person__digest_choice").order_by(
        "person_id", "group__name", "group_id", "id"
    )
    told: _Told = {}
    ahead: dict[int, list[News]] = {}
    sent = 0
    for _person, seats in groupby(members, key=lambda member: member.person_id):
        sent += _send_to(list(seats), now, told, ahead)
    return sent


def _send_to(seats: Sequence[Member], now: datetime, told: _Told, ahead: dict[int, list[News]]) -> int:
    person = seats[0].person
    choice = getattr(person, "digest_choice", None)
    since, somebody = told_since(choice, now), reached(person)
    if since is None or somebody is None:
        return 0
    without = set(choice.without) if choice else set()
    parts = []
    for group in {seat.group_id: seat.group for seat in seats}.values():
        if (group.pk, since) not in told:
            told[group.pk, since] = news_of(group, since, now)
        if group.pk not in ahead:
            ahead[group.pk] = meetings_ahead(group, now + AHEAD)
        news = [one for one in told[group.pk, since] if one.kind not in without]
        if news:
            parts.append((group, _by_kind(news), [] if "meetings" in without else ahead[group.pk]))
    with transaction.atomic():
        turn = turn_of(choice.frequency if choice else Frequency.WEEKLY, now)
        DigestChoice.objects.update_or_create(person=person, defaults={"sent_at": now})
        return int(bool(parts) and _queue(somebody, parts, since, turn))


def _by_kind(news: Iterable[News]) -> list[tuple[Any, list[News], int]]:
    """Kinds with their lines, and how many more there are than those shown."""
    found = []
    for kind, lines in groupby(news, key=lambda one: one.kind):
        listed = list(lines)
        found.append((KINDS[kind], listed[:SHOWN], max(0, len(listed) - SHOWN)))
    return found


def _queue(somebody: Reached, parts: list[tuple[Group, Any, list[News]]], since: datetime, turn: datetime) -> bool:
    with translation.override(somebody.language):
        shown = {
            "name": somebody.person.name,
            "parts": parts,
            "since": since,
            "site": public_url("/").rstrip("/"),
            "choice": public_url(reverse("concertation:digest_choice", args=[token_of(somebody.person)])),
        }
        mail = queue_mail(
            event=f"digest.{somebody.person.uid}.{timezone.localdate(turn).isoformat()}",
            to=somebody.email,
            subject=_("Du nouveau dans vos groupes"),
            text=render_to_string("concertation/community/mail/digest.txt", shown),
            topic=MAIL_TOPIC,
            language=somebody.language,
        )
    return mail is not None


@transaction.atomic
def choose_digest(*, actor: Any, person: Person, frequency: str, without: Iterable[str]) -> DigestChoice:
    """Write how often `person` wants the digest, and which kinds of news they leave out. `actor` is the person's account,
    or None when they came by the link of a message; whoever holds that link may choose, nothing else."""
    choice, _new = DigestChoice.objects.select_for_update().get_or_create(person=person)
    left_out = sorted(set(without) & set(KINDS))
    changes = {"frequency": [choice.frequency, frequency], "without": [choice.without, left_out]}
    choice.frequency, choice.without = frequency, left_out
    choice.full_clean()
    choice.save()
    if frequency != Frequency.NEVER and (somebody := reached(person)) is not None:
        MailChoice.objects.filter(email=somebody.email, topic=MAIL_TOPIC).delete()
    audit(actor=actor, verb="concertation.digest_chosen", obj=choice, changes=changes)
    return choice
