"""What a list of results says of each service: read in three queries, whatever their number."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from .models import Location, Phone, Schedule, Service, ServiceLocation
from .opening import Opening, opening_at, opening_in_words


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A service of the list. `distance` is in kilometres, None when it is not asked or not known."""

    service: Service
    place: Location | None
    more_places: int
    distance: float | None
    is_open: bool | None
    now: str
    phone: Phone | None


def result_lines(
    ids: Sequence[int], distances: dict[int, float], near: tuple[float, float] | None = None, at: datetime | None = None
) -> list[ResultLine]:
    """The services `ids` in their order, each by its nearest place; `at` is the moment of « open » (now)."""
    at = at or timezone.now()
    services = _called(Service.objects.select_related("organization").only(*_SAID)).in_bulk(list(ids))
    places: dict[int, list[ServiceLocation]] = defaultdict(list)
    for one in _given(ids):
        places[one.service_id].append(one)
    locations = [one.location_id for rows in places.values() for one in rows]
    given = [one.pk for rows in places.values() for one in rows]
    here = Q(service__in=ids) | Q(location__in=locations) | Q(service_location__in=given)
    schedules = _by_owner(Schedule.objects.filter(here).order_by("id"))
    lines = []
    for service in (services[number] for number in ids if number in services):
        ordered = sorted(places[service.pk], key=lambda one: _away(one.location, near))
        states = [_state(service, one, schedules, at) for one in ordered] or [
            opening_at(schedules["service", service.pk], at)
        ]
        state = next((one for one in states if one.open), states[0])
        lines.append(
            ResultLine(
                service=service,
                place=ordered[0].location if ordered else None,
                more_places=max(len(ordered) - 1, 0),
                distance=distances.get(service.pk),
                is_open=state.open,
                now=opening_in_words(state, at),
                phone=Phone(number=service.called, extension=service.called_at or "") if service.called else None,
            )
        )
    return lines


_SAID = ("uid", "name", "description", "status", "fee", "checked_on", "quality", "organization__name")


def _given(ids: Sequence[int]) -> QuerySet[ServiceLocation]:
    rows = ServiceLocation.objects.filter(service__in=ids).select_related("location__municipality").order_by("id")
    place = ("name", "city", "latitude", "longitude", "municipality__name")
    return rows.only("service_id", *(f"location__{name}" for name in place))


def _called(services: QuerySet[Service]) -> Any:
    """Each service with the first number to call: its own, else that of a place. Each way has its own index."""
    voices = Phone.objects.exclude(kind="fax").order_by("id")
    own = voices.filter(service=OuterRef("pk"))
    there = voices.filter(location__service_locations__service=OuterRef("pk"))

    def first(column: str) -> Coalesce:
        return Coalesce(Subquery(own.values(column)[:1]), Subquery(there.values(column)[:1]))

    return services.annotate(called=first("number"), called_at=first("extension"))


def _by_owner(rows: Any) -> dict[tuple[str, int], list[Any]]:
    found: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for row in rows:
        for owner in ("service_location", "service", "location"):
            if (number := getattr(row, f"{owner}_id", None)) is not None:
                found[owner, number].append(row)
    return found


def _state(service: Service, one: ServiceLocation, schedules: dict[Any, list[Any]], at: datetime) -> Opening:
    there, place = ("service_location", one.pk), ("location", one.location_id)
    return opening_at(schedules[there] or schedules["service", service.pk] or schedules[place], at)


def _away(location: Location, near: tuple[float, float] | None) -> float:
    """How far a place is, in square degrees, good enough to order the places of one service."""
    if near is None:
        return 0
    if location.latitude is None or location.longitude is None:
        return float("inf")
    return (location.latitude - near[0]) ** 2 + ((location.longitude - near[1]) * 0.69) ** 2
