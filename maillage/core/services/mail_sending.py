"""Sends what is queued: taken by one worker only, tried again later when the server is away, said when it is refused."""

import smtplib
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from maillage.core.mailing.message import message_of
from maillage.core.models import MailState, OutgoingMail

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# How long each new try waits; after the last one the message is refused.
WAITS = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR)
# A worker that takes longer than this for one message died with it: nobody knows whether it left, and it is not sent again.
LOST_AFTER = 15 * MINUTE
ROUND = 500  # messages that one round sends at most


class Sent(NamedTuple):
    """What became of the messages of a round."""

    sent: int
    put_off: int
    refused: int


def waiting(now: datetime) -> QuerySet[OutgoingMail]:
    """Messages that may leave at `now`, the oldest first."""
    due = Q(not_before=None) | Q(not_before__lte=now)
    return OutgoingMail.objects.filter(due, state=MailState.QUEUED).order_by("id")


def send_waiting(*, most: int = ROUND) -> Sent:
    """Send what waits and is due, at most `most` messages; what a dead worker held is said to be uncertain."""
    now = timezone.now()
    lost = OutgoingMail.objects.filter(state=MailState.SENDING, not_before__lt=now - LOST_AFTER)
    lost.update(state=MailState.UNCERTAIN)
    states = [send_one(pk=pk) for pk in list(waiting(now).values_list("pk", flat=True)[:most])]
    return Sent(states.count(MailState.SENT), states.count(MailState.QUEUED), states.count(MailState.REFUSED))


def send_one(*, pk: int) -> MailState | None:
    """Send a message that waits; what became of it, or None when it is not to be sent (any more) by this worker."""
    now = timezone.now()
    taken = waiting(now).filter(pk=pk).order_by().update(state=MailState.SENDING, tries=F("tries") + 1, not_before=now)
    if not taken:
        return None
    mail = OutgoingMail.objects.get(pk=pk)
    try:
        message_of(mail).send()
    except OSError as error:
        return _put_off(mail, error)
    except (ValueError, LookupError) as error:  # an address or a text that no message can hold
        return _end(mail, MailState.REFUSED, error=_words(error))
    return _end(mail, MailState.SENT, sent_at=timezone.now())


def _put_off(mail: OutgoingMail, error: OSError) -> MailState:
    if is_final(error) or mail.tries > len(WAITS):
        return _end(mail, MailState.REFUSED, error=_words(error))
    return _end(mail, MailState.QUEUED, not_before=timezone.now() + WAITS[mail.tries - 1], error=_words(error))


def _end(mail: OutgoingMail, state: MailState, **values: object) -> MailState:
    values.setdefault("error", "")
    OutgoingMail.objects.filter(pk=mail.pk, state=MailState.SENDING).update(state=state, **values)
    return state


def is_final(error: OSError) -> bool:
    """Whether the server refuses this address or this message for good (a code of the 500s), and not for now."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _said in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, said = error.smtp_code, error.smtp_error
    else:
        return " ".join(f"{type(error).__name__}: {error}".split())[:300]
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {text}".split())[:300]
