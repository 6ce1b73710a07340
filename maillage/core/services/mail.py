"""Messages: queued in the transaction of what they tell, sent after it, never twice for one event and one address."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction

from maillage.core.mailing.topics import EVERYTHING
from maillage.core.models import MailChoice, MailState, OutgoingMail


class Attachment(NamedTuple):
    """A text file that goes with a message (a calendar)."""

    name: str
    type: str
    text: str


def queue_mail(
    *,
    event: str,
    to: str,
    subject: str,
    text: str,
    topic: str = "",
    language: str = "fr-ca",
    attachments: Sequence[Attachment] = (),
) -> OutgoingMail | None:
    """Queue a message, to be sent once the transaction is committed.

    `event` names what is told («meeting.UID.invitation.3»): the same event is never sent twice to one address; None is
    given then. `topic` is what the address may decline; a declined message is kept as such, without its words, and not
    sent.
    """
    to = to.strip().lower()
    declined = is_declined(to=to, topic=topic)
    mail, created = OutgoingMail.objects.get_or_create(
        event=event,
        to=to,
        defaults={
            "topic": topic,
            "language": language,
            "subject": " ".join(subject.split())[:300],
            "text": "" if declined else text,
            "attachments": [] if declined else [attachment._asdict() for attachment in attachments],
            "state": MailState.DECLINED if declined else MailState.QUEUED,
        },
    )
    if not created:
        return None
    if mail.state == MailState.QUEUED:
        transaction.on_commit(lambda: wake(mail.pk), robust=True)
    return mail


def is_declined(*, to: str, topic: str) -> bool:
    """Whether this address does not want messages about `topic`."""
    return bool(topic) and MailChoice.objects.filter(email=to, topic__in=[topic, EVERYTHING]).exists()


def wake(pk: int) -> None:
    """Ask a worker for the message. Were it not asked, the next round of what waits would send it."""
    from maillage.core.tasks import send_mail

    send_mail.enqueue(pk)
