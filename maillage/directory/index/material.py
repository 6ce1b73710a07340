"""All that the index reads of some services, in a dozen queries whatever their number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from maillage.directory.models import (
    Accessibility,
    Schedule,
    ServiceArea,
    ServiceLocation,
    ServiceTerm,
    SpokenLanguage,
    TaxonomyTerm,
    TermMatch,
)
from maillage.territories.models import Division


@dataclass(frozen=True, slots=True)
class IndexedTerm:
    """A term as the index needs it."""

    kind: str
    code: str
    name: str
    name_en: str
    synonyms: str
    parent: int | None


class Divisions:
    """Names and parents of some divisions, with all that hold them."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._rows: dict[int, tuple[str, int | None]] = {}
        wanted = set(numbers)
        while wanted:
            rows = Division.objects.filter(pk__in=wanted).select_related("parent__parent__parent").order_by("pk")
            for division in rows:
                above: Division | None = division
                for _step in range(4):
                    if above is None:
                        break
                    self._rows[above.pk] = (above.name, above.parent_id)
                    above = above.parent if _step < 3 else None
            wanted = {parent for _name, parent in self._rows.values() if parent} - self._rows.keys()

    def line(self, number: int | None) -> list[int]:
        """A division and those that hold it, the smallest first."""
        found: list[int] = []
        while number in self._rows and number not in found:
            found.append(number)
            number = self._rows[number][1]
        return found

    def name(self, number: int) -> str:
        """Its name in use."""
        return self._rows[number][0] if number in self._rows else ""


def _lists() -> "defaultdict[int, list[str]]":
    return defaultdict(list)


