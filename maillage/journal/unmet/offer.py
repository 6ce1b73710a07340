"""Needs for which the directory knows no service in a territory."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q

from maillage.directory.enums import TaxonomyKind
from maillage.directory.models import Service, ServiceArea, ServiceLocation, TaxonomyTerm
from maillage.territories.models import Division


def territories_without_service(needs: Iterable[str], mrcs: Iterable[Division]) -> Mapping[str, frozenset[int]] | None:
    """By code of a need, the MRC (by number) for which no service of the directory answers it (four queries).

    A service answers in the MRC that its areas touch (the MRC, a larger territory or one of its municipalities); one
    that says no area, where its places are. Terms of the directory answer the need whose code they or a wider term
    bear. None when the directory says of no service which need it answers: its silence would mean nothing.
    """
    wanted, places = list(needs), {division.pk: division for division in mrcs}
    terms = _needs_of_terms(wanted)
    offered: defaultdict[str, set[int]] = defaultdict(set)
    where = _reached(places)
    pairs = [*_by_area(), *_by_place()]
    if not pairs:
        return None
    for term, division in pairs:
        for code in terms.get(term, ()):
            offered[code] |= where.get(division, set())
    return {code: frozenset(places.keys() - offered[code]) for code in wanted}


def _needs_of_terms(needs: Iterable[str]) -> dict[int, set[str]]:
    """By number of a term of the directory, the needs among `needs` that it answers."""
    wanted = set(needs)
    rows = TaxonomyTerm.objects.filter(taxonomy__kind=TaxonomyKind.NEED).order_by()
    held = {pk: (code, parent) for pk, code, parent in rows.values_list("pk", "code", "parent_id")}
    found: dict[int, set[str]] = {}
    for start in held:
        term, seen = start, set[int]()
        while term in held and term not in seen:
            seen.add(term)
            code, parent = held[term]
            if code in wanted:
                found.setdefault(start, set()).add(code)
            term = parent
    return found


def _reached(mrcs: Mapping[int, Division]) -> dict[int, set[int]]:
    """By number of a division, the MRC that it touches."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    near = Division.objects.filter(Q(pk__in=mrcs) | Q(parent__in=mrcs)).order_by()
    for pk, parent, wider in near.values_list("pk", "parent_id", "parent__parent_id"):
        if pk in mrcs:
            for one in (pk, parent, wider):
                found[one].add(pk)
        else:
            found[pk].add(parent)
    return found


def _by_area() -> set[tuple[int, int]]:
    """Pairs of a term and a division that an offered service says it takes."""
    areas = ServiceArea.objects.filter(service__in=Service.objects.offered().order_by().values("pk"))
    areas = areas.exclude(division=None).exclude(service__service_terms=None).order_by()
    return set(areas.values_list("service__service_terms__term_id", "division_id").distinct())


def _by_place() -> set[tuple[int, int]]:
    """Pairs of a term and a municipality where a service is offered that says no area."""
    silent = Service.objects.offered().filter(areas=None).order_by()
    places = ServiceLocation.objects.filter(service__in=silent.values("pk")).exclude(location__municipality=None)
    places = places.exclude(service__service_terms=None).order_by()
    return set(places.values_list("service__service_terms__term_id", "location__municipality_id").distinct())
