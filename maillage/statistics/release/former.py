"""Earlier releases of a programme, as editions: what each printed, what it kept to itself, how its figures relate."""

from collections.abc import Collection, Iterable, Sequence

from maillage.statistics.enums import ReleaseState
from maillage.statistics.models import Release
from maillage.statistics.portrait import Portrait

from .calendar import Months, months_between, months_of, overlapping, words_of
from .editions import Edition, areas_in, between_areas, by_month, within_areas
from .frozen import portraits
from .lattice import Parts, areas_within, deepest, depth_of, relate_areas
from .names import AS_THEY_ARE, ENTRIES, MONTHLY, OWN, TERRITORY, Figure, cells_of, figure
from .structure import PATTERN, rules_of, stats_of
from .territory import WHOLE


def released(release_or_program: Release | int, months: Months) -> list[Release]:
    """The public releases of a programme that share months with these, straight or through others, the newest first."""
    own = release_or_program.pk if isinstance(release_or_program, Release) else None
    program = release_or_program.program_id if isinstance(release_or_program, Release) else release_or_program
    found = list(
        Release.objects.filter(program=program)
        .exclude(state=ReleaseState.DRAFT)
        .exclude(pk=own)
        .order_by("-published_at", "-pk")
    )
    linked = overlapping(months, [months_between(release.start, release.end) for release in found])
    return [found[rank] for rank in linked]


def edition_of(release: Release) -> Edition:
    """What a release says (read from its content alone), with its true figures and the bounds it asks (its ledger)."""
    made = portraits(release)
    edition = Edition(str(release.uid))
    edition.figures = {figure(name): value for name, value in release.ledger.get("figures", {}).items()}
    edition.wanted = {
        figure(name): (lowest, highest) for name, (lowest, highest) in release.ledger.get("wanted", {}).items()
    }
    for portrait in made:
        for _, named, value in cells_of(portrait):
            edition.printed.add(named)
            if value is not None:
                edition.shown.add(named)
    _relate(edition, made, release)
    return edition


def _relate(edition: Edition, made: Sequence[Portrait], release: Release) -> None:
    months, parts, depth = months_between(release.start, release.end), parts_of(release), deepest(release.levels)
    whole, words = made[0], words_of(months)
    rules = rules_of(whole)
    areas = all_areas(parts)
    edition.links += within_areas(rules, words, areas_within(areas, parts, depth))
    relate_areas(edition, parts, words, stats_of(whole, rules), depth)
    if any(table.id == MONTHLY for table in whole.tables):
        edition.links += by_month(months, areas_within(areas, parts, max(1, depth)))
        for month in months:
            edition.links += between_areas(parts, words_of((month,)), [ENTRIES])


def parts_of(release: Release) -> dict[str, list[str]]:
    """Of which areas each area was made when the release was."""
    return release.ledger.get("parts", {})


def all_areas(parts: Parts) -> list[str]:
    """Every area that `parts` speak of, the whole first."""
    return list(dict.fromkeys([WHOLE, *parts, *(area for inside in parts.values() for area in inside)]))


def shown_values(release: Release) -> dict[Figure, float]:
    """The figures that a release shows, read from its content alone."""
    return {named: value for made in portraits(release) for _, named, value in cells_of(made) if value is not None}


def say_absent(edition: Edition, release: Release, figures: Iterable[Figure]) -> None:
    """Of `figures`, the lines that a release did not print were known to be 0: the word came later, or nobody used it."""
    made = portraits(release)
    words = words_of(months_between(release.start, release.end))
    tables = {table.id for table in made[0].tables if table.id not in AS_THEY_ARE} - {TERRITORY, MONTHLY}
    areas = set(areas_in(made))
    for named in figures:
        table = named.stat.partition("/")[0]
        if named.months == words and named.area in areas and table in tables and "/" in named.stat:
            plain = not named.stat.endswith(OWN) and not named.stat.startswith(PATTERN)
            if plain and named not in edition.printed:
                edition.figures.setdefault(named, 0.0)
                edition.shown.add(named)


def reach_of(releases: Iterable[Release]) -> list[tuple[Months, int]]:
    """The periods that releases are about, and those whose difference they had to protect, with the depth of each."""
    found: dict[tuple[Months, int], None] = {}
    for release in releases:
        found[months_between(release.start, release.end), deepest(release.levels)] = None
        parts = parts_of(release)
        for name in release.ledger.get("wanted", {}):
            named = figure(name)
            if named.stat != ENTRIES:
                found[months_of(named.months), depth_of(named.area, parts)] = None
    return list(found)


def tables_of(releases: Iterable[Release], asked: Collection[str]) -> tuple[str, ...]:
    """The tables that releases print, with those asked; empty when one of them prints all."""
    lists = [asked, *(release.tables for release in releases)]
    return () if any(not tables for tables in lists) else tuple(dict.fromkeys(id for tables in lists for id in tables))
