"""The five lists of the HSDS API: what each may be asked, how its rows are chosen, and how they are said."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from maillage.directory.exchange.hsds import publishing
from maillage.directory.exchange.hsds.rows import Row
from maillage.directory.exchange.hsds.terms import taxonomy_object, term_object
from maillage.directory.exchange.hsds.writing import moment
from maillage.directory.models import Organization, Service, Taxonomy, TaxonomyTerm

from . import choosing
from .choosing import Chosen
from .parameters import Asked

PAGED = ("search", "page", "per_page", "format")
BY_TERM = ("taxonomy_term_id", "taxonomy_id")
OF_AN_ORGANIZATION = ("parent", "division")
OF_A_TERM = ("taxonomy", "parent")


@dataclass(frozen=True, slots=True)
class Collection:
    """A list: its table in HSDS, its parameters (`one` are those of a single object), what chooses, what says."""

    name: str
    table: str
    takes: tuple[str, ...]
    choose: Callable[..., Chosen[Any]]
    say: Callable[[Sequence[Any], Asked], list[Row]]
    visible: Callable[[], "QuerySet[Any]"]
    read_with: tuple[str, ...]
    one: tuple[str, ...] = ()
    nested: bool = True  # whether a single object says more than the list


def _services(rows: Sequence[Service], asked: Asked) -> list[Row]:
    if asked.minimal:
        return [{"id": str(row.uid), "modified_date": moment(publishing.modified_at(row))} for row in rows]
    return publishing.services_in_full(rows) if asked.full else publishing.service_heads(rows)


def _organizations(rows: Sequence[Organization], asked: Asked) -> list[Row]:
    if not asked.full and not asked.full_service:
        return publishing.organization_heads(rows)
    if not asked.full_service:
        return publishing.organizations_in_full(rows)
    offered: dict[int, list[Service]] = defaultdict(list)
    services = choosing.visible_services().filter(organization__in=[row.pk for row in rows]).order_by("pk")
    for service in services.select_related(*publishing.OF_A_SERVICE):
        offered[service.organization_id].append(service)
    return publishing.organizations_in_full(rows, offered)


def _places(rows: Sequence[Any], asked: Asked) -> list[Row]:
    return publishing.places_in_full(rows) if asked.full else publishing.place_heads(rows)


def _taxonomies(rows: Sequence[Taxonomy], asked: Asked) -> list[Row]:
    return [taxonomy_object(row) for row in rows]


def _terms(rows: Sequence[TaxonomyTerm], asked: Asked) -> list[Row]:
    return [term_object(row) for row in rows]


COLLECTIONS = {
    collection.name: collection
    for collection in (
        Collection(
            "services",
            "service",
            (*PAGED, *BY_TERM, "organization_id", "modified_after", "minimal", "full"),
            choosing.services,
            _services,
            choosing.visible_services,
            publishing.OF_A_SERVICE,
        ),
        Collection(
            "organizations",
            "organization",
            (*PAGED, *BY_TERM, "full", "full_service"),
            choosing.organizations,
            _organizations,
            choosing.visible_organizations,
            OF_AN_ORGANIZATION,
            one=("full_service",),
        ),
        Collection(
            "service_at_locations",
            "service_at_location",
            (*PAGED, *BY_TERM, "organization_id", "modified_after", "full", "postcode", "proximity"),
            choosing.places,
            _places,
            choosing.visible_places,
            publishing.OF_A_PLACE,
        ),
        Collection(
            "taxonomies",
            "taxonomy",
            PAGED,
            choosing.taxonomies,
            _taxonomies,
            lambda: choosing.taxonomies(Asked()).rows,
            (),
            nested=False,
        ),
        Collection(
            "taxonomy_terms",
            "taxonomy_term",
            (*PAGED, "taxonomy_id", "parent_id", "top_only"),
            choosing.taxonomy_terms,
            _terms,
            lambda: choosing.taxonomy_terms(Asked()).rows,
            OF_A_TERM,
            nested=False,
        ),
    )
}
