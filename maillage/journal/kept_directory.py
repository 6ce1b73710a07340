"""What a device keeps of the directory to refer without network: names of the territory, and what a slip says of each."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from maillage.directory.models import Phone, Schedule, Service, ServiceLocation
from maillage.directory.opening import hours_at, in_words
from maillage.programs.models import Program
from maillage.territories.models import Division

from .context import DraftContext
from .targets import service_name, usual_names

MOST_SERVICES = 500
MOST_NAMES = 60
MOST_CHARACTERS = 200_000  # of all that is said: a telephone fetches it once a day
LONGEST_LINE = 160
MOST_PLACES = 2

Said = dict[str, Any]


def kept_directory(program: Program) -> list[Said]:
    """What this programme refers to the most, then the services that its territory is offered: each a name, and the lines
    of its slip (place, hours, telephone). Bounded in number and in size; the queries do not depend on it."""
    services = list(_services(DraftContext(program)))
    said = [{"name": service_name(one.name, one.organization.name), "lines": _lines(one)} for one in services]
    known = {one["name"] for one in said}
    usual = [{"name": name, "lines": []} for name in usual_names(program, MOST_NAMES) if name not in known]
    return list(_bounded([*usual, *said]))


def _services(context: DraftContext) -> QuerySet[Service]:
    here = _territory(context)
    areas = Q(areas__division__in=here)
    places = Q(areas=None, service_locations__location__municipality__in=here)
    anywhere = Q(areas=None) & (Q(service_locations=None) | Q(service_locations__location__municipality=None))
    given = ServiceLocation.objects.select_related("location").prefetch_related(
        _in_order("schedules", Schedule),
        _in_order("phones", Phone),
        _in_order("location__schedules", Schedule),
        _in_order("location__phones", Phone),
    )
    offered = Service.objects.offered().filter(areas | places | anywhere).values("pk")
    ours = Count("referrals", filter=Q(referrals__entry__program=context.program))
    return (
        Service.objects.filter(pk__in=offered)
        .annotate(times=ours)
        .select_related("organization")
        .only("name", "organization__name", "application_process")
        .order_by("-times", "name", "id")
        .prefetch_related(
            _in_order("schedules", Schedule),
            _in_order("phones", Phone),
            Prefetch("service_locations", given.order_by("id")),
        )[:MOST_SERVICES]
    )


def _in_order(name: str, model: Any) -> Prefetch:
    return Prefetch(name, model.objects.order_by("id"))


def _territory(context: DraftContext) -> Any:
    """The MRC of the programme, their municipalities, and what they are part of."""
    mrcs = list(context.mrcs)
    up = Division.objects.filter(pk__in=mrcs).values("parent")
    over = Division.objects.filter(pk__in=mrcs).values("parent__parent")
    return Division.objects.filter(Q(pk__in=mrcs) | Q(parent__in=mrcs) | Q(pk__in=up) | Q(pk__in=over)).values("pk")


def _lines(service: Service) -> list[str]:
    places = list(service.service_locations.all())
    phones = [phone for at in places for phone in (*at.phones.all(), *at.location.phones.all())]
    lines = [_phone(phone) for phone in [*service.phones.all(), *phones][:2]]
    for at in places[:MOST_PLACES]:
        lines += [_address(at.location), *in_words(hours_at(at, service))[:3]]
    if not places:
        lines += in_words(service.schedules.all())[:3]
    lines.append(" ".join(service.application_process.split()))
    return [line[:LONGEST_LINE] for line in dict.fromkeys(lines) if line]


def _phone(phone: Phone) -> str:
    return f"{phone.number} p. {phone.extension}" if phone.extension else phone.number


def _address(place: Any) -> str:
    return ", ".join(part for part in (place.name, place.address_1, place.city) if part)


def _bounded(listed: Iterable[Said]) -> Iterable[Said]:
    left = MOST_CHARACTERS
    for one in listed:
        left -= len(one["name"]) + sum(map(len, one["lines"])) + 40
        if left < 0:
            return
        yield one
