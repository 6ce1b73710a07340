"""Finding in a note what could say who was met. Pure text work: no database, no network, nothing kept.

The method, its cases and its measured precision are in `docs/explanation/algorithms/screening.md`. Patterns keep to
the syntax that Python and JavaScript share, because the page shows the same hints while the person types.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.core.text import fold

from .given_names import GIVEN_NAMES, ORGANIZATION_WORDS, SURNAMES


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage of the note (from `start` to `end`, in characters) and what it looks like."""

    kind: str
    start: int
    end: int
    passage: str

    @property
    def sentence(self) -> str | Promise:
        """What the passage looks like, for the person."""
        return KINDS[self.kind]


KINDS: dict[str, str | Promise] = {
    "email": _("une adresse courriel"),
    "phone": _("un numéro de téléphone"),
    "ramq": _("un numéro d'assurance maladie"),
    "sin": _("un numéro d'assurance sociale"),
    "postal_code": _("un code postal"),
    "address": _("une adresse"),
    "unit": _("un numéro de logement"),
    "birth_date": _("une date de naissance"),
    "name": _("le nom d'une personne"),
}

_UPPER = "A-ZÀ-ÖØ-Ý"
_WORD = f"[{_UPPER}][A-Za-zÀ-ÖØ-öø-ÿ'’-]+"
_MONTHS = "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
_DATE = f"(?:[0-3]?[0-9](?:er)? (?:{_MONTHS}),? (?:19|20)[0-9]{{2}}|(?:19|20)[0-9]{{2}}-[01]?[0-9]-[0-3]?[0-9]"
_DATE += "|[0-3]?[0-9][/-][01]?[0-9][/-](?:19|20)?[0-9]{2})"
_OLD_DATE = f"(?:[0-3]?[0-9](?:er)? (?:{_MONTHS}),? 19[0-9]{{2}}|19[0-9]{{2}}-[01][0-9]-[0-3][0-9]"
_OLD_DATE += "|[0-3]?[0-9]/[01]?[0-9]/19[0-9]{2})"
_WAYS = "rue|avenue|av\\.|boulevard|boul\\.?|chemin|ch\\.|rang|route|rte|place|côte|allée|impasse|montée|croissant"
_DWELLINGS = "appartement|appart\\.?|appt?\\.?|apt\\.?|logement|logis|log\\.|unité|chambre"
# Free lines (811, 1 866…) belong to services, not to persons.
_AREA = "(?!8(?:00|33|44|55|66|77|88))[2-9][0-9]{2}"
_PEOPLE = "locataire|dame|monsieur|madame|voisine?|résidente?|couple|homme|femme|jeune|gars|fille"

# (kind, pattern, whether letter case counts)
PATTERNS: tuple[tuple[str, str, bool], ...] = (
    ("email", r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", False),
    ("ramq", r"\b[A-Za-z]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}\b", False),
    ("phone", rf"(?:\+?1[ .-]?)?(?:\({_AREA}\)|\b{_AREA})[ .-]?[0-9]{{3}}[ .-]?[0-9]{{4}}\b", False),
    ("phone", r"(?<![0-9][ .-])\b[2-9][0-9]{2}[-.][0-9]{4}\b", False),
    ("sin", r"\b[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}\b", False),
    ("postal_code", r"\b[ABCEGHJKLMNPRSTVXY][0-9][A-Z][ -]?[0-9][A-Z][0-9]\b", False),
    ("address", rf"\b[0-9]{{1,5}}[A-D]?,? (?:{_WAYS}) (?:(?:de|du|des|de la|de l'|d')[ ]?)?[{_UPPER}0-9]", True),
    (
        "unit",
        rf"\b(?:{_DWELLINGS}) ?(?:no|n°|numéro)? ?#? ?(?:[A-Z]-?)?[0-9]{{1,4}}[A-Za-z]?\b"
        r"(?! ?(?:½|1/2|et demi|chambre|pièce|personne))",
        False,
    ),
    ("unit", rf"\b(?:{_PEOPLE}) (?:du|au|dans le) #?[0-9]{{1,4}}\b(?! ?(?:½|1/2))", False),
    ("birth_date", rf"(?:\bnée?s? le|\bdate de naissance|\bddn|\banniversaire)[ :,]*(?:est )?(?:le )?{_DATE}", False),
    ("birth_date", rf"\b{_OLD_DATE}\b", False),
    (
        "name",
        rf"(?:\bM\.|\bMr\.?|\bMM\.|\bMme\.?|\bMmes|\bMlle\.?|\bMonsieur|\bMadame|\bMademoiselle|\bmonsieur|\bmadame) "
        rf"{_WORD}(?: {_WORD})?",
        True,
    ),
    ("name", r"\bmme\.? (?!la |le |les |de |du |des )[A-Za-zÀ-ÖØ-öø-ÿ'’-]{2,}", False),
    ("name", rf"\b(?:famille|Famille|couple) {_WORD}", True),
)

_COMPILED = tuple((kind, re.compile(pattern, 0 if exact else re.IGNORECASE)) for kind, pattern, exact in PATTERNS)
_MARKED = re.compile("[0-9@]")  # nothing but a name goes without
_CAPITALS = re.compile(rf"{_WORD}(?:[ -]{_WORD})*")
_TOKENS = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ÿ]+")
_SAINT = re.compile(r"^(?:saint|sainte|st|ste)[ -.]", re.IGNORECASE)
_LONGEST_PLACE = 9
_ARTICLES = ("de", "du", "des", "la", "le", "les", "l", "d", "un", "une", "au", "aux")


