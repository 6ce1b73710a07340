"""Files with a line an answer (events of DHIS2): one line an intervention, one column a question."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import ngettext

from maillage.core.tabular import Row, Table
from maillage.core.tabular.cells import is_blank, to_text
from maillage.core.tabular.heading import key, titles

_ENTRY = {"event", "event id", "eventid", "evenement", "id intervention", "no intervention", "submission id", "id"}
_QUESTION = {"dataelement", "data element", "element", "question", "variable", "champ", "indicateur", "field"}
_ANSWER = {"value", "valeur", "reponse", "answer"}


def widened(table: Table) -> Table:
    """The table with a line an intervention when it has a line an answer, else the table as it is."""
    found = [_position(table.headers, names) for names in (_ENTRY, _QUESTION, _ANSWER)]
    if None in found:
        return table
    entry, question, answer = (index for index in found if index is not None)
    rows = list(table.rows())
    kept = [index for index in range(len(table.headers)) if index not in (question, answer)]
    questions = list(dict.fromkeys(to_text(row.cells[question]) for row in rows))
    questions = [name for name in questions if name]
    first: dict[str, Row] = {}
    answers: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        number = to_text(row.cells[entry]) or f"#{row.number}"
        first.setdefault(number, row)
        if not is_blank(row.cells[answer]):
            told = answers.setdefault(number, {}).setdefault(to_text(row.cells[question]), [])
            told.append(to_text(row.cells[answer]))
    wide = [_wide(row, kept, questions, answers.get(number, {})) for number, row in first.items()]
    headers = [table.headers[index] for index in kept] + questions
    note = ngettext(
        "Le fichier a une ligne par réponse : elles sont réunies en {n} intervention.",
        "Le fichier a une ligne par réponse : elles sont réunies en {n} interventions.",
        len(wide),
    ).format(n=len(wide))

    def open_rows() -> Iterator[Row]:
        return iter(wide)

    return replace(table, headers=titles(headers, len(headers)), open_rows=open_rows, notes=[*table.notes, note])


def _position(headers: list[str], names: set[str]) -> int | None:
    return next((index for index, title in enumerate(headers) if key(title) in names), None)


def _wide(row: Row, kept: list[int], questions: list[str], answers: dict[str, list[str]]) -> Row:
    told: list[Any] = [" ; ".join(answers.get(name, [])) for name in questions]
    return Row(row.number, [row.cells[index] for index in kept] + told)
