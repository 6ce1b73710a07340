"""Which chart draws which table, and its data."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from maillage.core import typography
from maillage.statistics.hidden import HIDDEN, is_hidden
from maillage.statistics.portrait import Row, Table

from . import theme
from .bars import bars, strip
from .heat import heat
from .months import months
from .places import places

Spec = dict[str, Any]
KINDS: dict[str, Callable[[], Spec]] = {
    "bars": bars,
    "strip": strip,
    "months": months,
    "heat": heat,
    "places": places,
}
_STRIPS = ("nature", "persons_referred", "coverage", "contact_rank")


def kind_of(table: Table) -> str:
    """The kind of chart that draws `table`."""
    if table.columns:
        return "heat"
    if table.id == "monthly":
        return "months"
    whole = len(table.rows) == 2 and all(row.share is not None for row in table.rows)
    return "strip" if table.id in _STRIPS and whole else "bars"


@lru_cache(maxsize=1)
def templates() -> dict[str, Spec]:
    """Every kind of chart, without data, colours by name: what the page receives once."""
    return {kind: make() for kind, make in KINDS.items()}


def share_text(share: float | None, language: str) -> str:
    """A share as it is printed everywhere: whole, with one decimal where it would print as 0 %."""
    return typography.percent(share, 1 if share and share < 0.005 else 0, language)


def figure_text(row: Row, language: str) -> str:
    """What stands at the end of a bar: the share, or the count where there is no denominator."""
    if is_hidden(row) or row.count is None:
        return HIDDEN
    if row.share is not None:
        return share_text(row.share, language)
    return typography.number(row.count, 0, language)


def values(table: Table, language: str) -> list[dict[str, Any]]:
    """The data of the chart of `table`, whole."""
    if table.columns:
        return [
            {
                "i": i,
                "j": j,
                "row": row.label,
                "column": column.label,
                "value": row.counts[j],
                "text": HIDDEN if row.counts[j] is None else typography.number(row.counts[j], 0, language),
            }
            for i, row in enumerate(table.rows)
            for j, column in enumerate(table.columns)
        ]
    if kind_of(table) == "months":
        return [
            {"month": f"{row.code}-01", "value": row.count, "text": figure_text(row, language)} for row in table.rows
        ]
    return [
        {
            "i": i,
            "label": row.label,
            "text": figure_text(row, language),
            "value": _length(table, row),
            "depth": row.depth,
        }
        for i, row in enumerate(table.rows)
    ]


def compact(table: Table) -> list[Any]:
    """The figures that the page needs besides the table that stands beside the chart: no name, no text."""
    if table.columns:
        return [list(row.counts) for row in table.rows]
    if kind_of(table) == "months":
        return [[row.code, row.count] for row in table.rows]
    return [
        [
            _rounded(_length(table, row), row),
            row.depth,
            int(row.share is not None),
        ]
        for row in table.rows
    ]


def _length(table: Table, row: Row) -> float | None:
    """What a bar measures: the share where the table has shares, else the count; None where it is hidden."""
    if is_hidden(row):
        return None
    return row.share if any(other.share is not None for other in table.rows) else row.count


def _rounded(length: float | None, row: Row) -> float | None:
    return length if length is None or row.share is None else round(length, 4)


def standalone(spec: Spec, data: list[Any], width: int) -> Spec:
    """`spec` with its data and a width, coloured for paper: what a file draws."""
    whole = {"$schema": theme.SCHEMA, "width": width, "data": {"values": data}, "config": theme.config(), **spec}
    return theme.painted(whole, theme.PRINT)
