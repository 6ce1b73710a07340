"""Words that lists of organizations use for what they are, brought to the product's codes."""

import re
from typing import Any

from maillage.core.tabular.cells import to_text
from maillage.core.tabular.heading import key
from maillage.directory.enums import OrganizationKind as Kind

_WORDS = (
    (Kind.HOUSING_OFFICE, r"omh|oh|orh|office d habitation|office municipal|office regional|offices?|hlm"),
    (Kind.HOUSING_COOP, r"coop|cooperatives?"),
    (Kind.HOUSING_NONPROFIT, r"obnl d habitation|obnl h|osbl h|osbl d habitation|habitation"),
    (Kind.HEALTH, r"cisss|ciusss|csss|clsc|sante|hopital|health|reseau de la sante"),
    (Kind.EDUCATION, r"cegep|ecole|scolaire|education|css|formation|school"),
    (Kind.RESEARCH, r"universite|recherche|university|research"),
    (Kind.FEDERATION, r"federation|regroupement|rpfo|association provinciale|reseau"),
    (Kind.CONCERTATION, r"table|concertation|comite|grap|cdc"),
    (Kind.FUNDER, r"fondation|centraide|bailleur|funder|foundation"),
    (
        Kind.MUNICIPAL,
        r"municipal\w*|ville|mrc|paroisse|village|canton|cantons|territoire non organise|reserve|village nordique|city|town",
    ),
    (Kind.GOVERNMENT, r"ministere|gouvernement|agence|shq|government|public"),
    (
        Kind.COMMUNITY,
        r"communautaire|community|obnl|osbl|organisme|nonprofit|non profit|maison|centre|sans but lucratif",
    ),
)


def kind_of(cell: Any) -> str:
    """The kind that a cell names: a code, a label or words; « other » for words that name none; "" for a blank."""
    plain = key(to_text(cell))
    if not plain:
        return ""
    for code, label in Kind.choices:
        if plain in (key(code), key(str(label))):
            return code
    return next((str(code) for code, words in _WORDS if re.search(rf"\b(?:{words})\b", plain)), str(Kind.OTHER))
