"""Writes polls: dates proposed for a meeting that has none, what members say of them, the date that is chosen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from maillage.concertation.enums import MeetingState, PollReply
from maillage.concertation.models import Meeting, Member, PollAnswer, PollOption
from maillage.concertation.permissions import can_animate, can_take_part
from maillage.concertation.poll_links import token_for
from maillage.concertation.times import span_words
from maillage.core.errors import Refused, require
from maillage.core.public_address import public_url
from maillage.core.services import audit, queue_mail, write

from .meeting_lock import locked
from .meeting_mail import members_to_write
from .meeting_versions import rewrite

MOST = 30  # dates proposed for one meeting


class PollClosed(Refused):
    """The date is chosen, or the meeting called off: nothing more is said of the dates."""


@transaction.atomic
def add_option(*, actor: Any, meeting: Meeting, starts_at: datetime, ends_at: datetime) -> PollOption:
    """Propose a date; the answers to the others stay."""
    require(can_animate(actor, meeting.group))
    meeting = _open(meeting)
    if starts_at <= timezone.now():
        raise Refused(_("Cette date est passée : proposez-en une à venir."))
    same = meeting.poll_options.filter(starts_at=starts_at).first()
    if same is not None and same.ends_at == ends_at:
        return same
    if same is not None:
        raise Refused(_("Une date proposée commence déjà à ce moment. Retirez-la d'abord."))
    if meeting.poll_options.count() >= MOST:
        raise Refused(_("Un sondage compte au plus {most} dates.").format(most=MOST))
    verb = "concertation.poll_option_added"
    values = {"starts_at": starts_at, "ends_at": ends_at}
    return write(actor=actor, obj=PollOption(meeting=meeting), values=values, new=verb, changed=verb).obj


@transaction.atomic
def remove_option(*, actor: Any, option: PollOption) -> None:
    """Take a proposed date back; the answers to the others stay."""
    require(can_animate(actor, option.meeting.group))
    _open(option.meeting)
    audit(actor=actor, verb="concertation.poll_option_removed", obj=option.meeting)
    PollOption.objects.filter(pk=option.pk).delete()


@transaction.atomic
def answer_poll(*, actor: Any, meeting: Meeting, member: Member, replies: Mapping[PollOption, str]) -> int:
    """Say what `member` thinks of dates; how many replies are new or changed.

    `actor` is the member's account, or None when they come by their link. Dates that are past take no answer; those of
    which nothing is said keep theirs. Raises `PollClosed` once the date is chosen.
    """
    if actor is not None:
        require(can_take_part(actor, meeting.group, member))
    meeting = _open(meeting)
    if not Member.objects.current().filter(pk=member.pk, group=meeting.group_id).exists():
        raise Refused(_("Vous n'êtes plus membre de ce groupe : votre réponse n'est pas prise."))
    now, changed = timezone.now(), 0
    before = dict(PollAnswer.objects.filter(option__meeting=meeting, member=member).values_list("option", "reply"))
    there = set(meeting.poll_options.filter(starts_at__gt=now).values_list("pk", flat=True))
    for option, reply in replies.items():
        if option.pk not in there or reply not in PollReply.values or before.get(option.pk) == reply:
            continue
        PollAnswer.objects.update_or_create(option=option, member=member, defaults={"reply": reply})
        changed += 1
    if changed:
        audit(actor=actor, verb="concertation.poll_answered", obj=meeting, changes={"answers": [0, changed]})
    return changed


@transaction.atomic
def choose_date(*, actor: Any, option: PollOption) -> Meeting:
    """The meeting takes this date; the poll closes and its answers stay to be read."""
    require(can_animate(actor, option.meeting.group))
    meeting = _open(option.meeting)
    option = PollOption.objects.get(pk=option.pk)
    if option.starts_at <= timezone.now():
        raise Refused(_("Cette date est passée. Proposez-en d'autres."))
    values = {"starts_at": option.starts_at, "ends_at": option.ends_at, "state": MeetingState.PLANNED}
    return rewrite(actor=actor, meeting=meeting, values=values, verb="concertation.poll_chosen").obj


@transaction.atomic
def send_poll(*, actor: Any, meeting: Meeting) -> int:
    """Write to the members who have not said something of each date, each with their own link; how many messages left.

    Once a day at most to one person.
    """
    require(can_animate(actor, meeting.group))
    meeting = _open(meeting)
    options = list(meeting.poll_options.filter(starts_at__gt=timezone.now()).order_by("starts_at", "id"))
    if not options:
        raise Refused(_("Aucune date à venir n'est proposée : ajoutez-en d'abord."))
    said: dict[int, int] = {}
    for member in PollAnswer.objects.filter(option__in=options).values_list("member", flat=True):
        said[member] = said.get(member, 0) + 1
    sent = 0
    for one in members_to_write(meeting=meeting):
        if one.seat is None or said.get(one.seat.pk, 0) == len(options):
            continue
        link = public_url(reverse("concertation:poll_link", args=[token_for(meeting, one.seat)]))
        with translation.override(one.language):
            whens = [span_words(option.starts_at, option.ends_at) for option in options]
            text = render_to_string("concertation/mail/poll.txt", {"meeting": meeting, "whens": whens, "link": link})
            mail = queue_mail(
                event=f"meeting.{meeting.uid}.poll.{timezone.localdate().isoformat()}",
                to=one.email,
                subject=_("Quelle date vous convient ? %s") % meeting.title,
                text=text,
                topic=f"group.{meeting.group_id}.meetings",
                language=one.language,
            )
        sent += mail is not None
    audit(actor=actor, verb="concertation.poll_sent", obj=meeting, changes={"messages": [0, sent]})
    return sent


def _open(meeting: Meeting) -> Meeting:
    """The meeting, locked, while its date is to choose."""
    meeting = locked(meeting=meeting)
    if meeting.state == MeetingState.CANCELLED:
        raise PollClosed(_("Cette rencontre est annulée."))
    if meeting.state != MeetingState.CHOOSING:
        raise PollClosed(_("La date est choisie : le sondage est fermé."))
    return meeting
