"""Invented services written many at once, without history: for measurements and trials only."""

from collections.abc import Callable, Iterable, Iterator
from datetime import time
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.directory.enums import Frequency, OrganizationKind
from maillage.directory.models import (
    Accessibility,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceLocation,
    ServiceTerm,
    SpokenLanguage,
    TaxonomyTerm,
)
from maillage.directory.queries import organization_search
from maillage.directory.services.indexing import index_services
from maillage.directory.shipped_taxonomies import ACCESS, CLIENTELES, NEEDS, WAYS
from maillage.directory.short_codes import make_distinct
from maillage.territories.enums import Level
from maillage.territories.models import Division

from .drafts import Draft, Place

AT_ONCE = 2_000


def places() -> list[Place]:
    """The municipalities of this installation. `Refused`, with a sentence, when there is none."""
    rows = Division.objects.filter(level=Level.MUNICIPALITY, valid_to=None).order_by("code")
    found = [
        Place(row.pk, row.name, row.parent_id, row.latitude, row.longitude) for row in rows if row.latitude is not None
    ]
    if not found:
        raise Refused(_("Aucune municipalité n'a de point : importez d'abord des territoires."))
    return found


@transaction.atomic
def write(
    found: Iterable[Draft], progress: Callable[[int], object] = lambda done: None, *, index: bool = True
) -> list[int]:
    """Write these services, all or nothing, and index them; their numbers, in order."""
    terms = {
        (taxonomy, code): number
        for number, taxonomy, code in TaxonomyTerm.objects.order_by("pk").values_list("pk", "taxonomy__code", "code")
    }
    organizations: dict[str, Organization] = {}
    numbers: list[int] = []
    for some in _some(found):
        _write_organizations(some, organizations)
        written = _write_services(some, organizations)
        _write_lines(some, written, terms)
        _write_places(some, written, organizations, terms)
        if index:
            index_services(ids=[service.pk for service in written])
        numbers += [service.pk for service in written]
        progress(len(some))
    return numbers


def _some(found: Iterable[Draft]) -> Iterator[list[Draft]]:
    iterator = iter(found)
    while some := list(islice(iterator, AT_ONCE)):
        yield some


def _write_organizations(some: list[Draft], known: dict[str, Organization]) -> None:
    new = dict.fromkeys(draft.organization for draft in some if draft.organization not in known)
    rows = [Organization(name=name, kind=OrganizationKind.COMMUNITY, search=organization_search(name)) for name in new]
    known.update({row.name: row for row in Organization.objects.bulk_create(rows, batch_size=500)})


def _write_services(some: list[Draft], organizations: dict[str, Organization]) -> list[Service]:
    rows = [
        Service(
            organization=organizations[draft.organization],
            name=draft.name,
            description=draft.description,
            application_process=draft.process,
            fee=draft.fee,
            checked_on=draft.checked_on,
            quality=draft.quality,
        )
        for draft in some
    ]
    make_distinct(rows)
    return Service.objects.bulk_create(rows, batch_size=500)


def _write_lines(some: list[Draft], written: list[Service], terms: dict[tuple[str, str], int]) -> None:
    described, areas, languages, phones = [], [], [], []
    for draft, service in zip(some, written, strict=True):
        codes = [(NEEDS, code) for code in draft.said] + [(CLIENTELES, code) for code in draft.clienteles]
        codes += [(WAYS, code) for code in draft.modes]
        described += [ServiceTerm(service=service, term_id=terms[code]) for code in codes]
        if draft.area:
            areas.append(ServiceArea(service=service, division_id=draft.area))
        languages += [SpokenLanguage(service=service, code=code) for code in draft.languages]
        phones.append(Phone(service=service, number=f"418 555-01{service.pk % 100:02d}"))
    ServiceTerm.objects.bulk_create(described, batch_size=500)
    ServiceArea.objects.bulk_create(areas, batch_size=500)
    SpokenLanguage.objects.bulk_create(languages, batch_size=500)
    Phone.objects.bulk_create(phones, batch_size=500)


def _write_places(
    some: list[Draft], written: list[Service], organizations: dict[str, Organization], terms: dict[tuple[str, str], int]
) -> None:
    locations = Location.objects.bulk_create(
        [
            Location(
                organization=organizations[draft.organization],
                city=draft.place.name,
                latitude=draft.place.latitude,
                longitude=draft.place.longitude,
                municipality_id=draft.place.division,
            )
            for draft in some
        ],
        batch_size=500,
    )
    together = list(zip(some, written, locations, strict=True))
    at = [ServiceLocation(service=service, location=location) for _draft, service, location in together]
    ServiceLocation.objects.bulk_create(at, batch_size=500)
    access = [
        Accessibility(location=location, term_id=terms[ACCESS, code])
        for draft, _service, location in together
        for code in draft.access
    ]
    Accessibility.objects.bulk_create(access, batch_size=500)
    hours = [
        Schedule(
            service=service,
            frequency=Frequency.WEEKLY,
            byday=draft.days,
            opens_at=time(draft.opens),
            closes_at=time(draft.closes),
        )
        for draft, service, _location in together
        if draft.days
    ]
    Schedule.objects.bulk_create(hours, batch_size=500)
