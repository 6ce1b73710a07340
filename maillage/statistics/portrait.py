"""The portrait as an object: what pages, charts, files and the command line print. No query lives here."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

UNITS = ("entries", "persons", "referrals", "hours", "sites")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. `share` is a fraction of the table's denominator, unrounded.

    `depth` is 0 for a root code and 1 for a part of the row above. A hidden figure has neither count nor share.
    In a two-way table `counts` holds one figure for each column, and `count` the row's own total.
    """

    code: str
    label: str
    count: float | None
    share: float | None
    depth: int = 0
    hidden: bool = False
    counts: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a two-way table."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the portrait. `multiple` says that one unit can stand in several rows (shares may pass 100 %)."""

    id: str
    title: str
    unit: str
    denominator: float | None
    multiple: bool
    rows: tuple[Row, ...]
    columns: tuple[Column, ...] = ()
    denominator_label: str = ""
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """The table as the contract of the JSON portrait says."""
        shown: dict[str, Any] = {
            "id": self.id,
            "title": self.title,
            "unit": self.unit,
            "denominator": self.denominator,
            "multiple": self.multiple,
        }
        if self.columns:
            shown["columns"] = [{"code": c.code, "label": c.label} for c in self.columns]
        shown["rows"] = [self._row(row) for row in self.rows]
        return shown

    def _row(self, row: Row) -> dict[str, Any]:
        shown: dict[str, Any] = {"code": row.code, "label": row.label, "count": row.count, "share": row.share}
        if self.columns:
            shown["counts"] = list(row.counts)
        if row.hidden:
            shown["hidden"] = True
        return shown


@dataclass(frozen=True, slots=True)
class Portrait:
    """All the tables of a programme for a period and a territory ("" for the whole)."""

    program: str
    program_name: str
    start: date
    end: date
    territory: str
    territory_name: str
    generated_at: datetime
    entries: int | None
    tables: tuple[Table, ...] = field(default=())
    protected: bool = False

    def table(self, id: str) -> Table:
        """The table with this id; `KeyError` where there is none."""
        for table in self.tables:
            if table.id == id:
                return table
        raise KeyError(id)

    def as_json(self) -> dict[str, Any]:
        """The portrait as the contract says."""
        return {
            "program": self.program,
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "territory": self.territory or None,
            "generated_at": self.generated_at.isoformat(),
            "entries": self.entries,
            "tables": [table.as_json() for table in self.tables],
        }
