"""Which hours are those of a service at a place: the nearest to both that are given."""

from collections.abc import Sequence

from maillage.directory.models import Schedule, Service, ServiceLocation


def hours_at(at: ServiceLocation, service: Service | None = None) -> Sequence[Schedule]:
    """The hours of the service there, else those of the service, else those of the place (read from prefetched rows)."""
    service = service or at.service
    return list(at.schedules.all()) or list(service.schedules.all()) or list(at.location.schedules.all())


def hours_of(service: Service) -> list[Sequence[Schedule]]:
    """The hours of a service, one list for each place at which it is given; one list when it is given nowhere.

    Prefetch `schedules`, `service_locations__schedules` and `service_locations__location__schedules`.
    """
    places = [hours_at(at, service) for at in service.service_locations.all()]
    return places or [list(service.schedules.all())]
