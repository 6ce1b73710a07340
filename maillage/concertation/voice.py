"""Composition of a group and the voice that each kind of member has in it, over a period.

Four counts are set side by side for each capacity: members today; presences at the meetings of the period (named and
counted without name); items of their agendas that a member led; needs named. A share is of the known total of its column.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from maillage.directory.enums import OrganizationKind

from .composition import Share
from .enums import OWN_VOICE, Capacity, MeetingState, NeedState
from .models import AgendaItem, Attendance, Group, GuestCount, Meeting, Member, NamedNeed

DAYS = 365
COLUMNS = (
    ("members", _("Membres aujourd'hui")),
    ("presences", _("Présences aux rencontres")),
    ("items", _("Points portés à l'ordre du jour")),
    ("needs", _("Besoins nommés")),
)


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """A capacity and its share of each column, in the order of `COLUMNS`."""

    label: str
    own_voice: bool
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Sector:
    """A kind of organization: how many organizations sit for it, and how many members."""

    label: str
    organizations: int
    members: int


@dataclass(frozen=True, slots=True)
class Voice:
    """What the page shows; `own` is the line of tenants and citizens together."""

    start: date
    end: date
    meetings: int
    lines: tuple[VoiceLine, ...]
    own: VoiceLine
    totals: tuple[int, ...]
    sectors: tuple[Sector, ...]
    without_organization: int


def period_asked(request: HttpRequest) -> tuple[date, date]:
    """The period of the address, else the year that ends today; turned around when it ends before it begins."""
    today = timezone.localdate()
    end = _day(request.GET.get("au")) or today
    start = _day(request.GET.get("du")) or end - timedelta(days=DAYS)
    return (start, end) if start <= end else (end, start)


def voice_of(group: Group, start: date, end: date) -> Voice:
    """The voice of each kind of member of a group, between two days, in six queries."""
    held = _held(group, start, end)
    counts = {
        "members": _tally(Member.objects.current().filter(group=group), "capacity"),
        "presences": _tally(Attendance.objects.filter(meeting__in=held.values("pk")), "capacity")
        + _guests(held.values("pk")),
        "items": _tally(
            AgendaItem.objects.filter(meeting__in=held.values("pk")).exclude(led_by=None), "led_by__capacity"
        ),
        "needs": _tally(_needs(group, start, end), "named_as"),
    }
    totals = tuple(sum(counts[name].values()) for name, _label in COLUMNS)
    lines = tuple(
        VoiceLine(str(capacity.label), capacity in OWN_VOICE, _shares(counts, totals, (capacity,)))
        for capacity in Capacity
        if any(counts[name].get(capacity) for name, _label in COLUMNS)
    )
    sectors, alone = _sectors(group)
    return Voice(
        start,
        end,
        held.count(),
        lines,
        VoiceLine("", True, _shares(counts, totals, OWN_VOICE)),
        totals,
        sectors,
        alone,
    )


def _held(group: Group, start: date, end: date) -> Any:
    """Meetings of the period that took place: said held, or over and not called off."""
    took_place = Q(state=MeetingState.HELD) | Q(state=MeetingState.PLANNED, ends_at__lt=timezone.now())
    return Meeting.objects.filter(
        took_place, group=group, starts_at__gte=_opens(start), starts_at__lt=_opens(end + timedelta(days=1))
    ).order_by()


def _needs(group: Group, start: date, end: date) -> Any:
    return NamedNeed.objects.filter(
        group=group, named_at__gte=_opens(start), named_at__lt=_opens(end + timedelta(days=1))
    ).exclude(state=NeedState.PROPOSED)


def _tally(rows: Any, name: str) -> Counter[str]:
    return Counter(dict(rows.order_by().values_list(name).annotate(Count("pk"))))


def _guests(meetings: Any) -> Counter[str]:
    rows = GuestCount.objects.filter(meeting__in=meetings).order_by().values_list("capacity").annotate(Sum("count"))
    return Counter({code: number or 0 for code, number in rows})


def _shares(counts: dict[str, Counter[str]], totals: tuple[int, ...], of: tuple[str, ...]) -> tuple[Share, ...]:
    return tuple(
        Share(str(label), sum(counts[name].get(code, 0) for code in of), total)
        for (name, label), total in zip(COLUMNS, totals, strict=True)
    )


def _sectors(group: Group) -> tuple[tuple[Sector, ...], int]:
    rows = (
        Member.objects.current()
        .filter(group=group)
        .order_by()
        .values_list("organization__kind")
        .annotate(Count("pk"), Count("organization", distinct=True))
    )
    found = {kind: (members, organizations) for kind, members, organizations in rows}
    alone = found.pop(None, (0, 0))[0]
    sectors = [
        Sector(str(kind.label), found[kind][1], found[kind][0]) for kind in OrganizationKind if kind.value in found
    ]
    return tuple(sorted(sectors, key=lambda sector: -sector.members)), alone


def _opens(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _day(text: str | None) -> date | None:
    try:
        day = parse_date(text or "")
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2200 else None
