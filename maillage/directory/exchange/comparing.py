"""Sheets of a file beside those of the directory: whose each is, what would change, which identifiers are free."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db.models import Model

from maillage.core.tabular.heading import key
from maillage.directory.models import Location, Organization, OrganizationIdentifier, Service, Source
from maillage.directory.reading import Shelf, parts
from maillage.directory.shapes import (
    ORGANIZATION_LISTS,
    PLACE_LISTS,
    SERVICE_LISTS,
    SHAPES,
)
from maillage.directory.sheets import OrganizationSheet, PlaceSheet, ServiceSheet
from maillage.directory.shipped_taxonomies import TAXONOMIES

from .hsds.taking import own_of

Claims = set[tuple[type[Model], UUID]]
_OURS = {taxonomy.code for taxonomy in TAXONOMIES}
_LISTS = {ServiceSheet: SERVICE_LISTS, OrganizationSheet: ORGANIZATION_LISTS, PlaceSheet: PLACE_LISTS}


@dataclass(slots=True)
class Known:
    """What the directory holds of the things that a file names."""

    services: dict[UUID, Service] = field(default_factory=dict)
    organizations: dict[UUID, Organization] = field(default_factory=dict)
    service_sheets: dict[UUID, ServiceSheet] = field(default_factory=dict)
    organization_sheets: dict[UUID, OrganizationSheet] = field(default_factory=dict)
    place_sheets: dict[UUID, PlaceSheet] = field(default_factory=dict)
    taken: Claims = field(default_factory=set)


def look_up(services: Iterable[ServiceSheet], organizations: Iterable[OrganizationSheet]) -> Known:
    """Read what the directory holds of these sheets, with the same few queries for a few hundred."""
    known = Known()
    given, owners = list(services), list(organizations)
    for part in parts(sorted({sheet.uid for sheet in given if sheet.uid})):
        rows = Service.objects.select_related("organization", "merged_into").filter(uid__in=part).order_by("pk")
        shelf = Shelf([row.pk for row in rows])
        for row in rows:
            known.services[row.uid], known.service_sheets[row.uid] = row, shelf.service(row)
    for part in parts(sorted({sheet.uid for sheet in owners if sheet.uid})):
        found = Organization.objects.select_related("parent", "division").filter(uid__in=part).order_by("pk")
        shelf = Shelf(organizations=[row.pk for row in found])
        for row in found:
            known.organizations[row.uid], known.organization_sheets[row.uid] = row, shelf.organization(row)
    places = {at.place.uid for sheet in given for at in sheet.at} | {
        one.uid for sheet in owners for one in sheet.places
    }
    for part in parts(sorted(uid for uid in places if uid)):
        numbers = list(Location.objects.filter(uid__in=part).order_by("pk").values_list("pk", flat=True))
        shelf = Shelf(places=numbers)
        known.place_sheets |= {row.uid: shelf.place(row) for row in shelf.places.values()}
    wanted: dict[type[Model], set[UUID]] = defaultdict(set)
    for sheet in (*given, *owners):
        for model, line in _lines(sheet):
            wanted[model].add(line.uid)
    for model, uids in wanted.items():
        for part in parts(sorted(uids)):
            known.taken |= {
                (model, uid)
                for uid in model._default_manager.filter(uid__in=part).values_list("uid", flat=True).order_by()
            }
    return known


def _lines(sheet: Any) -> Iterator[tuple[type[Model], Any]]:
    """Every line under a sheet that bears an identifier, with its table; places are sheets of their own."""
    for name in _LISTS[type(sheet)]:
        yield from _of_list(name, getattr(sheet, name))
    places = [at.place for at in sheet.at] if isinstance(sheet, ServiceSheet) else getattr(sheet, "places", ())
    for place in places:
        yield from _lines(place)


def _of_list(name: str, lines: Iterable[Any]) -> Iterator[tuple[type[Model], Any]]:
    shape = SHAPES[name]
    for line in lines:
        if line.uid is not None:
            yield shape.model, line
        for child in shape.children:
            yield from _of_list(child, getattr(line, child))


def own_lines(sheet: Any, known: Known) -> Any:
    """The same sheet, whose lines bear no identifier that another sheet's line bears already."""
    before = {
        ServiceSheet: known.service_sheets,
        OrganizationSheet: known.organization_sheets,
        PlaceSheet: known.place_sheets,
    }
    old = before[type(sheet)].get(sheet.uid)
    mine = (
        {(model, line.uid) for name in _LISTS[type(sheet)] for model, line in _of_list(name, getattr(old, name))}
        if old
        else set()
    )
    given: dict[str, Any] = {
        name: _freed(name, getattr(sheet, name), sheet.uid, mine, known.taken) for name in _LISTS[type(sheet)]
    }
    if isinstance(sheet, ServiceSheet):
        given["at"] = tuple(replace(at, place=own_lines(at.place, known)) for at in given["at"])
    elif isinstance(sheet, OrganizationSheet):
        given["places"] = tuple(own_lines(place, known) for place in sheet.places)
    return replace(sheet, **given)


