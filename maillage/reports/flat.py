"""The portrait as one long table in CSV, as a French spreadsheet opens it: semicolons, decimal comma, UTF-8 marked."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from maillage.core.tabular import guard
from maillage.statistics.portrait import Portrait, Table
from maillage.statistics.presentation import is_hidden

from .words import mark

BYTE_ORDER_MARK = "\ufeff"


def write_csv(portrait: Portrait, language: str) -> bytes:
    """One line for each figure; see `docs/reference/portrait-files.md` for the columns."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(heading())
    limits = (
        portrait.program,
        portrait.start.isoformat(),
        portrait.end.isoformat(),
        guard(portrait.territory),
        mark(portrait).lower(),
    )
    for table in portrait.tables:
        for line in _lines(table, language):
            writer.writerow([*limits, *line])
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def heading() -> list[str]:
    """The names of the columns."""
    return [
        *(_("programme"), _("du"), _("au"), _("territoire"), _("portée")),
        *(_("tableau"), _("titre"), _("code"), _("libellé"), _("colonne"), _("nombre"), _("part")),
        *(_("dénominateur"), _("unité"), _("caché")),
    ]


def _lines(table: Table, language: str) -> Iterator[list[str]]:
    whole = _number(table.denominator, language)
    for row in table.rows:
        start = [table.id, guard(table.title), guard(row.code), guard(row.label)]
        hidden = "1" if is_hidden(row) else ""
        yield [*start, "", _number(row.count, language), _number(row.share, language), whole, table.unit, hidden]
        for column, count in zip(table.columns, row.counts, strict=False):
            cell_hidden = "1" if count is None else ""
            yield [*start, guard(column.code), _number(count, language), "", whole, table.unit, cell_hidden]


def _number(value: float | None, language: str) -> str:
    """All the digits, with the language's decimal mark and no separator of thousands."""
    if value is None:
        return ""
    text = repr(int(value)) if float(value).is_integer() else repr(float(value))
    return text.replace(".", ",") if language.startswith("fr") else text
