"""The lock of a meeting: what is counted or ordered in it is written by one at a time."""

from maillage.concertation.models import Meeting


def locked(*, meeting: Meeting) -> Meeting:
    """`meeting` as it is written now, kept from others until the end of the transaction."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
