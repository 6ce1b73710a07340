"""What the pages of vigilance show: coverage, alerts by outcome, what is to be reviewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from .enums import AlertOutcome
from .models import VigilanceAlert, VigilanceCount, VigilanceScheme

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SchemeLine:
    """A scheme on the list, with its latest count; `share` of the units take part (None where the site's units are not known)."""

    scheme: VigilanceScheme
    sentinels: int | None
    units: int | None
    counted_on: date | None
    share: float | None
    review: str


@dataclass(frozen=True, slots=True)
class AlertTotals:
    """Alerts: how many, by outcome (those that came); the median delay of those whose delay is known."""

    count: int
    by_outcome: list[tuple[Any, int]]
    delay: float | None
    timed: int


def listed(actor: Any) -> QuerySet[VigilanceScheme]:
    """The schemes that `actor` sees, with their latest count: what is to be reviewed first, what ended last."""
    latest = VigilanceCount.objects.filter(scheme=OuterRef("pk")).order_by("-on", "-id")
    found = VigilanceScheme.objects.visible_to(actor).select_related("site__municipality", "program")
    found = found.annotate(
        last_on=Subquery(latest.values("on")[:1]),
        last_units=Subquery(latest.values("units")[:1]),
        last_sentinels=Subquery(latest.values("sentinels")[:1]),
        alert_count=Count("alerts"),
        ended=Case(When(ended_on=None, then=Value(0)), default=Value(1)),
    )
    return found.order_by("ended", F("review_on").asc(nulls_last=True), "site__name", "id")


def line_of(scheme: Any) -> SchemeLine:
    """A scheme given by `listed`."""
    share = coverage(scheme.last_units, scheme.site.units)
    return SchemeLine(scheme, scheme.last_sentinels, scheme.last_units, scheme.last_on, share, review_state(scheme))


def coverage(units: int | None, whole: int | None) -> float | None:
    """The part of a site's units that take part; None when either is not known."""
    return units / whole if units is not None and whole else None


def review_state(scheme: VigilanceScheme) -> str:
    """`late`, `soon` (within a month), `set`, `missing`, or "" once ended."""
    today = timezone.localdate()
    if scheme.ended_on is not None:
        return ""
    if scheme.review_on is None:
        return "missing"
    if scheme.review_on <= today:
        return "late"
    return "soon" if scheme.review_on <= today + SOON else "set"


def to_review(actor: Any) -> int:
    """How many schemes that `actor` sees are to be reviewed today."""
    today = timezone.localdate()
    return VigilanceScheme.objects.visible_to(actor).filter(Q(ended_on=None), review_on__lte=today).count()


def totals(alerts: Sequence[VigilanceAlert]) -> AlertTotals:
    """What these alerts come to."""
    delays = [alert.delay_minutes for alert in alerts if alert.delay_minutes is not None]
    numbers = [(label, sum(alert.outcome == code for alert in alerts)) for code, label in AlertOutcome.choices]
    numbers = [(label, number) for label, number in numbers if number]
    return AlertTotals(len(alerts), numbers, median(delays) if delays else None, len(delays))
