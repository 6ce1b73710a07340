"""The dates of a series as they are shown before they are written."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from .enums import MeetingState
from .models import Group, Meeting
from .recurrence import days_of
from .times import LOCAL, day_words, moment


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day of the series: its moments, or why it has none; what else the group has that day; whether it is kept."""

    day: date
    words: str
    starts_at: datetime | None
    ends_at: datetime | None
    note: str
    is_kept: bool


def plan_of(group: Group, said: dict[str, Any], kept: Collection[date] | None = None) -> list[Occurrence]:
    """The occurrences that a valid form asks for; `kept` are the days that stay checked (all that can at first)."""
    first: date = said["day"]
    lasts = (said.get("last_day") or first) - first
    days = days_of(said["repeat"], first, said.get("until"), said.get("times"))
    taken = _taken(group, days)
    found = []
    for day in days:
        starts_at = ends_at = None
        note = _("Le groupe se réunit déjà ce jour-là : %s") % taken[day] if day in taken else ""
        try:
            starts_at, ends_at = moment(day, said["begins"]), moment(day + lasts, said["ends"])
        except ValidationError as refused:
            note = refused.messages[0]
        is_kept = starts_at is not None and (day not in taken if kept is None else day in kept)
        found.append(Occurrence(day, day_words(day), starts_at, ends_at, note, is_kept))
    return found


def _taken(group: Group, days: list[date]) -> dict[date, str]:
    """The group's meetings of these days, by their day in Toronto."""
    if not days:
        return {}
    around = Meeting.objects.filter(
        group=group, starts_at__date__gte=days[0], starts_at__date__lte=days[-1], state=MeetingState.PLANNED
    )
    rows = around.order_by("starts_at", "id").values_list("starts_at", "title")
    return {timezone.localtime(at, LOCAL).date(): title for at, title in rows if at is not None}
