"""Who can be given an attestation of a training, and what it says."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from .enums import MeetingKind, MeetingState
from .models import Meeting


def may_be_attested(meeting: Meeting) -> bool:
    """Whether those who were there are given an attestation: a training that is over."""
    if meeting.kind != MeetingKind.TRAINING or meeting.ends_at is None or meeting.state == MeetingState.CANCELLED:
        return False
    return meeting.state == MeetingState.HELD or meeting.ends_at < timezone.now()


def attested_hours(meeting: Meeting) -> Decimal:
    """The hours that an attestation says: those that were set, else how long the training was, by quarters of an hour."""
    if meeting.hours is not None:
        return meeting.hours
    if meeting.starts_at is None or meeting.ends_at is None:
        return Decimal(0)
    quarters = round((meeting.ends_at - meeting.starts_at) / timedelta(minutes=15))
    return Decimal(quarters) / 4
