"""Cells that only journals have: durations, natures, several values in one."""

import re
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.tabular.cells import BadCell, is_blank, shown, to_number, to_text
from maillage.core.tabular.heading import key
from maillage.journal.enums import MAX_MINUTES, ContactInitiative, ContactRank, Nature

_CLOCK = re.compile(r"^(\d{1,2})\s*(?:h|:|heures?)\s*(\d{1,2})?\s*(?:m|min|minutes?)?(?::00)?$")
_MINUTES = re.compile(r"^(\d+)\s*(?:m|min|mins|minutes?)\.?$")
_HOURS = re.compile(r"^(\d+(?:[.,]\d+)?)\s*(?:h|hrs?|heures?|hours?)\.?$")
_NATURES = (
    (Nature.INDIVIDUAL, ("ind", "indiv", "individu", "i", "menage", "personne", "household")),
    (Nature.COLLECTIVE, ("col", "coll", "collecti", "c", "groupe", "group", "g")),
)
_RANKS = (
    (ContactRank.FIRST, ("premier", "premiere", "1er", "1re", "first", "new", "nouveau", "nouvelle")),
    (ContactRank.RETURNING, ("suivi", "contact suivi", "returning", "connu", "deja", "2e", "repeat")),
)
_INITIATIVES = (
    (ContactInitiative.WORKER, ("intervenant", "de l intervenant", "worker", "moi", "travailleur")),
    (ContactInitiative.PERSON, ("personne", "de la personne", "person", "locataire", "tenant")),
    (ContactInitiative.PARTNER, ("partenaire", "d un partenaire", "partner")),
)


def minutes(cell: Any) -> int | None:
    """A duration in minutes: 90, « 90 min », « 1 h 30 », « 1:30 », « 1,5 h », a time of day of a workbook."""
    return _duration(cell, 1)


def hours(cell: Any) -> int | None:
    """A duration in hours, as minutes: 1.5 or « 1,5 » is 90; words are read as `minutes` reads them."""
    return _duration(cell, 60)


def _duration(cell: Any, unit: int) -> int | None:
    if is_blank(cell):
        return None
    if hasattr(cell, "hour") and hasattr(cell, "minute"):
        return cell.hour * 60 + cell.minute
    if hasattr(cell, "total_seconds"):
        return round(cell.total_seconds() / 60)
    text = key(to_text(cell)) if not isinstance(cell, (int, float)) else ""
    raw = to_text(cell).casefold()
    if found := _CLOCK.match(raw):
        total = int(found.group(1)) * 60 + int(found.group(2) or 0)
    elif found := _MINUTES.match(text):
        total = int(found.group(1))
    elif found := _HOURS.match(raw):
        total = round(float(found.group(1).replace(",", ".")) * 60)
    else:
        number = to_number(cell)
        assert number is not None
        total = round(number * unit)
    if not 0 <= total <= MAX_MINUTES:
        raise BadCell(_("« {value} » n'est pas une durée de 0 à 24 heures.").format(value=shown(cell)))
    return total


def nature(cell: Any) -> str:
    """Individual or collective, by code or word; "" for a blank."""
    return _choice(cell, Nature, _NATURES)


def contact_rank(cell: Any) -> str:
    """First contact or a returning one; "" for a blank."""
    return _choice(cell, ContactRank, _RANKS)


def contact_initiative(cell: Any) -> str:
    """Who went towards whom; "" for a blank."""
    return _choice(cell, ContactInitiative, _INITIATIVES)


def _choice(cell: Any, choices: Any, words: tuple[tuple[Any, tuple[str, ...]], ...]) -> str:
    plain = key(to_text(cell))
    if not plain:
        return ""
    for code, label in choices.choices:
        if plain in (key(code), key(str(label))):
            return str(code)
    for code, starts in words:
        if any(plain == word or (len(word) > 3 and plain.startswith(word)) for word in starts):
            return str(code)
    raise BadCell(
        _("« {value} » n'est pas l'un de ces choix : {choices}.").format(
            value=shown(cell), choices=", ".join(str(label) for _code, label in choices.choices)
        )
    )


def parts(text: str) -> list[str]:
    """Values of a cell that holds several, between `;`, `|` or line breaks."""
    return [part.strip() for part in re.split(r"[;|\n]", text) if part.strip()]
