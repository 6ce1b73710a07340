"""From a file to a report: prepared, analysed without writing anything, then written in one transaction."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.errors import Refused, require
from maillage.core.services import Outcome
from maillage.core.tabular import Row, Table
from maillage.core.tabular.cells import BadCell, is_month_first, to_day, to_text

from . import columns as matching
from .importer import Column, Examiner, Importer, Line, Problem

SHOWN = 300
SAMPLE = 8
Tick = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that could be read: its table, the layers it offers, and the columns proposed or asked."""

    table: Table
    layers: list[str]
    columns: dict[str, str]


@dataclass(slots=True)
class Analysis:
    """The lines of a file once examined."""

    lines: list[Line]
    examiner: Examiner
    remarks: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many lines by outcome."""
        found = Counter(line.outcome for line in self.lines)
        return {str(outcome): found[outcome] for outcome in Outcome}

    def refused(self) -> list[Line]:
        """Lines with a problem."""
        return [line for line in self.lines if line.problems]


def prepare(
    importer: Importer,
    path: Path,
    *,
    layer: str = "",
    asked: Mapping[str, str] | None = None,
    saved: Callable[[str], Mapping[str, str] | None] = lambda signature: None,
) -> Prepared:
    """Read the file and settle its columns: those asked, else those saved for the same titles, else recognized ones.

    Raises `Unreadable` for the file and `Refused` for a column that it does not have.
    """
    layers = importer.layers(path)
    table = importer.read(path, layer)
    if asked is None:
        asked = saved(matching.signature(importer.name, table.headers))
    if asked is None:
        return Prepared(table, layers, importer.refine(table, matching.propose(importer.fields, table)))
    known = {one.name for one in importer.fields}
    for name, title in asked.items():
        if name not in known:
            raise Refused(
                _("« {name} » n'est pas un champ de cet import. Champs : {fields}.").format(
                    name=name, fields=", ".join(sorted(known))
                )
            )
        if title and title not in table.headers:
            raise Refused(
                _("Le fichier n'a pas de colonne « {title} ». Colonnes : {columns}.").format(
                    title=title, columns=", ".join(table.headers[:20])
                )
            )
    return Prepared(table, layers, {name: title for name, title in asked.items() if title})


def analyse(
    importer: Importer, actor: Any, prepared: Prepared, options: Mapping[str, Any], tick: Tick = silent
) -> Analysis:
    """Examine every line; writes nothing. Raises `Refused` when the file as a whole is not what is expected."""
    require(importer.may(actor))
    table = prepared.table
    importer.check(table, prepared.columns)
    examiner = importer.examiner(actor, options, table, prepared.columns)
    examiner.columns = prepared.columns
    importer.check(table, prepared.columns, examiner.more)
    readers, remarks = _readers(importer, table, prepared.columns)
    further = [(table.headers.index(column.title), column) for column in examiner.more]
    lines: list[Line] = []
    for row in table.rows():
        line = _read_line(row, readers)
        _read_more(line, row, further)
        if not line.problems:
            examiner.examine(line)
        if line.problems:
            line.outcome = Outcome.REFUSED
        lines.append(line)
        if len(lines) % 200 == 0:
            tick(len(lines), 0)
    if not lines:
        raise Refused(_("Le fichier n'a que des titres : aucune ligne à importer."))
    examiner.finish(lines)
    for line in lines:
        if line.problems:
            line.outcome = Outcome.REFUSED
    return Analysis(lines, examiner, [*remarks, *examiner.notes])


def _readers(
    importer: Importer, table: Table, columns: Mapping[str, str]
) -> tuple[list[tuple[str, int, str, Callable[[Any], Any]]], list[str]]:
    """`(field, position, title, parser)` of the columns in use, and what was understood of the days."""
    position = {title: index for index, title in enumerate(table.headers)}
    readers: list[tuple[str, int, str, Callable[[Any], Any]]] = []
    remarks = []
    for one in importer.fields:
        title = columns.get(one.name)
        if not title:
            continue
        parse = one.parse
        if one.is_day and is_month_first([row.cells[position[title]] for row in table.rows()]):
            parse = partial(to_day, month_first=True)
            remarks.append(_("Dans la colonne « {title} », le mois vient avant le jour.").format(title=title))
        readers.append((one.name, position[title], title, parse))
    return readers, remarks


def _read_line(row: Any, readers: Sequence[tuple[str, int, str, Callable[[Any], Any]]]) -> Line:
    line = Line(row.number, {}, row.geometry)
    if row.remark:
        line.remarks.append(row.remark)
    for name, position, title, parse in readers:
        try:
            line.values[name] = parse(row.cells[position])
        except BadCell as bad:
            line.problems.append(Problem(title, str(bad)))
    return line


def _read_more(line: Line, row: Row, further: Sequence[tuple[int, Column]]) -> None:
    for position, column in further:
        try:
            line.more[column.name, column.code] = column.parse(row.cells[position])
        except BadCell as bad:
            line.problems.append(Problem(column.title, str(bad)))


def write(analysis: Analysis, *, accept_partial: bool = False, tick: Tick = silent) -> None:
    """Write what is new or changed, all or nothing; with `accept_partial`, good lines although others are refused."""
    if analysis.refused() and not accept_partial:
        raise Refused(refusal(analysis))
    todo = [line for line in analysis.lines if line.outcome in (Outcome.NEW, Outcome.CHANGED)]
    try:
        with transaction.atomic():
            analysis.examiner.apply(todo, tick)
    except IntegrityError as changed:
        raise Refused(
            _("Les données ont changé pendant l'import : rien n'a été écrit. Examinez le fichier de nouveau.")
        ) from changed


def refusal(analysis: Analysis) -> str:
    """The sentence that says that nothing was imported because lines are refused."""
    refused = len(analysis.refused())
    return ngettext(
        "{n} ligne est refusée : rien n'a été importé.", "{n} lignes sont refusées : rien n'a été importé.", refused
    ).format(n=refused)


def report(importer: Importer, prepared: Prepared, analysis: Analysis) -> dict[str, Any]:
    """What a page, a file or a command says of an analysis, as JSON. At most `SHOWN` problems are listed."""
    problems = [
        {"line": line.number, "title": line.title, "column": problem.column, "message": problem.message}
        for line in analysis.lines
        for problem in line.problems
    ]
    remarks = [
        {"line": line.number, "title": line.title, "message": message}
        for line in analysis.lines
        if not line.problems
        for message in line.remarks
    ]
    return {
        "importer": importer.name,
        "layer": prepared.table.name,
        "columns": prepared.columns,
        "notes": [*prepared.table.notes, *analysis.remarks],
        "rows": len(analysis.lines),
        "counts": analysis.counts(),
        "also": dict(analysis.examiner.also),
        "problems": problems[:SHOWN],
        "problems_total": len(problems),
        "remarks": remarks[:SHOWN],
        "remarks_total": len(remarks),
    }


def grouped(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Problems or remarks of a report, those that say the same of the same column in one, with their lines."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in entries:
        column = entry.get("column", "")
        group = found.setdefault(
            (column, entry["message"]),
            {"column": column, "message": entry["message"], "lines": [], "title": entry["title"]},
        )
        group["lines"].append(entry["line"])
    for group in found.values():
        group["count"] = len(group["lines"])
        group["lines"] = group["lines"][:10]
    return list(found.values())


def sample(table: Table) -> dict[str, Any]:
    """The titles and first rows of a table, as texts."""
    rows = [
        {"line": row.number, "cells": [to_text(cell)[:80] for cell in row.cells]}
        for row in islice(table.rows(), SAMPLE)
    ]
    return {"headers": table.headers, "rows": rows}
