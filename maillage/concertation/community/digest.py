"""When the digest is due, to whom, and the secret of the page on which one chooses it."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from maillage.concertation.enums import Frequency
from maillage.concertation.models import DigestChoice
from maillage.directory.models import Person

MONDAY, FIRST_WEEK = 0, 7
FIRST_TIME = timedelta(days=7)  # what is told to who never had a digest
MAIL_TOPIC = "digest"
_SIGNER = Signer(salt="concertation.digest")


def turn_of(frequency: str, now: datetime) -> datetime:
    """The last moment, in local time, at which a digest of this frequency fell due: a Monday, or the first of a month."""
    today = timezone.localdate(now)
    monday = today - timedelta(days=today.weekday() - MONDAY)
    if frequency == Frequency.MONTHLY:
        while monday.day > FIRST_WEEK:
            monday -= timedelta(days=7)
    return timezone.make_aware(datetime.combine(monday, time.min))


def told_since(choice: DigestChoice | None, now: datetime) -> datetime | None:
    """Since when somebody has to be told; None when nothing is due to them now."""
    frequency = choice.frequency if choice else Frequency.WEEKLY
    if frequency == Frequency.NEVER:
        return None
    turn = turn_of(frequency, now)
    if choice is None or choice.sent_at is None:
        return turn - FIRST_TIME
    return choice.sent_at if choice.sent_at < turn else None


def token_of(person: Person) -> str:
    """What the address of the choice page holds for `person`: neither a name nor an e-mail."""
    return _SIGNER.sign(person.uid.hex)


def person_of(token: str) -> Person | None:
    """The person of a choice page; None for a guess."""
    try:
        uid = UUID(_SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Person.objects.select_related("user").filter(uid=uid).first()
