"""Where a search is made from: what a person types (municipality, MRC, housing site) as a point and a territory."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from maillage.core.text import fold, stems
from maillage.territories.enums import Level
from maillage.territories.models import Division
from maillage.territories.permissions import sites_visible_to

_LEVELS = (Level.MUNICIPALITY, Level.BOROUGH, Level.MRC, Level.REGION)
_WIDE = (Level.MRC, Level.REGION)
_SITE = "site"
_MOST = 100  # characters of a name that are read
_FEW = 40  # candidates among which the exact name is looked for


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place by its name. `is_wide`: a territory that is too large to be near of, searched as a whole.

    The point of a site is rounded to about a kilometre: results ordered by distance must not give its address.
    """

    label: str
    near: tuple[float, float] | None = None
    division: int | None = None
    is_wide: bool = False


def find_place(text: str, actor: Any) -> NamedPlace | None:
    """The place that bears this name, else the first whose name holds its words; None when there is none."""
    found = _places(text, actor)
    wanted = fold(text[:_MOST])
    exact = (place for place in found if wanted in (fold(place.label), fold(_bare(place.label))))
    return next(exact, found[0] if found else None)


def suggest_places(text: str, actor: Any, size: int = 8) -> list[str]:
    """Names of places that hold these words, those that begin so first."""
    wanted = fold(text[:_MOST])
    found = sorted(_places(text, actor), key=lambda place: (not fold(place.label).startswith(wanted), place.label))
    return [place.label for place in found[:size]]


def place_of_division(number: int | None) -> NamedPlace | None:
    """The territory of this row number."""
    division = Division.objects.filter(pk=number).select_related("parent").first() if number else None
    if division is None:
        return None
    parent = division.parent.name if division.parent else None
    return _place(division.name, division.level, parent, division.latitude, division.longitude, division.pk)


def _bare(label: str) -> str:
    return label.rsplit(" (", 1)[0]


def _places(text: str, actor: Any) -> list[NamedPlace]:
    """Territories and, for those who see them, housing sites whose name holds these words: one query."""
    words = stems(text[:_MOST].replace("\x00", "")).split()
    if not words:
        return []
    asked = Q(search__contains=f" {words[0]}")
    for word in words[1:]:
        # « Sainte-Marie (La Nouvelle-Beauce) »: words of the MRC tell homonyms apart.
        asked &= Q(search__contains=f" {word}") | Q(parent__search__contains=f" {word}")
    divisions = Division.objects.filter(asked, level__in=_LEVELS, valid_to=None).order_by()
    rows = divisions.values_list("name", "level", "parent__name", "latitude", "longitude", "pk")
    if actor.is_authenticated:
        rows = rows.union(_sites(words, actor))
    return [_place(*row) for row in rows.order_by("name", "pk")[:_FEW]]


def _sites(words: list[str], actor: Any) -> Any:
    sites = sites_visible_to(actor).filter(closed_on=None)
    for word in words:
        if word != "milieu":  # what their label adds to their name
            sites = sites.filter(search__contains=f" {word}")
    return sites.order_by().values_list(
        "name",
        Value(_SITE, output_field=CharField()),
        Value("", output_field=CharField()),
        Coalesce("latitude", "municipality__latitude"),
        Coalesce("longitude", "municipality__longitude"),
        "municipality",
    )


def _place(
    name: str, level: str, parent: str | None, latitude: float | None, longitude: float | None, number: int | None
) -> NamedPlace:
    near = None if latitude is None or longitude is None else (latitude, longitude)
    if level == _SITE:
        label, near = _("{name} (milieu)").format(name=name), near and (round(near[0], 2), round(near[1], 2))
        return NamedPlace(label, near, number)
    is_wide = level in _WIDE
    return NamedPlace(f"{name} ({parent})" if parent and not is_wide else name, near, number, is_wide)
