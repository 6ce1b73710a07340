"""Columns that stand for one choice each: « Action : Accueil », « Accueil (oui/non) », `action/welcome`."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from maillage.core.imports import Column
from maillage.core.tabular import Table
from maillage.core.tabular.cells import BadCell, is_blank, to_flag
from maillage.core.tabular.heading import key
from maillage.programs.enums import VocabularyKind

from .lookups import Lookups

# Vocabularies whose terms are columns, each under the field that it fills.
_FIELDS = ("action", "group", "theme", "axis", "success", "contact_place", "collective_kind", "destination")
_CUT = re.compile(r"\s*(?::+|/|\||\[|\]|\s[-–—]\s)\s*")
_YES_NO = re.compile(
    r"[\s_]*[(\[]\s*(?:oui\s*/\s*non|o\s*/\s*n|yes\s*/\s*no|y\s*/\s*n|x|1\s*/\s*0|0\s*/\s*1)\s*[)\]]\s*$", re.I
)


@dataclass(frozen=True, slots=True)
class Choices:
    """The columns of choices of a file, with what is said of those left aside."""

    columns: list[Column] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def recognize(table: Table, taken: Collection[str], lookups: Lookups, titles: dict[str, set[str]]) -> Choices:
    """The columns that no field reads, whose title is a term and whose cells say yes or no.

    `titles` holds, by field, the keys of the words that name it (« Action : … »).
    """
    found = Choices()
    terms: dict[str, tuple[str, str]] = {}
    for title in table.headers:
        if title in taken:
            continue
        meant = _meant(title, lookups, titles)
        if len(meant) == 1:
            terms[title] = meant[0]
        elif meant:
            kinds = ", ".join(f"« {VocabularyKind(kind).label} »" for kind, _code in meant)
            found.notes.append(
                _(
                    "La colonne « {title} » est laissée de côté : ce terme est de plusieurs vocabulaires ({kinds})."
                ).format(title=title, kinds=kinds)
            )
    good = _told(table, list(terms))
    for title, (name, code) in terms.items():
        if good[title]:
            found.columns.append(Column(title, name, code, to_flag))
        else:
            found.notes.append(
                _("La colonne « {title} » est laissée de côté : ses cellules ne disent pas oui ou non.").format(
                    title=title
                )
            )
    if found.columns:
        shown = ", ".join(f"« {column.title} »" for column in found.columns[:20])
        found.notes.insert(0, _("Colonnes lues comme des choix : {titles}.").format(titles=shown))
    return found


def is_choice(table: Table, name: str, title: str) -> bool:
    """Whether the column read as the field `name` is one choice of it: its title goes on, its cells say yes or no."""
    return name in _FIELDS and len([piece for piece in _CUT.split(title) if piece]) > 1 and _told(table, [title])[title]


def _meant(title: str, lookups: Lookups, titles: dict[str, set[str]]) -> list[tuple[str, str]]:
    """The terms that a title may be, as `(field, code)`; words before the last cut say which vocabulary."""
    plain = _YES_NO.sub("", title).strip()
    pieces = [piece for piece in _CUT.split(plain) if piece]
    forms = [("", plain), *((key(pieces[-2]), pieces[-1]) for _once in [0] if len(pieces) > 1)]
    for before, text in forms:
        asked = [name for name in _FIELDS if not before or before in titles[name]]
        meant = [(name, code) for name in asked if (code := lookups.code(name, text))]
        if meant:
            return meant
    return []


def _told(table: Table, titles: list[str]) -> dict[str, bool]:
    """Whether most of the filled cells of each column are a yes or a no; a column that holds nothing is not."""
    position = {title: table.headers.index(title) for title in titles}
    filled, good = dict.fromkeys(titles, 0), dict.fromkeys(titles, 0)
    for row in table.rows() if titles else ():
        for title, index in position.items():
            if is_blank(row.cells[index]):
                continue
            filled[title] += 1
            try:
                to_flag(row.cells[index])
                good[title] += 1
            except BadCell:
                continue
    return {title: 0 < filled[title] <= 2 * good[title] for title in titles}
