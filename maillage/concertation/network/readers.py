"""The deeds of this product: meetings attended, follow-ups shared, initiatives, referrals. One query each."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from maillage.concertation.enums import MeetingState, TieKind
from maillage.concertation.models import Attendance, FollowUp, Initiative
from maillage.journal.models import Referral

from .deeds import Deed, Period
from .protection import protected
from .scope import Scope
from .sources import TieSource
from .ties import Pair

NOT_HELD = (MeetingState.CHOOSING, MeetingState.CANCELLED)


def meetings(scope: Scope, periods: Sequence[Period]) -> list[list[Deed]]:
    """Organizations for which somebody was at the same meeting."""
    rows = Attendance.objects.filter(meeting__group__in=scope.groups, organization__isnull=False)
    rows = rows.filter(_where(scope, "meeting__group", "meeting__division")).exclude(meeting__state__in=NOT_HELD)
    rows = rows.filter(_within("meeting__starts_at", periods))
    told = rows.order_by().values_list("meeting_id", "organization_id", "meeting__starts_at").distinct()
    lines = ((key, organization, timezone.localdate(at)) for key, organization, at in told.iterator(chunk_size=5000))
    return _gathered(TieKind.MEETING, lines, periods)


def follow_ups(scope: Scope, periods: Sequence[Period]) -> list[list[Deed]]:
    """Organizations whose members promised the same thing, on the day of the meeting or on which it was written."""
    rows = FollowUp.objects.filter(group__in=scope.groups, members__organization__isnull=False)
    rows = rows.filter(_where(scope, "group", "meeting__division")).annotate(
        on=Coalesce("meeting__starts_at", "created_at")
    )
    rows = rows.filter(_within("on", periods))
    told = rows.order_by().values_list("pk", "members__organization_id", "on").distinct()
    return _gathered(TieKind.FOLLOW_UP, ((key, org, timezone.localdate(at)) for key, org, at in told), periods)


def initiatives(scope: Scope, periods: Sequence[Period]) -> list[list[Deed]]:
    """Organizations of an initiative that began in the period, or of which a stage is told in it."""
    rows = Initiative.objects.filter(group__in=scope.groups, organizations__isnull=False)
    rows = rows.filter(_where(scope, "group", "meeting__division"))
    days = Q()
    for period in periods:
        days |= Q(started_on__range=(period.start, period.end)) | Q(steps__on__range=(period.start, period.end))
    told = rows.filter(days).order_by().values_list("pk", "organizations", "started_on", "steps__on").distinct()
    lines = [(key, org, day) for key, org, *both in told for day in both if day is not None]
    return _gathered(TieKind.INITIATIVE, lines, periods)


def referrals(scope: Scope, periods: Sequence[Period]) -> list[list[Deed]]:
    """From the organization of who referred to the one that receives; protected outside the programme's team."""
    target = Coalesce("organization_id", "service__organization_id")
    rows = Referral.objects.filter(entry__deleted_at=None, entry__program__in=scope.programs)
    rows = rows.annotate(one=F("entry__worker__organization_id"), other=target)
    rows = rows.filter(one__isnull=False, other__isnull=False).exclude(one=F("other"))
    if scope.places is not None:
        rows = rows.filter(Q(entry__mrc__in=scope.places) | Q(entry__site__municipality__in=scope.places))
    sums = {
        f"persons_{rank}": Sum("persons", filter=Q(entry__date__range=(period.start, period.end)), default=0)
        for rank, period in enumerate(periods)
    }
    days = Q()
    for period in periods:
        days |= Q(entry__date__range=(period.start, period.end))
    told = list(rows.filter(days).order_by().values_list("entry__program_id", "one", "other").annotate(**sums))
    found = []
    for rank in range(len(periods)):
        counted = [(program, (one, other), sums[rank]) for program, one, other, *sums in told if sums[rank]]
        found.append(_referred(counted, scope))
    return found


def _referred(counted: Iterable[tuple[int, Pair, int]], scope: Scope) -> list[Deed]:
    """Referrals of one period as deeds: as they are for the team, by steps for others."""
    exact: defaultdict[Pair, int] = defaultdict(int)
    others = []
    for program, pair, persons in counted:
        if program in scope.exact:
            exact[pair] += persons
        else:
            others.append((pair, persons))
    deeds = [Deed(TieKind.REFERRAL, ("exact", pair), pair, persons) for pair, persons in exact.items()]
    return deeds + [
        Deed(TieKind.REFERRAL, ("protected", pair), pair, persons) for pair, persons in protected(others).items()
    ]


def _where(scope: Scope, group: str, division: str) -> Q:
    """In the territory that is asked: the group is of it, or what it did happened there."""
    if scope.places is None:
        return Q()
    return Q(**{f"{group}__in": scope.placed}) | Q(**{f"{division}__in": scope.places})


def _within(name: str, periods: Sequence[Period]) -> Q:
    """In one of the periods, by the day of this country (`TIME_ZONE`)."""
    found = Q()
    for period in periods:
        found |= Q(
            **{f"{name}__gte": _midnight(period.start), f"{name}__lt": _midnight(period.end + timedelta(days=1))}
        )
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _gathered(kind: str, lines: Iterable[tuple[Hashable, int, date]], periods: Sequence[Period]) -> list[list[Deed]]:
    """One deed a key and period, with all its organizations."""
    present: list[defaultdict[Hashable, set[int]]] = [defaultdict(set) for _ in periods]
    for key, organization, day in lines:
        for period, by_key in zip(periods, present, strict=True):
            if period.holds(day):
                by_key[key].add(organization)
    return [
        [Deed(kind, key, tuple(sorted(organizations))) for key, organizations in by_key.items()] for by_key in present
    ]


SOURCES = (
    TieSource(TieKind.MEETING, TieKind.MEETING.label, meetings),
    TieSource(TieKind.REFERRAL, TieKind.REFERRAL.label, referrals),
    TieSource(TieKind.FOLLOW_UP, TieKind.FOLLOW_UP.label, follow_ups),
    TieSource(TieKind.INITIATIVE, TieKind.INITIATIVE.label, initiatives),
)