def _freed(name: str, lines: tuple[Any, ...], owner: UUID, mine: Claims, taken: Claims) -> tuple[Any, ...]:
    shape, found = SHAPES[name], []
    for line in lines:
        uid = line.uid
        if uid is not None:
            other = own_of(owner, uid)
            if (shape.model, uid) not in mine and ((shape.model, uid) in taken or (shape.model, other) in mine):
                uid = other
        below = {child: _freed(child, getattr(line, child), uid or owner, mine, taken) for child in shape.children}
        found.append(replace(line, uid=uid, **below) if uid != line.uid or below else line)
    return tuple(found)


def with_what_stays(sheet: ServiceSheet, old: ServiceSheet | None, source: Source | None) -> ServiceSheet:
    """The sheet of a file, with what is known here and a file does not say: the later day on which somebody looked, and the
    terms of our own taxonomies when the partner gives none of them."""
    if old is None:
        return sheet
    given: dict[str, Any] = {"checked_by_label": old.checked_by_label}
    if old.checked_on and (sheet.checked_on is None or old.checked_on > sheet.checked_on):
        given["checked_on"] = old.checked_on
    if source is not None:
        said = {term.taxonomy for term in sheet.terms}
        ours = tuple(term for term in old.terms if term.taxonomy in _OURS and term.taxonomy not in said)
        given["terms"] = (*sheet.terms, *(term for term in ours if not term.beyond))
    return replace(sheet, **given)


def is_same_organization(sheet: OrganizationSheet, old: OrganizationSheet) -> bool:
    """Whether an organization already says this; places that the file does not name stay."""
    places = {place.uid: place for place in old.places}
    named = all(places.get(place.uid) == place for place in sheet.places)
    return named and replace(sheet, places=(), kind=sheet.kind or old.kind) == replace(old, places=())


class Namesakes:
    """Organizations of the directory by number of a register, else by name when one only bears it."""

    def __init__(self) -> None:
        rows = list(Organization.objects.order_by("pk").values_list("uid", "name", "source_id"))
        self._by_name: dict[str, list[UUID]] = defaultdict(list)
        for uid, name, _source in rows:
            self._by_name[key(name)].append(uid)
        numbers = OrganizationIdentifier.objects.order_by("-pk").values_list("kind", "value", "organization__uid")
        self._by_number = {(key(kind), value): uid for kind, value, uid in numbers}

    def find(self, sheet: OrganizationSheet) -> UUID | None:
        """The organization that this one already is, or None."""
        for line in sheet.identifiers:
            if found := self._by_number.get((key(line.kind), line.value)):
                return found
        same = self._by_name.get(key(sheet.name), [])
        return same[0] if len(same) == 1 else None