def screen(text: str, known: Iterable[str] | Callable[[], Iterable[str]] = ()) -> list[Finding]:
    """Passages of `text` that could identify a person, in order, without overlap.

    `known` holds names (as `place_keys` prepares them) of places and organizations of the programme: a name inside one of
    them is not a person's. It may be a function that gives them: few notes need them.
    """
    found = [*_by_pattern(text), *_by_name(text)]
    if not found:
        return []
    known = known() if callable(known) else known
    spared = list(_known_spans(text, known if isinstance(known, (set, frozenset)) else place_keys(known)))
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda f: (f.start, -f.end)):
        if finding.kind in ("name", "address") and any(s <= finding.start and finding.end <= e for s, e in spared):
            continue
        if finding.kind == "name" and any(_overlap(finding, s, e) for s, e in spared):
            continue
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept


def place_keys(names: Iterable[str]) -> frozenset[str]:
    """Names as `screen` compares them: folded words."""
    return frozenset(" ".join(_TOKENS.findall(fold(name))) for name in names if name)


def client_rules() -> dict[str, Any]:
    """Patterns and first names for the page's script: it hints while one types, the server decides."""
    return {
        "patterns": [[kind, pattern, "" if exact else "i"] for kind, pattern, exact in PATTERNS],
        "givenNames": sorted(GIVEN_NAMES),
        "kinds": {kind: str(label) for kind, label in KINDS.items()},
    }


def _by_pattern(text: str) -> Iterator[Finding]:
    marked = _MARKED.search(text) is not None
    for kind, pattern in _COMPILED:
        if not marked and kind != "name":
            continue
        for match in pattern.finditer(text):
            passage = match.group()
            if (check := _CHECKS.get(kind)) is None or check(passage):
                yield Finding(kind, match.start(), match.end(), passage)


def _by_name(text: str) -> Iterator[Finding]:
    """Runs of capitalised words that hold a first name, or a family name after another capitalised word."""
    for match in _CAPITALS.finditer(text):
        run = match.group()
        if _SAINT.match(run):
            continue
        words = [fold(word).strip("'’-") for word in re.split("[ -]", run)]
        words = [word.split("'")[-1].split("’")[-1] for word in words]
        while len(words) > 1 and words[0] in _ARTICLES:
            words = words[1:]
        if words[0] in ORGANIZATION_WORDS or _follows_organization(text, match.start()):
            continue
        has_given = any(word in GIVEN_NAMES for word in words)
        has_surname = len(words) > 1 and any(word in SURNAMES for word in words[1:])
        if has_given or has_surname:
            yield Finding("name", match.start(), match.end(), run)


def _follows_organization(text: str, start: int) -> bool:
    """Whether the words just before name a kind of place (« école Marie », « salle Claude », « rue Martin »)."""
    before = _TOKENS.findall(fold(text[max(0, start - 40) : start]))
    if not before or (text[:start].rstrip()[-1:] or "x") in ".,;:!?(":
        return False
    if before[-1] in _ARTICLES:
        before = [word for word in before if word not in _ARTICLES]
    return bool(before) and before[-1] in ORGANIZATION_WORDS


def _known_spans(text: str, known: frozenset[str] | set[str]) -> Iterator[tuple[int, int]]:
    tokens = [(fold(match.group()), match.start(), match.end()) for match in _TOKENS.finditer(text)]
    for first in range(len(tokens)):
        phrase = ""
        for last in range(first, min(first + _LONGEST_PLACE, len(tokens))):
            phrase = f"{phrase} {tokens[last][0]}" if phrase else tokens[last][0]
            if phrase in known:
                yield tokens[first][1], tokens[last][2]


def _overlap(finding: Finding, start: int, end: int) -> bool:
    """Whether the place's name covers the capitalised part of a name (« famille Lévis »)."""
    return start < finding.end and finding.start < end and end - start >= (finding.end - finding.start) // 2


def _luhn(passage: str) -> bool:
    digits = [int(char) for char in passage if char.isdigit()]
    doubled = [digit * 2 - 9 * (digit > 4) if place % 2 else digit for place, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


_CHECKS: dict[str, Callable[[str], bool]] = {"sin": _luhn}
