"""The areas of a release: which are published, and of which finer ones each is made."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from maillage.programs.models import Program
from maillage.statistics.enums import AreaLevel
from maillage.statistics.vocabularies import Vocabulary
from maillage.territories.enums import Level
from maillage.territories.models import Division

Place = tuple[str, ...]  # the codes of a finest area: its MRC, and its municipality where that level is published
WHOLE = ""
ORDER = (AreaLevel.WHOLE, AreaLevel.MRC, AreaLevel.MUNICIPALITY)


@dataclass(slots=True)
class Territory:
    """`names` are the published areas in order (the whole first) with the level of each.

    `places` says of which finest areas each area is made, those that nobody publishes too; `parts` of which areas.
    """

    names: dict[str, str] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)
    places: dict[str, set[Place]] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)

    @property
    def areas(self) -> list[str]:
        """All areas, published or not."""
        return list(self.places)

    def of(self, areas: Iterable[str]) -> list[set[Place]]:
        """The finest areas that each of these is made of."""
        return [self.places[area] for area in areas]


def by(levels: Collection[str]) -> tuple[str, ...]:
    """The dimensions by which facts must be grouped for these levels."""
    return ("mrc", "municipality") if AreaLevel.MUNICIPALITY in levels else ("mrc",)


def territory(
    program: Program,
    levels: Collection[str],
    divisions: Vocabulary,
    places: Iterable[Place],
    published: Collection[str],
) -> Territory:
    """The areas that `levels` are about, of which those of the levels `published` are printed."""
    found = sorted(set(places))
    made = Territory()
    _add(made, WHOLE, "", AreaLevel.WHOLE, set(found), published)
    names = {word.code: word.label for word in divisions.words}
    beside = [place[0] for place in found if place[0] not in names]
    for code in dict.fromkeys([*names, *beside]):
        level = AreaLevel.MRC if code in names else ""
        _add(made, code, names.get(code, ""), level, {place for place in found if place[0] == code}, published)
        made.parts.setdefault(WHOLE, []).append(code)
    if AreaLevel.MUNICIPALITY in levels:
        _municipalities(program, made, found, list(names), published)
    return made


def _add(made: Territory, code: str, name: str, level: str, places: set[Place], published: Collection[str]) -> None:
    made.places[code] = places
    if level in published or code == WHOLE:
        made.names[code], made.levels[code] = name, str(level)


def _municipalities(
    program: Program, made: Territory, found: Sequence[Place], mrcs: list[str], published: Collection[str]
) -> None:
    """The municipalities of the programme's sites, each within its MRC; what is in none is an area of its own."""
    homes = _sites(program, mrcs)
    for code, (name, home) in homes.items():
        places = {place for place in found if place[1] == code}
        _add(made, code, name, AreaLevel.MUNICIPALITY, places, published)
        parents = sorted({place[0] for place in places}) or [home]
        for parent in parents:
            if len(parents) == 1:
                piece = code
            else:
                piece = f"{code}@{parent}"
                made.places[piece] = {place for place in places if place[0] == parent}
                made.parts.setdefault(code, []).append(piece)
            made.parts.setdefault(parent, []).append(piece)
    for parent in [code for code in made.places if code in made.parts and code != WHOLE and "@" not in code]:
        rest = {place for place in made.places[parent] if place[1] not in homes} if parent not in homes else set()
        if rest:
            made.places[f"@{parent}"] = rest
            made.parts[parent].append(f"@{parent}")


def _sites(program: Program, mrcs: list[str]) -> Mapping[str, tuple[str, str]]:
    """Municipalities where the programme has a site: code → name, and code of its MRC."""
    lines = (
        Division.objects.at(Level.MUNICIPALITY)
        .filter(sites__program_sites__program=program, parent__code__in=mrcs)
        .order_by("code")
        .distinct()
        .values_list("code", "name", "parent__code")
    )
    return {code: (name, parent) for code, name, parent in lines}
