"""Which row of a table holds the titles of the columns, and titles that are all different."""

import re
from collections import Counter
from collections.abc import Container, Sequence
from datetime import date
from typing import Any

from maillage.core.text import fold

from .cells import is_blank, to_text

LOOKED_AT = 40
_NUMBER = re.compile(r"^[-+]?[\d\s.,%$]+$")
_WORD = re.compile(r"[^0-9a-z]+")


def key(title: str) -> str:
    """A title as it is compared: folded words between single spaces, signs dropped."""
    return _WORD.sub(" ", fold(title)).strip()


def find(first_rows: Sequence[Sequence[Any]], known: Container[str] = ()) -> int:
    """Index of the row of titles among the first rows; `known` holds keys of titles that are expected.

    Titles are words, several on a row, about as many as the table is wide; title lines above have one or two cells.
    """
    rows = first_rows[:LOOKED_AT]
    widths = [sum(not is_blank(cell) for cell in row) for row in rows]
    usual = Counter(width for width in widths if width > 1).most_common(1)
    width = max(usual[0][0] if usual else 1, 1)
    best, best_score = 0, float("-inf")
    for index, row in enumerate(rows):
        filled = [cell for cell in row if not is_blank(cell)]
        if not filled:
            continue
        score = 2.0 * _words(filled) / len(filled) + 2.0 * min(1, len(filled) / (0.6 * width))
        score += 3.0 * sum(key(to_text(cell)) in known for cell in filled) / len(filled)
        score += 0.3 * len({key(to_text(cell)) for cell in filled}) / len(filled) - 0.2 * index
        if score > best_score:
            best, best_score = index, score
    return best


def _words(cells: Sequence[Any]) -> int:
    return sum(
        isinstance(cell, str) and not _NUMBER.match(cell) and len(cell) < 120 and "@" not in cell for cell in cells
    )


def titles(row: Sequence[Any], width: int) -> list[str]:
    """Titles of columns, all different: an empty one takes the column's letter, a repeated one a number."""
    found: list[str] = []
    seen: Counter[str] = Counter()
    for index in range(max(width, len(row))):
        raw = row[index] if index < len(row) else ""
        title = raw.isoformat() if isinstance(raw, date) else to_text(raw)
        title = title or f"Colonne {letter(index)}"
        seen[title] += 1
        while seen[title] > 1 and f"{title} ({seen[title]})" in found:
            seen[title] += 1
        found.append(title if seen[title] == 1 else f"{title} ({seen[title]})")
    return found


def letter(index: int) -> str:
    """The letters of a column as a spreadsheet names it: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