@dataclass(slots=True)
class Material:
    """By number of service, unless said otherwise."""

    terms: dict[int, IndexedTerm] = field(default_factory=dict)
    equals: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    service_terms: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    access: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    areas: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    area_names: defaultdict[int, list[str]] = field(default_factory=_lists)
    place_names: defaultdict[int, list[str]] = field(default_factory=_lists)
    municipalities: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    points: defaultdict[int, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    languages: defaultdict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    divisions: Divisions = field(default_factory=lambda: Divisions(()))
    at_places: defaultdict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    own_hours: defaultdict[int, list[Schedule]] = field(default_factory=lambda: defaultdict(list))
    place_hours: defaultdict[int, list[Schedule]] = field(default_factory=lambda: defaultdict(list))
    there_hours: defaultdict[int, list[Schedule]] = field(default_factory=lambda: defaultdict(list))

    def terms_of(self, service: int) -> tuple[list[IndexedTerm], list[IndexedTerm]]:
        """The terms of a service with those that say the same in another taxonomy, and the broader ones."""
        direct = dict.fromkeys(self.service_terms[service])
        for number in list(direct):
            direct.update(dict.fromkeys(self.equals[number]))
        broader: dict[int, None] = {}
        for number in direct:
            above = self.terms[number].parent
            while above in self.terms and above not in direct and above not in broader:
                broader[above] = None
                above = self.terms[above].parent
        return [self.terms[number] for number in direct], [self.terms[number] for number in broader]

    def access_of(self, service: int) -> list[tuple[str, str]]:
        """Kinds and codes of what makes its places easy to use."""
        return [(self.terms[number].kind, self.terms[number].code) for number in self.access[service]]

    def wider_names(self, service: int) -> list[str]:
        """Names of what holds its places and areas: MRC, region."""
        within = {above for place in self.municipalities[service] for above in self.divisions.line(place)[1:]}
        within |= {above for area in self.areas[service] for above in self.divisions.line(area)[1:]}
        return [self.divisions.name(number) for number in sorted(within)]

    def hours_of(self, service: int) -> list[list[Schedule]]:
        """As `opening.hours_of`: a list for each place, one when there is none."""
        own = self.own_hours[service]
        found = [self.there_hours[at] or own or self.place_hours[place] for at, place in self.at_places[service]]
        return found or [own]


def read(numbers: Sequence[int]) -> Material:
    """The material of these services."""
    material = Material()
    locations = _read_places(material, numbers)
    _read_areas(material, numbers)
    _read_languages(material, numbers, locations)
    _read_terms(material, numbers, locations)
    _read_hours(material, numbers, locations)
    holding = {number for found in (*material.areas.values(), *material.municipalities.values()) for number in found}
    material.divisions = Divisions(holding)
    for service, areas in material.areas.items():
        material.area_names[service] += [material.divisions.name(number) for number in areas]
    for service, places in material.municipalities.items():
        material.place_names[service] += [material.divisions.name(number) for number in places]
    return material


def hours_by_service(numbers: Sequence[int]) -> dict[int, list[list[Schedule]]]:
    """The hours of these services, as `opening.hours_of` gives them."""
    material = Material()
    for start in range(0, len(numbers), 500):
        some = numbers[start : start + 500]
        _read_hours(material, some, _read_places(material, some))
    return {number: material.hours_of(number) for number in numbers}


def _read_places(material: Material, numbers: Sequence[int]) -> dict[int, list[int]]:
    """Places, and for each the services that are given there."""
    locations: dict[int, list[int]] = {}
    rows = ServiceLocation.objects.filter(service__in=numbers).order_by("service_id", "id")
    for at in rows.select_related("location"):
        place, service = at.location, at.service_id
        locations.setdefault(place.pk, []).append(service)
        material.at_places[service].append((at.pk, place.pk))
        material.place_names[service] += [place.name, place.city, place.region, place.address_1]
        if place.municipality_id and place.municipality_id not in material.municipalities[service]:
            material.municipalities[service].append(place.municipality_id)
        if place.latitude is not None and place.longitude is not None:
            material.points[service].append((place.latitude, place.longitude))
    return locations


def _read_areas(material: Material, numbers: Sequence[int]) -> None:
    rows = ServiceArea.objects.filter(service__in=numbers).order_by("service_id", "id")
    for service, division, name in rows.values_list("service_id", "division_id", "name"):
        if division:
            material.areas[service].append(division)
        material.area_names[service].append(name)


def _read_languages(material: Material, numbers: Sequence[int], locations: dict[int, list[int]]) -> None:
    of_phone = Q(phone__service__in=numbers)
    rows = SpokenLanguage.objects.filter(Q(service__in=numbers) | Q(location__in=list(locations)) | of_phone)
    columns = ("service_id", "location_id", "phone__service_id", "code", "name")
    for service, location, called, code, name in rows.order_by("id").values_list(*columns):
        for number in [service or called] if location is None else locations[location]:
            material.languages[number].append((code, name))


def _read_terms(material: Material, numbers: Sequence[int], locations: dict[int, list[int]]) -> None:
    rows = ServiceTerm.objects.filter(service__in=numbers).order_by("service_id", "id")
    for service, term in rows.values_list("service_id", "term_id"):
        material.service_terms[service].append(term)
    there = Accessibility.objects.filter(location__in=list(locations)).order_by("location_id", "id")
    for location, term, said in there.values_list("location_id", "term_id", "description"):
        for service in locations[location]:
            material.place_names[service].append(said)
            if term:
                material.access[service].append(term)
    wanted = {term for found in (*material.service_terms.values(), *material.access.values()) for term in found}
    wanted |= _read_matches(material, wanted)
    while wanted:
        for row in TaxonomyTerm.objects.filter(pk__in=wanted).order_by("pk").select_related("taxonomy"):
            material.terms[row.pk] = IndexedTerm(
                row.taxonomy.kind, row.code, row.name, row.name_en, row.synonyms, row.parent_id
            )
        wanted = {term.parent for term in material.terms.values() if term.parent} - material.terms.keys()


def _read_matches(material: Material, terms: set[int]) -> set[int]:
    """Our terms that say the same as a term of another taxonomy: « thématique » of a partner → need."""
    codes = dict(TaxonomyTerm.objects.filter(pk__in=terms).order_by("pk").values_list("pk", "code"))
    by_scheme: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, code, uri, scheme in (
        TaxonomyTerm.objects.filter(pk__in=codes)
        .order_by("pk")
        .values_list("pk", "code", "taxonomy__uri", "taxonomy__code")
    ):
        by_scheme[scheme, code].append(number)
        if uri:
            by_scheme[uri, code].append(number)
    rows = (
        TermMatch.objects.filter(code__in=set(codes.values())).order_by("id").values_list("scheme", "code", "term_id")
    )
    found = set()
    for scheme, code, ours in rows:
        for number in by_scheme.get((scheme, code), ()):
            material.equals[number].append(ours)
            found.add(ours)
    return found - terms


def _read_hours(material: Material, numbers: Sequence[int], locations: dict[int, list[int]]) -> None:
    at = [number for found in material.at_places.values() for number, _place in found]
    rows = Schedule.objects.filter(
        Q(service__in=numbers) | Q(location__in=list(locations)) | Q(service_location__in=at)
    ).order_by("id")
    for line in rows:
        if line.service_id:
            material.own_hours[line.service_id].append(line)
        elif line.location_id:
            material.place_hours[line.location_id].append(line)
        else:
            material.there_hours[line.service_location_id or 0].append(line)
