"""Words that registers of housing use, brought to the product's codes."""

import re
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.tabular.cells import BadCell, shown, to_flag, to_number, to_text
from maillage.core.tabular.heading import key
from maillage.directory.enums import OrganizationKind
from maillage.territories.enums import Clientele, HousingProgram, Tenure

# Each word is looked for as a whole word of the folded text, in this order.
_TENURES = (
    (Tenure.COOP, r"coop|cooperatives?|co op|coops"),
    (
        Tenure.OBNL,
        r"obnl|obnlh|osbl|osblh|nonprofit|non profit|sans but lucratif|but non lucratif|npo|society|societies",
    ),
    (Tenure.OMH, r"omh|oh|orh|hlm|offices?|office d habitation|public housing|community housing|tch|tchc|bc housing"),
)
_PROGRAMS = (
    (HousingProgram.HLM, r"hlm"),
    (HousingProgram.ACL, r"acl|acceslogis|acces logis"),
    (HousingProgram.LAQ, r"laq|logement abordable"),
    (HousingProgram.PSL, r"psl|supplement au loyer|rent supplement"),
)
_CLIENTELES = (
    (Clientele.MIXED, r"mixtes?|mixed|tous|toutes|all|general"),
    (Clientele.FAMILIES, r"familles?|famil(?:y|ies)|familiale?|fam"),
    (Clientele.SENIORS, r"aines?|ainees?|seniors?|personnes? agees?|pa|retraites?|elders?|elderly|autonomes?|ain"),
    (Clientele.SINGLE, r"seules?|personnes? seules?|singles?|ps|celibataires?"),
    (
        Clientele.SPECIAL,
        r"besoins? particuliers?|special|specials needs|special needs|handicap\w*|disabilit\w+|disabled|sante mentale|itinerance|"
        r"homeless\w*|support\w*|mental health|fauteuil\w*|other|autres?",
    ),
)
KIND_OF_OWNER = {
    Tenure.OMH: OrganizationKind.HOUSING_OFFICE,
    Tenure.OBNL: OrganizationKind.HOUSING_NONPROFIT,
    Tenure.COOP: OrganizationKind.HOUSING_COOP,
    Tenure.OTHER: OrganizationKind.OTHER,
}
NOBODY = frozenset({"unknown", "inconnu", "inconnue", "a determiner", "aucun", "none"})


def _first(table: tuple[tuple[Any, str], ...], text: str) -> Any:
    plain = key(text)
    return next((code for code, words in table if re.search(rf"\b(?:{words})\b", plain)), None)


def tenure(cell: Any) -> str:
    """The tenure that a cell names: a code, or words; « other » for words that name none; "" for a blank."""
    text = to_text(cell)
    if not text:
        return ""
    plain = key(text)
    if plain in Tenure.values:
        return plain
    return _first(_TENURES, text) or Tenure.OTHER


def tenure_of_owner(name: str) -> str:
    """The tenure that an owner's name tells, or ""."""
    return _first(_TENURES, name) or ""


def housing_program(cell: Any) -> str:
    """The programme under which dwellings are let; « other » for words that name none; "" for a blank."""
    text = to_text(cell)
    plain = key(text)
    if not text or plain in HousingProgram.values:
        return plain
    return _first(_PROGRAMS, text) or HousingProgram.OTHER


def clienteles(cell: Any) -> list[str]:
    """The clienteles that a cell names, several between separators. Raises `BadCell` for a word that names none."""
    found: list[str] = []
    for part in re.split(r"[;,/|+&\n]|\bet\b|\band\b", to_text(cell)):
        if not part.strip():
            continue
        plain = key(part)
        code = plain if plain in Clientele.values else _first(_CLIENTELES, part)
        if code is None:
            raise BadCell(
                _("« {word} » n'est pas une clientèle connue ({known}).").format(
                    word=shown(part), known=", ".join(str(label) for _code, label in Clientele.choices)
                )
            )
        if str(code) not in found:
            found.append(str(code))
    return sorted(found)


def how_many(cell: Any) -> int:
    """A count of dwellings for one clientele, or a yes (−1), or nothing (0)."""
    try:
        number = to_number(cell)
    except BadCell:
        return -1 if to_flag(cell) else 0
    if number is None:
        return 0
    if number < 0:
        raise BadCell(_("« {value} » est négatif.").format(value=shown(cell)))
    return int(number)
