"""How a figure that is hidden prints: one symbol for all, whatever the reason, so that it tells nothing of its size."""

from django.utils.translation import gettext as _

from .portrait import Row, Table

HIDDEN = "x"


def spoken() -> str:
    """What the symbol says to those who hear the page, and to a hand that rests on it."""
    return _("chiffre caché pour protéger les personnes")


def is_hidden(row: Row) -> bool:
    """Whether the figure of a line is not shown."""
    return row.hidden or row.count is None


def hides(table: Table) -> bool:
    """Whether any figure of `table` is not shown."""
    return any(is_hidden(row) or None in row.counts for row in table.rows)


def explained(table: Table) -> str:
    """What « x » means below a table that has one; nothing below the others."""
    return _("x : chiffre caché pour protéger les personnes.") if hides(table) else ""
