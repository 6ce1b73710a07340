"""What phones sent to the demonstration: each thing that a person can have to settle is there once."""

import pytest

from maillage.accounts.models import User
from maillage.journal.enums import OperationState
from maillage.journal.models import Device, Entry, Sibling, SyncOperation

pytestmark = pytest.mark.usefixtures("demonstration", "db")


def test_one_of_each_thing_to_settle() -> None:
    coordinator = User.objects.get(email="coordination@demo.maillage.test")
    states = SyncOperation.objects.visible_to(coordinator).order_by("id").values_list("state", flat=True)
    assert list(states) == [
        OperationState.APPLIED,
        OperationState.APPLIED,
        OperationState.CONFLICT,
        OperationState.REJECTED,
        OperationState.APPLIED,
        OperationState.HELD,
    ]
    assert Sibling.objects.visible_to(coordinator).waiting().count() == 1
    assert SyncOperation.objects.get(state=OperationState.REJECTED).problems


def test_one_phone_has_a_hole_and_one_is_revoked() -> None:
    work, lost = Device.objects.order_by("id")
    assert (work.contiguous, work.highest) == (4, 7)
    assert work.gap_since
    assert lost.revoked_at


def test_what_came_from_a_phone_stands_in_the_journal() -> None:
    received = SyncOperation.objects.filter(state=OperationState.APPLIED).values("entry_uid")
    assert Entry.objects.alive().filter(uid__in=received, program__slug="entente-en-cours").count() == 3
