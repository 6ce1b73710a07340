"""From counts to the tables of the portrait: labels, order, shares, and the rows that stand at zero."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from maillage.tables.engine import COUNT, NONE, Counts

from .definitions import MONTHLY, PERSONS, TERRITORY, TableDefinition
from .portrait import Column, Row, Table
from .vocabularies import Vocabulary, Word

UNSPECIFIED = "unspecified"


def share_of(count: float | None, denominator: float | None) -> float | None:
    """`count` as a fraction of `denominator`; None when there is nothing to divide by."""
    return None if count is None or not denominator else count / denominator


def counted(definition: TableDefinition, counts: Counts, vocabularies: Mapping[str, Vocabulary]) -> Table:
    """A table that the facts alone give."""
    measure, scale = definition.measure, definition.scale
    vocabulary = definition.vocabulary(vocabularies)
    denominator = _scaled(counts.total(measure), scale)
    words = _shown(vocabulary, counts, measure, hide_unspecified=definition.multiple)
    rows = [_row(word, _scaled(counts.count(_code(word), measure), scale), denominator) for word in words]
    table = Table(
        id=definition.id,
        title=str(definition.title),
        unit=definition.unit,
        denominator=denominator,
        multiple=definition.multiple,
        rows=tuple(rows),
        denominator_label=str(definition.of),
    )
    return _crossed(table, words, counts) if definition.crossed else table


def _shown(vocabulary: Vocabulary, counts: Counts, measure: str, *, hide_unspecified: bool) -> list[Word]:
    """Words that are current or counted, then codes that the vocabulary does not know, then what has no code."""
    words = [word for word in vocabulary.words if word.is_current or counts.count(word.code, measure)]
    known = vocabulary.codes
    words += [Word(c, c) for c in counts.rows if c != NONE and c not in known and counts.count(c, measure)]
    if not hide_unspecified and counts.count(NONE, measure):
        words.append(Word(UNSPECIFIED, _("Non précisé")))
    return words


def _code(word: Word) -> str:
    return NONE if word.code == UNSPECIFIED else word.code


def _scaled(count: int, scale: float) -> float:
    return count if scale == 1 else round(count * scale, 2)


def _row(word: Word, count: float, denominator: float | None) -> Row:
    return Row(word.code, word.label, count, share_of(count, denominator), depth=1 if word.parent else 0)


def _crossed(table: Table, words: list[Word], counts: Counts) -> Table:
    rows = [replace(row, counts=tuple(counts.cell(row.code, column.code) for column in words)) for row in table.rows]
    return replace(table, rows=tuple(rows), columns=tuple(Column(word.code, word.label) for word in words))


def persons_referred(counts: Counts) -> Table:
    """Of the persons met in individual entries, how many were referred: by person, not by entry."""
    persons, referred = counts.total(PERSONS.measures[0]), counts.total(PERSONS.measures[1])
    lines = [Word("referred", _("Personnes référées")), Word("not_referred", _("Personnes non référées"))]
    return Table(
        id=PERSONS.id,
        title=_("Personnes référées"),
        unit="persons",
        denominator=persons,
        multiple=False,
        rows=(_row(lines[0], referred, persons), _row(lines[1], persons - referred, persons)),
        denominator_label=_("les personnes rejointes dans les interventions individualisées"),
    )


def territory(counts: Counts, divisions: Vocabulary, names: Mapping[str, str]) -> Table:
    """Entries by MRC: every MRC of the programme's territory, and any other where entries were written."""
    total = counts.total()
    others = [c for c in counts.rows if c != NONE and c not in divisions.codes and counts.count(c)]
    words = [*divisions.words, *(Word(code, names.get(code, code)) for code in others)]
    return Table(
        id=TERRITORY.id,
        title=_("Interventions par MRC"),
        unit="entries",
        denominator=total,
        multiple=False,
        rows=tuple(_row(word, counts.count(word.code), total) for word in words),
        denominator_label=_("toutes les interventions"),
    )


def monthly(counts: Counts, start: date, end: date) -> Table:
    """Entries of each month of the period."""
    total = counts.total()
    return Table(
        id=MONTHLY.id,
        title=_("Interventions par mois"),
        unit="entries",
        denominator=total,
        multiple=False,
        rows=tuple(_row(Word(code, code), counts.count(code, COUNT), total) for code in months(start, end)),
        denominator_label=_("toutes les interventions"),
    )


def months(start: date, end: date) -> Iterable[str]:
    """Codes « 2014-03 » of the months from that of `start` to that of `end`."""
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1)]
