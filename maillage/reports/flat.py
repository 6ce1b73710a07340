"""Portraits as one long table in CSV, as a French spreadsheet opens it: semicolons, decimal comma, UTF-8 marked."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from maillage.core.tabular import guard
from maillage.statistics.attack_report import Deduction
from maillage.statistics.portrait import Portrait, Table
from maillage.statistics.presentation import is_hidden
from maillage.statistics.publication import Publication

from .words import mark

BYTE_ORDER_MARK = "\ufeff"


def write_csv(portrait: Portrait, language: str) -> bytes:
    """One line for each figure; see `docs/reference/portrait-files.md` for the columns."""
    start = [*_limits(portrait), guard(portrait.territory), mark(portrait).lower()]
    return _written(heading(), ([*start, *line] for table in portrait.tables for line in _lines(table, language)))


def write_publication_csv(publication: Publication, language: str) -> bytes:
    """One line for each figure of each territory; see `docs/reference/release-files.md`."""
    release = publication.release
    head = [_("publication"), _("version"), *_limit_names(), _("nom du territoire"), *_figure_names()]
    numbers = [str(release.number), str(release.version)]
    lines = (
        [*numbers, *_limits(portrait), guard(portrait.territory), guard(portrait.territory_name), *line]
        for portrait in publication.portraits
        for table in portrait.tables
        for line in _lines(table, language)
    )
    return _written(head, lines)


def write_attack_csv(deductions: Iterable[Deduction], language: str) -> bytes:
    """One line for each hidden figure: between what and what an attacker can place it."""
    head = [_("tableau"), _("territoire"), _("nom du territoire"), _("code"), _("colonne"), _("libellé")]
    lines = (
        [
            *(line.table, guard(line.area), guard(line.area_name), guard(line.row), guard(line.column)),
            *(guard(line.label), _number(line.lowest, language), _number(line.highest, language)),
        ]
        for line in deductions
    )
    return _written([*head, _("minimum"), _("maximum")], lines)


def _written(head: list[str], lines: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(lines)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def heading() -> list[str]:
    """The names of the columns."""
    return [*_limit_names(), _("portée"), *_figure_names()]


def _limit_names() -> list[str]:
    return [_("programme"), _("du"), _("au"), _("territoire")]


def _figure_names() -> list[str]:
    return [
        *(_("tableau"), _("titre"), _("code"), _("libellé"), _("colonne"), _("nombre"), _("part")),
        *(_("dénominateur"), _("unité"), _("caché")),
    ]


def _limits(portrait: Portrait) -> tuple[str, str, str]:
    return portrait.program, portrait.start.isoformat(), portrait.end.isoformat()


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
