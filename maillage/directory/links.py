"""Links by which an organization says, without an account, that a sheet is exact: signed, for a time, for one answer.

A link says which service was asked about and when. It opens while that is the last time that the organization was asked;
an answer, or a newer message, closes it. Nothing of it is kept: the signature tells a true link from a guessed one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

from .models import Service

DAYS = 30
_SALT = "directory.still-exact"


@dataclass(frozen=True, slots=True)
class Link:
    """What a link leads to: a service, or None when no message ever held it. `is_open` while it may be answered."""

    service: Service | None
    is_open: bool = False


def link_of(service: Service, asked_at: datetime) -> str:
    """The signed part of the link of a message about `service` sent at `asked_at`."""
    return signing.dumps([service.pk, asked_at.isoformat()], salt=_SALT)


def read_link(signed: str) -> Link:
    """What a link leads to, whether it was guessed, answered, replaced, too old, or is good."""
    try:
        number, asked_at = signing.loads(signed, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return Link(None)
    service = Service.objects.select_related("organization", "merged_into").filter(pk=number).first()
    if service is None:
        return Link(None)
    try:
        signing.loads(signed, salt=_SALT, max_age=timedelta(days=DAYS))
    except signing.SignatureExpired:
        return Link(service)
    is_last = service.asked_at is not None and service.asked_at.isoformat() == asked_at
    return Link(service, is_last and service.merged_into_id is None)
