"""Writes to those whom a meeting concerns: the invitation, what moved, what was called off, the reminder.

Whoever was invited or is registered hears of a change once: a message bears the version (`sequence`) that it tells of.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from maillage.concertation.calendars.writing import event_text
from maillage.concertation.enums import MeetingState, RegistrationState
from maillage.concertation.models import (
    AgendaItem,
    Meeting,
    MeetingInvitation,
    Member,
    PollAnswer,
    Registration,
)
from maillage.concertation.permissions import can_animate
from maillage.concertation.times import LOCAL, span_words
from maillage.core.errors import Refused, require
from maillage.core.public_address import public_url
from maillage.core.services import Attachment, audit, queue_mail

from .meeting_lock import locked

MOST_EXTRA = 100  # addresses added to one meeting by hand
DEFAULT_LANGUAGE = "fr-ca"
# Why somebody is written to → what the subject begins with.
SUBJECTS = {
    "invitation": lambda: _("Invitation : %s"),
    "changed": lambda: _("Changement : %s"),
    "cancelled": lambda: _("Annulée : %s"),
    "restored": lambda: _("Remise à l'horaire : %s"),
    "reminder": lambda: _("Rappel : %s"),
}

Before = tuple[datetime | None, datetime | None] | None  # when a meeting was


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to write to; `reads` when they have an account that opens the meeting's page."""

    email: str
    language: str = DEFAULT_LANGUAGE
    reads: bool = False
    seat: Member | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """Why a meeting is written of, with what it said before and a word of who writes."""

    why: str
    before: Before = None
    word: str = ""


@transaction.atomic
def invite(*, actor: Any, meeting: Meeting, members: bool = True, extra: Iterable[str] = (), word: str = "") -> int:
    """Invite the current members and the addresses `extra`; how many messages left. Nobody is invited twice."""
    require(can_animate(actor, meeting.group))
    meeting = locked(meeting=meeting)
    if meeting.state != MeetingState.PLANNED or meeting.starts_at is None or meeting.starts_at <= timezone.now():
        raise Refused(_("On invite à une rencontre prévue dont la date est choisie et à venir."))
    before = set(meeting.invitations.values_list("email", flat=True))
    wanted = {email: seat for email, seat in _seats(meeting).items() if members}
    added = {email.strip().lower() for email in extra} - {""}
    by_hand = meeting.invitations.filter(member=None).count() + len(added - before - wanted.keys())
    if by_hand > MOST_EXTRA:
        raise Refused(_("Au plus {most} adresses s'ajoutent à une rencontre.").format(most=MOST_EXTRA))
    new = [email for email in [*wanted, *sorted(added - wanted.keys())] if email not in before]
    MeetingInvitation.objects.bulk_create(
        [MeetingInvitation(meeting=meeting, member=wanted.get(email), email=email) for email in new], batch_size=500
    )
    if new:
        audit(actor=actor, verb="concertation.meeting_invited", obj=meeting, changes={"invitations": [0, len(new)]})
    addressees = [_of_seat(email, wanted[email]) if email in wanted else Addressee(email) for email in new]
    return _write(meeting, Letter("invitation", word=word.strip()), addressees, str(meeting.sequence))


def tell(*, meeting: Meeting, letter: Letter) -> int:
    """Write to everybody who was invited or is registered; how many messages left."""
    return _write(meeting, letter, concerned(meeting=meeting), str(meeting.sequence))


def tell_series(*, meetings: Sequence[tuple[Meeting, Before]], why: str) -> int:
    """Write once to each person concerned by one or more of `meetings`, each with what it said before."""
    if len(meetings) == 1:
        return tell(meeting=meetings[0][0], letter=Letter(why, before=meetings[0][1]))
    theirs: dict[str, tuple[Addressee, list[tuple[Meeting, Before]]]] = {}
    for meeting, before in meetings:
        for one in concerned(meeting=meeting):
            theirs.setdefault(one.email, (one, []))[1].append((meeting, before))
    return sum(_write_many(one, lines, why) for one, lines in theirs.values())


def remind_meetings() -> int:
    """Remind those who were invited or are registered, as many days before as the meeting says; how many messages left."""
    now = timezone.now()
    near = Meeting.objects.filter(
        state=MeetingState.PLANNED, remind_days__isnull=False, starts_at__gt=now, starts_at__lt=now + timedelta(days=31)
    )
    sent = 0
    for meeting in near.select_related("group").order_by("starts_at", "id"):
        assert meeting.starts_at is not None
        assert meeting.remind_days is not None
        day = timezone.localtime(meeting.starts_at, LOCAL).date()
        if day - timedelta(days=meeting.remind_days) > timezone.localdate():
            continue
        with transaction.atomic():
            fresh = now - timedelta(hours=20)  # who was invited today needs no reminder today
            sent += _write(meeting, Letter("reminder"), concerned(meeting=meeting, until=fresh), day.isoformat())
    return sent


