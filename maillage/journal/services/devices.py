"""Devices of the field journal: one for each person and browser, known by a key that signs."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from maillage.core.errors import require
from maillage.core.services import audit
from maillage.journal.models import Device
from maillage.journal.permissions import can_enrol, can_revoke
from maillage.journal.sync.content import printable
from maillage.journal.sync.sealing import POINT, public_from

from .refusals import DeviceTaken, KeyUnusable


def enrol_device(*, actor: Any, uid: UUID, public_key: bytes, label: str = "") -> Device:
    """Know a device of `actor` by its public key (65 bytes). Enrolling it again with the same key changes nothing.

    Raises `NotAllowed`, `KeyUnusable`, or `DeviceTaken` when the identifier bears another key or person.
    """
    require(can_enrol(actor))
    if not _is_point(public_key):
        raise KeyUnusable
    if (known := Device.objects.filter(uid=uid).first()) is None:
        try:
            with transaction.atomic():
                label = " ".join(printable(label, 120).split())
                made = Device.objects.create(uid=uid, user=actor, public_key=public_key, label=label)
                audit(actor=actor, verb="journal.enrol_device", obj=made)
                return made
        except IntegrityError:  # the same enrolment arrived twice at the same instant
            known = Device.objects.get(uid=uid)
    if known.user_id != actor.pk or bytes(known.public_key) != public_key:
        raise DeviceTaken
    return known


@transaction.atomic
def revoke_device(*, actor: Any, device: Device) -> Device:
    """Trust a device no more: what it still sends waits for the coordination. Revoking twice is revoking once.

    Raises `NotAllowed`.
    """
    require(can_revoke(actor, device))
    device = Device.objects.select_for_update().get(pk=device.pk)
    if device.revoked_at is None:
        device.revoked_at, device.revoked_by_id = timezone.now(), actor.pk
        device.save(update_fields=["revoked_at", "revoked_by_id"])
        audit(actor=actor, verb="journal.revoke_device", obj=device)
    return device


def _is_point(public_key: bytes) -> bool:
    try:
        public_from(public_key)
    except ValueError:
        return False
    return len(public_key) == POINT
