"""What an address chooses to receive."""

from collections.abc import Collection

from django.db import transaction

from maillage.core.mailing.topics import EVERYTHING
from maillage.core.models import MailChoice, MailState, OutgoingMail


def topics_of(*, email: str) -> dict[str, bool]:
    """`{topic: whether it is written}` for what this address was written about, or chose about."""
    known = set(OutgoingMail.objects.filter(to=email).exclude(topic="").order_by().values_list("topic", flat=True))
    declined = set(MailChoice.objects.filter(email=email).order_by().values_list("topic", flat=True))
    everything = EVERYTHING in declined
    return {topic: not everything and topic not in declined for topic in sorted((known | declined) - {EVERYTHING})}


@transaction.atomic
def choose(*, email: str, wanted: Collection[str]) -> None:
    """Of the topics that this address knows, write only about `wanted`."""
    known = topics_of(email=email)
    MailChoice.objects.filter(email=email, topic=EVERYTHING).delete()
    MailChoice.objects.filter(email=email, topic__in=[topic for topic in known if topic in wanted]).delete()
    for topic in known:
        if topic not in wanted:
            decline(email=email, topic=topic)


@transaction.atomic
def decline(*, email: str, topic: str) -> None:
    """Write nothing more about `topic` to this address (`EVERYTHING`: nothing that may be declined). Twice is once.

    What already waits to be sent about it is not sent.
    """
    MailChoice.objects.get_or_create(email=email, topic=topic)
    waits = OutgoingMail.objects.filter(to=email, state=MailState.QUEUED).exclude(topic="").order_by()
    if topic != EVERYTHING:
        waits = waits.filter(topic=topic)
    waits.update(state=MailState.DECLINED, text="", attachments=[])
