"""What a device reads again: titles of the entries that its person tells, since a cursor that steps over no late commit.

A cursor names the epoch, the place in the change log from which to read and, while more pages follow, the last entry
given and the place from which the next reading will begin: what changes between two pages is read again. It is signed.
"""

from dataclasses import astuple, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from maillage.core import changes
from maillage.journal.enums import STREAM
from maillage.journal.models import Entry, Sibling, SyncOperation
from maillage.programs.models import Membership

PAGE = 200
FIRST_DAYS = 7
KEPT_DAYS = 400  # a device that was away longer begins again
FEW = 500  # keys that are asked by name; beyond, one's own entries are the shorter list
LONGEST_CURSOR = 20_000
SALT = "maillage.journal.pull"


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """One entry as a list on a device shows it. A deleted one has no title."""

    entry: UUID
    revision: int
    deleted: bool
    program: str
    date: date
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """A page of what changed. `reset`: what was pulled before is to be forgotten; `more`: another page follows now.

    `siblings` and `operations` are how many of each wait for this person.
    """

    epoch: str
    cursor: str
    reset: bool
    more: bool
    entries: list[Title]
    siblings: int
    operations: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a reading stands. `since` is empty while it is a beginning; `upto` while nothing of a page was given."""

    life: str
    since: str = ""
    upto: str = ""
    after: int = 0


def pull(actor: Any, cursor: str = "", size: int = PAGE) -> Pulled:
    """Entries of `actor` that changed since `cursor`, `size` at most (five queries)."""
    epoch = changes.epoch()
    life = f"{connection.vendor} {epoch}"  # places of one engine's change log mean nothing to another's
    place = _read(cursor)
    known = place is not None and place.life == life
    if place is None or not known:
        place = _Place(life)
    found, place, again = _changed(_own(actor), place)
    shown = found.filter(pk__gt=place.after).select_related("program", "site").order_by("pk")
    rows = list(
        shown.only("uid", "revision", "deleted_at", "date", "nature", "program__slug", "site__name")[: size + 1]
    )
    more = len(rows) > size
    onward = _Place(life, place.since, place.upto, rows[size - 1].pk) if more else _Place(life, place.upto)
    return Pulled(
        epoch=epoch,
        cursor=signing.dumps(astuple(onward), salt=SALT, compress=True),
        reset=again or (bool(cursor) and not known),
        more=more,
        entries=[_title(entry) for entry in rows[:size]],
        siblings=Sibling.objects.visible_to(actor).waiting().count(),
        operations=SyncOperation.objects.visible_to(actor).to_settle().count(),
    )


def _own(actor: Any) -> QuerySet[Entry]:
    """Entries that `actor` tells in the programmes whose team they are in now, deleted ones too."""
    teams = Membership.objects.current().team().filter(user=actor).values("program")
    return Entry.objects.filter(worker__user=actor, program__in=teams)


def _changed(own: QuerySet[Entry], place: _Place) -> tuple[QuerySet[Entry], _Place, bool]:
    """Entries to give, the place with its end, and whether the reading had to begin again."""
    if not place.since:
        return _lately(own), _Place(place.life, "", place.upto or changes.head(STREAM), place.after), False
    keys, here = changes.read_since(STREAM, place.since)
    if changes.EVERYTHING in keys:
        return _lately(own), _Place(place.life, "", here), True
    if len(keys) > FEW:
        written = set(keys)
        keys = [key for key in own.order_by("pk").values_list("pk", flat=True) if key in written]
    return (
        own.filter(pk__in=_after(keys, place.after)),
        _Place(place.life, place.since, place.upto or here, place.after),
        False,
    )


def _after(keys: list[int], last: int) -> list[int]:
    """The next keys after `last`, enough for a page."""
    return [key for key in keys if key > last][:FEW]


def _lately(own: QuerySet[Entry]) -> QuerySet[Entry]:
    first = timezone.localdate() - timedelta(days=FIRST_DAYS)
    return own.filter(Q(date__gte=first) | Q(updated_at__gte=timezone.now() - timedelta(days=FIRST_DAYS))).alive()


def _read(cursor: str) -> _Place | None:
    if not cursor or len(cursor) > LONGEST_CURSOR:
        return None
    try:
        return _Place(*signing.loads(cursor, salt=SALT, max_age=timedelta(days=KEPT_DAYS)))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _title(entry: Entry) -> Title:
    said = [entry.site.name if entry.site else "", entry.get_nature_display()]
    return Title(
        entry=entry.uid,
        revision=entry.revision,
        deleted=entry.deleted_at is not None,
        program=entry.program.slug,
        date=entry.date,
        title="" if entry.deleted_at else " · ".join(part for part in said if part),
    )
