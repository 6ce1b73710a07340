"""A batch, in one transaction: the operations that are new, what they do to entries, what the device becomes."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from maillage.journal.enums import OperationKind, OperationState
from maillage.journal.models import Device, Sibling, SyncOperation

from .authorship import Author
from .clock import read_made, skew_of
from .deciding import Decisions
from .inserting import insert_new
from .lives import Lives
from .preparing import Prepared
from .protocol import Operation, Report
from .sealing import unb64
from .sequence import Received
from .standing import Standing, read_versions, standing_entries
from .writing import Raced, write

WAITED = (OperationState.REJECTED, OperationState.HELD, OperationState.DISCARDED)
MOST_WAITING, MOST_MINUTES = 2**31 - 1, 50 * 366 * 24 * 60
KEEPS_BODY = (OperationState.REJECTED, OperationState.HELD)


def apply(author: Author, prepared: Sequence[Prepared], report: Report | None) -> dict[UUID, Standing]:
    """Write the operations and all that follows from them; give, by operation, the entries of conflicts.

    To be called in a transaction. `report` is None when nothing proves that the device wrote it. Raises `Raced`.
    """
    now = timezone.now()
    device = Device.objects.select_for_update().get(pk=author.device.pk)
    if device.revoked_at != author.device.revoked_at:
        raise Raced
    received = Received(device.highest, device.gaps)
    ordered = sorted(prepared, key=lambda made: made.operation.seq)
    standings = standing_entries(made.operation.entry for made in ordered if made.state is None)
    read_versions(standings, _wanted(ordered))
    skew = skew_of(report.clock, now) if report else None
    decisions = Decisions(author, standings, _fates(ordered, standings), Lives(device, received, skew, now))
    for made in ordered:
        decisions.decide(made)
        if made.state is not None:
            received.add([made.operation.seq], int(now.timestamp()))
    rows = _write_operations(ordered, device, skew, now)
    desks = {desk.program.pk: desk for desk in author.desks}
    write(list(decisions.touched.values()), desks, author.user)
    conflicts = {m.operation.op: standings[m.operation.entry] for m in ordered if m.state == OperationState.CONFLICT}
    _write_siblings(ordered, rows, standings, author)
    _write_device(device, received, report, now)
    author.received = received
    return conflicts


def _creates(made: Prepared) -> bool:
    return made.operation.kind == OperationKind.CREATE


def _wanted(prepared: Sequence[Prepared]) -> list[tuple[UUID, int]]:
    """Versions of entries that the decisions compare with: the base of a change, the first of a creation."""
    waiting = (made for made in prepared if made.state is None)
    return [(m.operation.entry, 1 if _creates(m) else m.operation.base) for m in waiting]


def _fates(prepared: Sequence[Prepared], standings: dict[UUID, Standing]) -> dict[UUID, str]:
    """What became of creations whose entry is not in the journal, for the operations that rest on it."""
    lost = {m.operation.entry for m in prepared if m.state is None and not _creates(m)} - standings.keys()
    if not lost:
        return {}
    found = SyncOperation.objects.filter(entry_uid__in=lost, kind=OperationKind.CREATE, state__in=WAITED)
    return dict(found.order_by("id").values_list("entry_uid", "state"))


def _write_operations(
    prepared: Sequence[Prepared], device: Device, skew: timedelta | None, now: datetime
) -> dict[UUID, SyncOperation]:
    rows = [_row(made, device, skew, now) for made in prepared if made.state is not None]
    if len(insert_new(rows)) < len(rows):
        raise Raced
    return {row.uid: row for row in rows}


def _row(made: Prepared, device: Device, skew: timedelta | None, now: datetime) -> SyncOperation:
    operation = made.operation
    clock = read_made(operation.made, operation.age, skew, now)
    keeps = made.state in KEEPS_BODY
    return SyncOperation(
        uid=operation.op,
        device=device,
        seq=operation.seq,
        program=made.desk.program if made.desk else None,
        entry_uid=operation.entry,
        kind=operation.kind,
        base=operation.base,
        schema=operation.schema,
        state=str(made.state),
        revision=made.revision,
        digest=made.digest,
        made_at=clock.at,
        made_offset=clock.offset,
        age_ms=clock.age,
        clock_doubtful=clock.doubtful,
        body=_body(operation) if keeps else None,
        sealed_with=operation.seal if keeps else "",
        problems=[list(pair) for pair in made.problems],
    )


def _body(operation: Operation) -> bytes:
    """The body as it came: its bytes or, when it is not base64url, its text."""
    try:
        return unb64(operation.body)
    except ValueError:
        return operation.body.encode(errors="replace")


def _write_siblings(
    prepared: Sequence[Prepared], rows: dict[UUID, SyncOperation], standings: dict[UUID, Standing], author: Author
) -> None:
    Sibling.objects.bulk_create(
        Sibling(
            entry=standings[made.operation.entry].entry,
            operation=rows[made.operation.op],
            kind=made.operation.kind,
            base=made.operation.base,
            content=made.draft.as_json() if made.draft else {},
            made_by=author.user,
        )
        for made in prepared
        if made.state == OperationState.CONFLICT
    )


def _write_device(device: Device, received: Received, report: Report | None, now: datetime) -> None:
    device.seen_at = now
    device.highest, device.contiguous = received.highest, received.contiguous
    device.gaps = [list(run) for run in received.gaps]
    device.gap_since = None if received.since is None else datetime.fromtimestamp(received.since, UTC)
    if report is not None:
        waiting = min(max(report.waiting, 0), MOST_WAITING)
        minutes = min(max(report.oldest, 0), MOST_MINUTES)
        device.waiting, device.oldest_at = waiting, now - timedelta(minutes=minutes) if waiting else None
        device.persisted, device.app_version = report.persisted, report.app.replace("\0", "")[:40]
        if (skew := skew_of(report.clock, now)) is not None:
            device.skew_seconds = int(skew.total_seconds())
    device.save()
