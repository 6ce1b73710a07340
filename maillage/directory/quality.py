"""How complete a sheet is, from 0 to 100, and what it lacks. The method is in `docs/reference/directory-quality.md`.

Time has no part in it: « à jour le… » is said beside.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .enums import LocationKind
from .sheets import ServiceSheet

LONG_ENOUGH = 80  # characters of a description that says something
COMPLETE, PARTIAL = 80, 50
PER_TROUBLE, MOST_FOR_TROUBLES = 10, 30


@dataclass(frozen=True)
class Criterion:
    """Something that a sheet says, what it is worth, and the sentence of who lacks it."""

    code: str
    points: int
    is_met: Callable[[ServiceSheet], bool]
    lacks: str | Promise


def _holders(sheet: ServiceSheet) -> list[Any]:
    """What bears telephones and hours: the service, its places, and the service at each."""
    return [sheet, *sheet.at, *(at.place for at in sheet.at)]


def _reached(sheet: ServiceSheet) -> bool:
    holders = _holders(sheet)
    numbers = any(holder.phones for holder in holders)
    contacts = [contact for holder in holders for contact in holder.contacts]
    return bool(sheet.email or sheet.website or numbers or any(one.email or one.phones for one in contacts))


def _placed(sheet: ServiceSheet) -> bool:
    return any(
        at.place.address_1
        or (at.place.kind == LocationKind.VIRTUAL and (at.place.url or sheet.website or sheet.phones))
        for at in sheet.at
    )


def _on_map(sheet: ServiceSheet) -> bool:
    physical = [at.place for at in sheet.at if at.place.kind != LocationKind.VIRTUAL]
    return bool(sheet.at) and all(place.latitude is not None for place in physical)


def _open(sheet: ServiceSheet) -> bool:
    return any(holder.schedules for holder in _holders(sheet))


CRITERIA = (
    Criterion(
        "description",
        15,
        lambda sheet: len(sheet.description) >= LONG_ENOUGH,
        gettext_lazy("Décrivez le service en deux ou trois phrases."),
    ),
    Criterion("contact", 15, _reached, gettext_lazy("Donnez un téléphone, un courriel ou une page web.")),
    Criterion("place", 10, _placed, gettext_lazy("Donnez l'adresse où le service se donne.")),
    Criterion("map", 5, _on_map, gettext_lazy("Situez le lieu sur la carte.")),
    Criterion("hours", 10, _open, gettext_lazy("Donnez les heures d'ouverture.")),
    Criterion("need", 10, lambda sheet: bool(sheet.terms), gettext_lazy("Dites à quels besoins le service répond.")),
    Criterion(
        "clientele",
        5,
        lambda sheet: bool(sheet.eligibility or sheet.minimum_age is not None or len(sheet.terms) > 1),
        gettext_lazy("Dites à qui le service s'adresse."),
    ),
    Criterion(
        "cost",
        10,
        lambda sheet: bool(sheet.fee or sheet.fee_note or sheet.costs),
        gettext_lazy("Dites ce que le service coûte, ou qu'il est gratuit."),
    ),
    Criterion(
        "process", 10, lambda sheet: bool(sheet.application_process), gettext_lazy("Dites comment obtenir le service.")
    ),
    Criterion("area", 5, lambda sheet: bool(sheet.areas), gettext_lazy("Dites quel territoire le service couvre.")),
    Criterion(
        "access",
        5,
        lambda sheet: any(at.place.accessibilities for at in sheet.at),
        gettext_lazy("Dites si le lieu est accessible en fauteuil roulant."),
    ),
)


def quality_of(sheet: ServiceSheet, troubles: int = 0) -> int:
    """The points of what the sheet says, less those of its addresses in trouble; 0 to 100."""
    points = sum(criterion.points for criterion in CRITERIA if criterion.is_met(sheet))
    return max(0, points - min(MOST_FOR_TROUBLES, PER_TROUBLE * troubles))


def gaps_of(sheet: ServiceSheet) -> Iterator[str]:
    """What would make the sheet better, the most useful first."""
    missing = [criterion for criterion in CRITERIA if not criterion.is_met(sheet)]
    for criterion in sorted(missing, key=lambda criterion: -criterion.points):
        yield str(criterion.lacks)


def quality_in_words(quality: int) -> str:
    """The quality of a sheet as people read it."""
    if quality >= COMPLETE:
        return _("Fiche complète")
    return _("Il manque quelques renseignements") if quality >= PARTIAL else _("Fiche peu remplie")


def said_in_short(line: Any) -> str:
    """A line of a sheet in a few words, for histories and conflicts."""
    for names in (
        ("number",),
        ("document",),
        ("function", "name", "department"),
        ("code", "name"),
        ("division", "name"),
        ("description",),
    ):
        found = [str(value) for name in names if (value := getattr(line, name, ""))]
        if found:
            return " ".join(dict.fromkeys(found))
    if hasattr(line, "byday"):
        return (
            f"{line.byday} {line.opens_at:%H:%M}–{line.closes_at:%H:%M}"
            if line.opens_at and line.closes_at
            else line.byday
        )
    if place := getattr(line, "place", None):
        return place.name or place.address_1 or place.city or place.url
    return str(getattr(line, "amount", "") or getattr(line, "option", ""))