def concerned(*, meeting: Meeting, until: Any = None) -> list[Addressee]:
    """Those invited (still members, or added by hand), those registered with an address, those who answered its poll.

    With `until`, only those invited or registered before that moment.
    """
    seats = _seats(meeting)
    invited = meeting.invitations.order_by("email")
    if until is not None:
        invited = invited.filter(invited_at__lt=until)
    found: dict[str, Addressee] = {}
    for email, member in invited.values_list("email", "member"):
        if email in seats:
            found[email] = _of_seat(email, seats[email])
        elif member is None:
            found[email] = Addressee(email)
    coming = Registration.objects.filter(meeting=meeting).exclude(state=RegistrationState.CANCELLED)
    if until is not None:
        coming = coming.filter(registered_at__lt=until)
    for email in coming.exclude(email="").order_by("email").values_list("email", flat=True):
        known = email.strip().lower()
        found.setdefault(known, _of_seat(known, seats[known]) if known in seats else Addressee(known))
    answered = set(PollAnswer.objects.filter(option__meeting=meeting).values_list("member", flat=True))
    for email, seat in seats.items():
        if until is None and seat.pk in answered:
            found.setdefault(email, _of_seat(email, seat))
    return list(found.values())


def members_to_write(*, meeting: Meeting) -> list[Addressee]:
    """The current members of the meeting's group who have an address, by their name."""
    return [_of_seat(email, seat) for email, seat in _seats(meeting).items()]


def _seats(meeting: Meeting) -> dict[str, Member]:
    """The current members by their address: the person's, else the account's."""
    current = Member.objects.current().filter(group=meeting.group_id)
    written = current.filter(~Q(person__email="") | Q(person__user__isnull=False))
    found: dict[str, Member] = {}
    for seat in written.select_related("person__user").order_by("person__name", "id"):
        email = (seat.person.email or (seat.person.user.email if seat.person.user else "")).strip().lower()
        if email:
            found.setdefault(email, seat)
    return found


def _of_seat(email: str, seat: Member) -> Addressee:
    user = seat.person.user
    return Addressee(email, user.language if user else DEFAULT_LANGUAGE, bool(user and user.is_active), seat)


def _write(meeting: Meeting, letter: Letter, addressees: Iterable[Addressee], version: str) -> int:
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "id").values_list("title", flat=True))
    method = "CANCEL" if letter.why == "cancelled" else "REQUEST"
    sent = 0
    for one in addressees:
        with translation.override(one.language):
            attached = []
            if letter.why != "reminder" and meeting.starts_at and meeting.ends_at:
                text = event_text(meeting, method, attendee=one.email)
                attached = [Attachment("rencontre.ics", f"text/calendar; method={method}", text)]
            mail = queue_mail(
                event=f"meeting.{meeting.uid}.{letter.why}.{version}",
                to=one.email,
                subject=SUBJECTS[letter.why]() % meeting.title,
                text=_text(meeting, letter, items, one),
                topic=f"group.{meeting.group_id}.meetings",
                language=one.language,
                attachments=attached,
            )
        sent += mail is not None
    return sent


def _write_many(one: Addressee, lines: Sequence[tuple[Meeting, Before]], why: str) -> bool:
    """One message for several meetings of a group; it is named by the first, whose version it tells of."""
    first, method = lines[0][0], "CANCEL" if why == "cancelled" else "REQUEST"
    with translation.override(one.language):
        shown = [
            {
                "meeting": meeting,
                "when": span_words(meeting.starts_at, meeting.ends_at),
                "before": span_words(*before) if before else "",
            }
            for meeting, before in lines
        ]
        said = {"why": why, "group": first.group, "lines": shown, "reason": first.cancel_reason}
        attached = [
            Attachment(
                f"rencontre-{number}.ics",
                f"text/calendar; method={method}",
                event_text(meeting, method, attendee=one.email),
            )
            for number, (meeting, _before) in enumerate(lines, start=1)
        ]
        mail = queue_mail(
            event=f"meeting.{first.uid}.series.{why}.{first.sequence}",
            to=one.email,
            subject=SUBJECTS[why]() % first.title,
            text=render_to_string("concertation/mail/series.txt", said),
            topic=f"group.{first.group_id}.meetings",
            language=one.language,
            attachments=attached,
        )
    return mail is not None


def _text(meeting: Meeting, letter: Letter, items: list[str], one: Addressee) -> str:
    shown = {
        "meeting": meeting,
        "why": letter.why,
        "before": span_words(*letter.before) if letter.before else "",
        "word": letter.word,
        "when": span_words(meeting.starts_at, meeting.ends_at),
        "items": items,
        "link": public_url(reverse("concertation:meeting", args=[meeting.uid])) if one.reads else "",
    }
    return render_to_string("concertation/mail/meeting.txt", shown)
