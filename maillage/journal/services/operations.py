"""What closes an operation that waited for somebody, and what forgets those that were written long ago."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from maillage.journal.enums import KEEP_OPERATIONS_DAYS, OperationState
from maillage.journal.models import SyncOperation

AT_ONCE = 2000


def close_operation(
    *, operation: SyncOperation, actor: Any, state: str = OperationState.SETTLED, reason: str = ""
) -> None:
    """Write that a person settled `operation`: its body goes, and what its problems quoted; its trace stays."""
    operation.state, operation.settled_reason = state, reason
    operation.settled_at, operation.settled_by_id = timezone.now(), getattr(actor, "pk", None)
    operation.body = None
    operation.problems = [[problem[0], ""] for problem in operation.problems]
    operation.save(update_fields=["state", "settled_reason", "settled_at", "settled_by_id", "body", "problems"])


def forget_operations(*, older_than_days: int = KEEP_OPERATIONS_DAYS) -> int:
    """Remove operations written more than `older_than_days` ago; give how many went.

    Those above a hole of their device stay, as do those beside which a version waited: the numbers that a device was
    told missing never change.
    """
    limit = timezone.now() - timedelta(days=older_than_days)
    old = SyncOperation.objects.filter(
        state=OperationState.APPLIED, received_at__lt=limit, seq__lte=F("device__contiguous"), sibling=None
    )
    gone = 0
    while numbers := list(old.order_by("id").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            gone += SyncOperation.objects.filter(pk__in=numbers).delete()[0]
    return gone
