"""What can be deduced from all that is published: the independent audit, as an outsider reads the releases."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from maillage.statistics.models import Release

from .calendar import months_between, words_of
from .editions import Edition, within_areas
from .former import all_areas, edition_of, parts_of, reach_of, released, say_absent, shown_values
from .frozen import portraits
from .lattice import areas_within, deepest, lattice, relate_areas, relate_periods
from .names import ENTRIES, Cell, Figure, cells_of
from .structure import rules_of, stats_of
from .system import Joint, join, possible

UNBOUNDED = 1e15


@dataclass(slots=True)
class Attack:
    """`bounds` are what an attacker finds possible for each figure that is not shown; `exposed` those found too well."""

    bounds: dict[Figure, tuple[float, float]] = field(default_factory=dict)
    exposed: list[Figure] = field(default_factory=list)
    hidden: int = 0
    shown: int = 0
    seconds: float = 0.0
    relations: int = 0
    unknown: int = 0


def attack(release: Release, *, others: Sequence[Release] | None = None) -> Attack:
    """Attack a release with what it shows and what its programme's other releases show, from their contents alone.

    Ledgers say only what must stay possible, and which figures two releases counted alike. `Refused` when what was
    published contradicts itself.
    """
    others = released(release, months_between(release.start, release.end)) if others is None else others
    releases = [release, *others]
    editions = [edition_of(found) for found in releases]
    known = {figure for edition in editions for figure in edition.figures}
    for found, edition in zip(releases, editions, strict=True):
        say_absent(edition, found, known)
    joint = join(editions)
    between = _between(releases)
    joint.add(between, between.links)
    seen: list[float | None] = [None] * len(joint.values)
    for found, edition in zip(releases, editions, strict=True):
        absent = dict.fromkeys(edition.shown - edition.printed, 0.0)
        for figure, value in (shown_values(found) | absent).items():
            seen[joint.place(edition, figure)] = value
    return _run(joint, seen, editions[0])


def _between(releases: Sequence[Release]) -> Edition:
    """What links the periods of several releases: the pieces between them have tables of the same form."""
    linked, cut = Edition("between"), lattice(reach_of(releases))
    if len(cut.pieces[0]) == 1:
        return linked
    whole, parts = portraits(releases[0])[0], parts_of(max(releases, key=lambda release: deepest(release.levels)))
    rules = rules_of(whole)
    stats = list(dict.fromkeys([ENTRIES, *stats_of(whole, rules)]))
    areas = all_areas(parts)
    relate_periods(linked, cut, areas, parts, stats)
    own = {months_between(release.start, release.end) for release in releases}
    for months in cut.pieces[0]:
        if months not in own:
            depth = cut.depth(months)
            linked.links += within_areas(rules, words_of(months), areas_within(areas, parts, depth))
            relate_areas(linked, parts, words_of(months), stats, depth)
    return linked


def _run(joint: Joint, seen: list[float | None], edition: Edition) -> Attack:
    names = list(joint.index)
    wanted = {place: bounds for place, bounds in joint.wanted.items() if seen[place] is None}
    shown = [place for place in joint.wanted if seen[place] is not None]  # what was to be hidden is not
    asked = dict(wanted)
    for figure in edition.printed:
        place = joint.place(edition, figure)
        if seen[place] is None:
            asked.setdefault(place, (joint.values[place], joint.values[place]))
    found = possible(joint, seen, asked)
    printed = {joint.place(edition, figure): figure for figure in edition.printed}
    return Attack(
        bounds={printed[place]: bounds for place, bounds in found.intervals.items() if place in printed},
        exposed=[names[place][1] for place in [*shown, *found.exposed] if place in joint.wanted],
        hidden=sum(1 for place in printed if seen[place] is None),
        shown=sum(1 for place in printed if seen[place] is not None),
        seconds=found.seconds,
        relations=len(joint.relations),
        unknown=sum(1 for value in seen if value is None),
    )


def report(found: Attack, release: Release) -> dict[str, Any]:
    """The public report: for each hidden cell the interval that an attacker finds possible. No true figure is in it."""
    lines = []
    for portrait in portraits(release):
        for cell, figure, value in cells_of(portrait):
            if value is None:
                low, high = found.bounds[figure]
                lines.append(_line(cell, low, high))
    return {
        "figures": lines,
        "hidden": found.hidden,
        "shown": found.shown,
        "exposed": len(found.exposed),
        "seconds": round(found.seconds, 3),
        "system": {"relations": found.relations, "unknown": found.unknown},
    }


def _line(cell: Cell, low: float, high: float) -> dict[str, Any]:
    """Hours are added up in minutes and told in hours."""
    scale = 60 if cell.table == "logged_hours_by_role" else 1
    return {
        "table": cell.table,
        "area": cell.area,
        "row": cell.row,
        "column": cell.column,
        "lowest": round(low / scale, 2) if scale > 1 else low,
        "highest": None if high > UNBOUNDED else round(high / scale, 2) if scale > 1 else high,
    }
