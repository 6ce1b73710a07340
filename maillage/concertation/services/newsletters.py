"""Writes letters: composed from what is new, finished by a person, sent once to the members of the group."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from maillage.concertation.community.addressing import reached_members
from maillage.concertation.community.letters import kept_sections
from maillage.concertation.community.news import KINDS, news_of
from maillage.concertation.community.privacy import refuse_identities
from maillage.concertation.models import Group, Newsletter
from maillage.concertation.permissions import can_animate, member_of
from maillage.core.errors import Refused, require
from maillage.core.public_address import public_url
from maillage.core.services import Written, audit, queue_mail, write

from .initiatives import WrittenMeanwhile

LONGEST = 366  # days that a letter covers
LONGEST_LINE = 300


@transaction.atomic
def compose_letter(*, actor: Any, group: Group, title: str, start: date, end: date) -> Newsletter:
    """Start a letter with all that is new in `group` from `start` to `end`, both included; nothing is sent."""
    require(can_animate(actor, group, member_of(actor, group)))
    if end < start:
        raise ValidationError({"end": _("La fin précède le début.")})
    if (end - start).days > LONGEST:
        raise ValidationError({"start": _("Une infolettre couvre un an au plus.")})
    found = news_of(group, _moment(start), _moment(end + timedelta(days=1)))
    sections = [
        {"kind": kind, "lines": [news.as_line() for news in found if news.kind == kind]}
        for kind in KINDS
        if any(news.kind == kind for news in found)
    ]
    values = {"title": title, "start": start, "end": end, "content": sections}
    return write(
        actor=actor,
        obj=Newsletter(group=group),
        values=values,
        new="concertation.letter_composed",
        changed="concertation.letter_edited",
        secret=("content",),
    ).obj


@transaction.atomic
def edit_letter(
    *, actor: Any, letter: Newsletter, seen: str, lines: Sequence[Sequence[tuple[bool, str]]], **values: Any
) -> Written[Newsletter]:
    """Finish a letter that was not sent: for each line, whether it is kept and in which words.

    `seen` is the moment that the person's page had; a later one refuses (`WrittenMeanwhile`).
    """
    now = _open_letter(actor, letter)
    if now.updated_at.isoformat() != seen:
        raise WrittenMeanwhile(_("Quelqu'un a modifié cette infolettre entre-temps. Comparez, puis enregistrez."))
    refuse_identities(introduction=values.get("introduction", ""), title=values.get("title", ""))
    content = [
        {
            **section,
            "lines": [
                {**line, "kept": kept, "title": " ".join(words.split())[:LONGEST_LINE] or line["title"]}
                for line, (kept, words) in zip(section["lines"], said, strict=True)
            ],
        }
        for section, said in zip(now.content, lines, strict=True)
    ]
    values["content"] = content
    verb = "concertation.letter_edited"
    return write(actor=actor, obj=now, values=values, new=verb, changed=verb, secret=("content", "introduction"))


@transaction.atomic
def discard_letter(*, actor: Any, letter: Newsletter) -> None:
    """Throw away a letter that was not sent."""
    now = _open_letter(actor, letter)
    audit(actor=actor, verb="concertation.letter_discarded", obj=now)
    now.delete()


@transaction.atomic
def send_letter(*, actor: Any, letter: Newsletter) -> int:
    """Queue a letter for each current member who has an address, once and for all; give how many messages were queued."""
    now = _open_letter(actor, letter)
    if not now.introduction and not kept_sections(now):
        raise Refused(_("Cette infolettre est vide : écrivez un mot d'ouverture ou gardez au moins une ligne."))
    now.sent_at = timezone.now()
    now.save()
    members = now.group.members.current().select_related("person__user").order_by("person__name", "id")
    queued = 0
    for somebody in reached_members(members):
        with translation.override(somebody.language):
            shown = {
                "letter": now,
                "sections": kept_sections(now),
                "site": public_url("/").rstrip("/"),
                "link": public_url(reverse("concertation:letter", args=[now.uid])),
            }
            mail = queue_mail(
                event=f"letter.{now.uid}",
                to=somebody.email,
                subject=now.title,
                text=render_to_string("concertation/community/mail/letter.txt", shown),
                topic=f"group.{now.group_id}.letter",
                language=somebody.language,
            )
        queued += mail is not None
    audit(actor=actor, verb="concertation.letter_sent", obj=now, changes={"messages": [None, queued]})
    return queued


@transaction.atomic
def show_letter(*, actor: Any, letter: Newsletter, public: bool) -> Written[Newsletter]:
    """Let everybody read the public lines of a letter that was sent, or keep it in the group."""
    require(can_animate(actor, letter.group, member_of(actor, letter.group)))
    verb = "concertation.letter_shown"
    return write(actor=actor, obj=letter, values={"is_public": public}, new=verb, changed=verb)


def _open_letter(actor: Any, letter: Newsletter) -> Newsletter:
    """The letter, locked, which only the animation changes and nobody once it was sent."""
    require(can_animate(actor, letter.group, member_of(actor, letter.group)))
    now = Newsletter.objects.select_for_update(of=("self",)).select_related("group").get(pk=letter.pk)
    if now.sent_at is not None:
        raise Refused(_("Cette infolettre est déjà partie : elle ne change plus."))
    return now


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
