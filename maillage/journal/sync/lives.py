"""Lives of the database: a restore takes back the numbers of revisions, and gives them again to other contents.

An operation made before the restore that rests on revision 3 means the revision 3 of that life. Where revision 3 was
made since, it may say something else: it is believed to be the same only when this very device made it, straight from
the one before. A revision 1 is what the creation said in every life.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property

from maillage.core.models import Epoch
from maillage.journal.enums import OperationState
from maillage.journal.models import Device, EntryRevision, SyncOperation

from .clock import read_made
from .protocol import DOUBTFUL_SECONDS, Operation
from .sequence import Received
from .standing import Standing

PATIENCE = timedelta(hours=24)  # how long one waits for what an operation rests on

STOPPED = (OperationState.REJECTED, OperationState.HELD)


class Lives:
    """What a batch asks of the lives of the database; nothing is read before it is asked."""

    def __init__(self, device: Device, received: Received, skew: timedelta | None, now: datetime) -> None:
        self.device, self.received, self.skew, self.now = device, received, skew, now

    @cached_property
    def _began(self) -> Sequence[datetime]:
        """When this life began and, when there was one, the life before it."""
        return list(Epoch.objects.order_by("-id").values_list("started_at", flat=True)[:2])

    def may_come(self, operation: Operation) -> bool:
        """Whether what an operation rests on may still be on its way: from a recent hole of its device, or from
        anybody in the first day of a life."""
        since = self.received.since
        recent = since is not None and self.now - datetime.fromtimestamp(since, UTC) < PATIENCE
        if recent and self.received.lacks_below(operation.seq):
            return True
        return not self._began or self.now - self._began[0] < PATIENCE

    def stopped(self, operation: Operation) -> str | None:
        """The state of the last thing that this device asked of the entry before, where it waits for a person."""
        before = SyncOperation.objects.filter(
            device=self.device, entry_uid=operation.entry, seq__lt=operation.seq, state__in=STOPPED
        )
        return before.order_by("-seq").values_list("state", flat=True).first()

    def is_same(self, operation: Operation, standing: Standing) -> bool:
        """Whether the revision on which an operation rests is, in this life, the one that its person saw."""
        base = operation.base
        if base <= 1 or len(self._began) < 2 or not self._made_before(operation):
            return True
        if base in standing.straight:
            return True
        if base - 1 not in standing.replaced and not self._given_again(standing, base):
            return True
        mine = SyncOperation.objects.filter(
            entry_uid=standing.uid, device=self.device, state=OperationState.APPLIED, revision=base, base=base - 1
        )
        return mine.exists()

    def _made_before(self, operation: Operation) -> bool:
        """Whether it was made in a life before this one, or may have been: a clock that is doubted decides nothing."""
        made = read_made(operation.made, operation.age, self.skew, self.now)
        if made.at is None or (made.doubtful and self.skew is None):
            return True
        return made.at - (self.skew or timedelta()) < self._began[0] + timedelta(seconds=DOUBTFUL_SECONDS)

    def _given_again(self, standing: Standing, revision: int) -> bool:
        """Whether the entry came to this revision in this life."""
        before = EntryRevision.objects.filter(entry=standing.entry, revision=revision - 1)
        return before.filter(replaced_at__gte=self._began[0]).exists()
