"""The table of what a support measure gave, as files: CSV, a workbook, a PDF (PDF/UA-1)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.palette import PALETTE
from maillage.core.tabular.write import Sheet, write_xlsx
from maillage.core.typography import day, number
from maillage.core.typst import render_pdf

from .amounts import dollars
from .models import Fund
from .outcome_table import OutcomeTable, Sums

SOURCE = Path(__file__).parent / "documents" / "outcome.typ"
_MONEY = '#,##0.00\\ "$"'


def columns() -> list[str]:
    """Titles of the table; participants and participations are two things."""
    return [
        _("MRC"), _("Projet"), _("Année"), _("Participants (personnes)"), _("Participations (présences)"), _("Soutien"),
        _("Autres, en argent"), _("Autres, en biens et services"), _("Coût total"), _("Levier"), _("Montants"),
        _("Qui a été rejoint"), _("Principales retombées"),
    ]  # fmt: skip


def file_rows(table: OutcomeTable) -> Iterator[Sequence[Any]]:
    """A row a project, then the total: each project once."""
    for row in table.rows:
        yield (
            _(" et ").join(row.mrcs), row.name, row.year, row.participants, row.participations, row.support, row.money,
            row.in_kind, row.cost, row.leverage, _("réels") if row.is_actual else _("prévus"), row.reached, row.results,
        )  # fmt: skip
    sums = table.total
    yield (
        _("Total"), projects_said(sums), None, sums.participants, sums.participations, sums.support, sums.money,
        sums.in_kind, sums.cost, sums.leverage, "", "", "",
    )  # fmt: skip


def notes_of(table: OutcomeTable) -> list[str]:
    """What a reader has to know of the figures, in sentences."""
    told = [
        _("Participants : personnes différentes. Participations : présences ; la même personne y compte chaque fois.")
    ]
    sums = table.total
    if sums.projects:
        told.append(
            _("Participants connus pour %(counted)s projets sur %(all)s, participations pour %(attended)s sur %(all)s.")
            % {"counted": number(sums.counted), "attended": number(sums.attended), "all": number(sums.projects)}
        )
    if table.across:
        said = _("Projets de plusieurs MRC : %s. Chacun paraît dans ses MRC et compte une fois dans le total.")
        told.append(said % number(table.across))
    if table.planned:
        said = _("Projets dont les montants sont ceux du budget, sans rapport accepté : %s.")
        told.append(said % number(table.planned))
    if table.unbalanced:
        told.append(_("Projets dont les sources inscrites n'égalent pas le coût : %s.") % number(table.unbalanced))
    return told


def projects_said(sums: Sums) -> str:
    """How many projects these sums are of."""
    if sums.projects == 1:
        return _("1 projet")
    return _("%s projets") % number(sums.projects)


def leverage_said(leverage: Decimal | None) -> str:
    """The leverage in a sentence; nothing without support."""
    if leverage is None:
        return ""
    return _("Chaque dollar de soutien vient avec %s d'autres.") % dollars(leverage)


def workbook(fund: Fund, table: OutcomeTable) -> bytes:
    """The table, by MRC and by year, on three sheets."""
    money = dict.fromkeys(
        (_("Soutien"), _("Autres, en argent"), _("Autres, en biens et services"), _("Coût total")), _MONEY
    )
    notes = [fund.name, *notes_of(table)]
    sheets = [Sheet(_("Projets"), columns(), list(file_rows(table)), money, notes)]
    for name, head, groups in ((_("Par MRC"), _("MRC"), table.by_mrc), (_("Par année"), _("Année"), table.by_year)):
        titles = [
            head, _("Projets"), _("Participants (personnes)"), _("Participations (présences)"), _("Soutien"),
            _("Autres, en argent"), _("Autres, en biens et services"), _("Coût total"), _("Levier"),
        ]  # fmt: skip
        rows = [(title, *_summed(sums)) for title, sums in (*groups, (_("Total"), table.total))]
        sheets.append(Sheet(name, titles, rows, money, notes[:1]))
    return write_xlsx(sheets)


def document(fund: Fund, table: OutcomeTable, language: str) -> bytes:
    """The table as a PDF to hand over, dated of today."""
    now = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    sums = table.total
    content = {
        "language": language[:2], "colours": PALETTE["light"], "heading": _("Bilan de la mesure de soutien"),
        "fund": fund.name, "program": fund.program.name, "lead": leverage_said(sums.leverage),
        "as_of": _("Au %s") % day(now.date(), language), "columns": columns()[:10],
        "rows": [{"head": _(" et ").join(r.mrcs), "cells": _cells(r), "more": _more(r)} for r in table.rows],
        "total": {"head": _("Total"), "cells": [projects_said(sums), "", *_figures(sums)]},
        "notes": notes_of(table), "empty": _("Aucun projet soutenu."),
    }  # fmt: skip
    return render_pdf(SOURCE, content, when=now)


def _cells(row: Any) -> list[str]:
    return [row.name, str(row.year), *_figures(row)]


def _figures(one: Any) -> list[str]:
    amounts = [dollars(amount) for amount in (one.support, one.money, one.in_kind, one.cost)]
    return [number(one.participants), number(one.participations), *amounts, number(one.leverage, 2)]


def _more(row: Any) -> str:
    return " ".join(filter(None, [row.reached, " ".join(row.results.split())]))


def _summed(sums: Sums) -> tuple[Any, ...]:
    return (
        sums.projects, sums.participants, sums.participations, sums.support, sums.money, sums.in_kind, sums.cost,
        sums.leverage,
    )  # fmt: skip
