"""What activities offer to statistics: the sessions held for a programme, participations by category, participants by category.

There are some thousand lines where a journal has millions: they are read at each question and not mirrored, as those of meetings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from maillage.programs.models import Program
from maillage.tables.engine import FactSource
from maillage.territories.enums import Level

from .enums import ActivityState
from .models import Activity, Headcount, Session, Turnout

SOURCES: tuple[FactSource, ...] = ()
_UP = ("", "__parent", "__parent__parent")  # a division, what holds it, and what holds that


@dataclass(frozen=True, slots=True)
class SessionHeld:
    """A session that took place: what it is called for ever, the kind of its activity, how long it lasted when that is known."""

    name: bytes
    kind: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Participation:
    """Somebody was at a session, in a category; the same person is there again at another."""

    name: bytes
    audience: str


@dataclass(frozen=True, slots=True)
class Happened:
    """What took place in a period: sessions, participations, and participants by category, never added together.

    Participants are those of the activities that were held within the period as a whole; `open_activities` is how many others
    had sessions before or after it, whose participants no one can split.
    """

    sessions: list[SessionHeld]
    participations: list[Participation]
    participants: dict[str, int]
    counted_activities: int
    open_activities: int


def took_place(program: Program, start: date, end: date, mrc: str = "") -> Happened:
    """What the activities of `program` and of its projects held from `start` to `end`, both included.

    `mrc` keeps the activities of one MRC: where they are held, else those of their sites, else those of their project. One in
    two MRC counts in each.
    """
    activities = _activities(program, mrc)
    today = timezone.localdate()
    over = Session.objects.filter(activity__in=activities.order_by().values("pk"), on__lte=today)
    counted = Exists(Turnout.objects.filter(session=OuterRef("pk")))
    held = over.filter(Q(activity__state=ActivityState.HELD) | counted)
    here = list(
        held.filter(on__gte=start, on__lte=end)
        .order_by("pk")
        .values_list("pk", "activity__uid", "activity__kind", "minutes")
    )
    sessions = {pk: SessionHeld(uid.bytes + str(pk).encode(), kind, minutes) for pk, uid, kind, minutes in here}
    inside = Exists(held.filter(activity=OuterRef("pk"), on__gte=start, on__lte=end))
    outside = Exists(held.filter(activity=OuterRef("pk")).exclude(on__gte=start, on__lte=end))
    met = activities.filter(inside)
    whole = met.exclude(outside).order_by().values("pk")
    return Happened(
        list(sessions.values()),
        list(_participations(sessions)),
        _participants(whole),
        *_how_many(whole, met.filter(outside)),
    )


def _activities(program: Program, mrc: str) -> QuerySet[Activity]:
    own = Q(program=program) | Q(program=None, project__program=program)
    found = Activity.objects.filter(own).exclude(state=ActivityState.CANCELLED)
    if not mrc:
        return found
    placed = _within("division", mrc)
    sited = Q(division=None, sites__mrc__code=mrc)
    carried = Q(division=None, sites=None) & _within("project__territories", mrc)
    return Activity.objects.filter(pk__in=found.filter(placed | sited | carried).order_by().values("pk"))


def _within(path: str, mrc: str) -> Q:
    found = Q()
    for up in _UP:
        found |= Q(**{f"{path}{up}__level": Level.MRC, f"{path}{up}__code": mrc})
    return found


def _participations(sessions: dict[int, SessionHeld]) -> Iterator[Participation]:
    """Each of those who were counted."""
    rows = Turnout.objects.filter(session__in=sessions).order_by("pk")
    for pk, audience, count in rows.values_list("session", "audience", "participations"):
        for rank in range(count):
            yield Participation(sessions[pk].name + f"{audience}:{rank}".encode(), audience)


def _participants(activities: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    rows = Headcount.objects.filter(activity__in=activities).order_by("pk")
    for audience, count in rows.values_list("audience", "participants"):
        found[audience] = found.get(audience, 0) + count
    return found


def _how_many(whole: Any, others: QuerySet[Activity]) -> tuple[int, int]:
    counted = Headcount.objects.filter(activity__in=whole).order_by().values("activity").distinct().count()
    return counted, others.filter(headcounts__isnull=False).distinct().count()
