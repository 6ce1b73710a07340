"""Who a group is made of, by what each member takes part as."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest

from .enums import OWN_VOICE, Capacity
from .models import Group, Member
from .queries import GroupSeen


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a whole; `percent` is rounded, None of nothing."""

    label: str
    count: int
    total: int
    own_voice: bool = False

    @property
    def percent(self) -> int | None:
        """The share, in percent."""
        return round(100 * self.count / self.total) if self.total else None


@dataclass(frozen=True, slots=True)
class Composition:
    """Current members by what they take part as, those who are there only; `voice` is tenants' and citizens' share."""

    total: int
    shares: tuple[Share, ...]
    voice: Share


def composition_of(group: Group) -> Composition:
    """The composition of a group today, in one query."""
    rows = Member.objects.current().filter(group=group).order_by().values_list("capacity").annotate(Count("pk"))
    counts = dict(rows)
    total = sum(counts.values())
    shares = tuple(
        Share(str(capacity.label), counts[capacity], total, capacity in OWN_VOICE)
        for capacity in Capacity
        if counts.get(capacity)
    )
    own = sum(counts.get(capacity, 0) for capacity in OWN_VOICE)
    return Composition(total, shares, Share("", own, total, True))


def composition_part(request: HttpRequest, seen: GroupSeen) -> dict[str, Any]:
    """The composition, for the group's page."""
    return {"composition": composition_of(seen.group)}
