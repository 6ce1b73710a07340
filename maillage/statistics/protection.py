"""A first, modest protection of the figures that people outside the team read.

It closes the set of questions (calendar years or the whole period, the whole territory, no other filter), rounds every
count of entries, persons, referrals and participations to base 5, recomputes shares from rounded figures, and hides
tables whose denominator is small. It is not proof against an attacker who combines tables: a disclosure gate that
audits what can be recomputed will replace it, and until then nothing is published outside the programme.
"""

from dataclasses import replace
from datetime import date

from maillage.programs.models import Program

from .assembly import share_of
from .portrait import Portrait, Row, Table

BASE = 5
SMALLEST_DENOMINATOR = 40
PROTECTED_UNITS = ("entries", "persons", "referrals", "participations")


def is_open_question(program: Program, start: date, end: date, whole_end: date) -> bool:
    """Whether the period is one that anybody of the programme may ask: a calendar year in it, or the whole of it."""
    if (start, end) == (program.start, whole_end):
        return True
    year = start.year
    first, last = max(date(year, 1, 1), program.start), min(date(year, 12, 31), whole_end)
    return end.year == year and (start, end) in {(first, last), (date(year, 1, 1), date(year, 12, 31))}


def rounded(count: float | None) -> int | None:
    """`count` to the nearest multiple of 5 (half goes up)."""
    return None if count is None else int((count + BASE / 2) // BASE) * BASE


def protect(portrait: Portrait) -> Portrait:
    """The portrait that people outside the team read."""
    tables = tuple(_protect(table) for table in portrait.tables if table.id != "logged_hours_by_role")
    return replace(portrait, entries=rounded(portrait.entries), tables=tables, protected=True)


def _protect(table: Table) -> Table:
    if table.unit not in PROTECTED_UNITS:
        return table
    hides = (table.denominator or 0) < SMALLEST_DENOMINATOR
    denominator = None if hides else rounded(table.denominator)
    return replace(table, denominator=denominator, rows=tuple(_row(row, denominator, hides) for row in table.rows))


def _row(row: Row, denominator: int | None, hides: bool) -> Row:
    if hides:
        return replace(row, count=None, share=None, hidden=True, counts=tuple(None for _ in row.counts))
    count = rounded(row.count)
    return replace(row, count=count, share=share_of(count, denominator), counts=tuple(rounded(c) for c in row.counts))
