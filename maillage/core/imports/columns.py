"""Which column of a file holds which field."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import Any

from maillage.core.tabular import Table
from maillage.core.tabular.cells import BadCell, is_blank
from maillage.core.tabular.heading import key

from .field import Field

EXACT, SURE = 100, 95
_LOOKED_AT = 60


def signature(importer: str, headers: Sequence[str]) -> str:
    """What files with the same titles have in common."""
    return hashlib.sha256("\n".join([importer, *map(key, headers)]).encode()).hexdigest()


def propose(fields: Sequence[Field], table: Table) -> dict[str, str]:
    """`{field: title}` for the fields whose column is recognized by its title, then checked by what it holds."""
    sample = [row.cells for row in islice(table.rows(), _LOOKED_AT)]
    pairs = []
    for position, title in enumerate(table.headers):
        for rank, field in enumerate(fields):
            score = likeness(field, title)
            if score >= SURE or (score and _holds(field, [cells[position] for cells in sample])):
                pairs.append((-score, rank, position, field.name, title))
    found: dict[str, str] = {}
    taken: set[int] = set()
    for _score, _rank, position, name, title in sorted(pairs):
        if name not in found and position not in taken:
            found[name] = title
            taken.add(position)
    return found


def likeness(field: Field, title: str) -> int:
    """How surely the title names the field, from 0 to 100."""
    best = 0
    for form, sure in _forms(title):
        for wanted in field.keys():  # noqa: SIM118
            best = max(best, min(_score(wanted, form), sure))
    return best


def _forms(title: str) -> Iterator[tuple[str, int]]:
    yield key(title), EXACT
    yield key(re.sub(r"\b(?:19|20)\d\d\b", "", title)), SURE
    yield key(re.sub(r"\([^)]*\)", "", title)), SURE
    for part in re.split(r"[/|]|::", title):
        yield key(part), 90


def _score(wanted: str, form: str) -> int:
    if not form or not wanted:
        return 0
    if wanted == form or wanted.replace(" ", "") == form.replace(" ", ""):
        return EXACT
    asked, given = wanted.split(), form.split()
    extra = len(given) - len(asked)
    if 0 < extra <= 2 and len(wanted) > 5 and set(asked) <= set(given):
        return 75 - 8 * extra
    if len(wanted) > 5 and SequenceMatcher(None, wanted, form).ratio() >= 0.88:
        return 70
    return 0


def _holds(field: Field, cells: list[Any]) -> bool:
    """Whether most of what the column holds can be read as the field."""
    filled = [cell for cell in cells if not is_blank(cell)]
    good = 0
    for cell in filled:
        try:
            field.parse(cell)
            good += 1
        except BadCell:
            continue
    return good * 2 >= len(filled)
