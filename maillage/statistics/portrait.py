"""The portrait as an object: what pages, charts, files and the command line print. No query lives here."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

# The units that the JSON portrait promises; a table in another unit stands beside, under "more".
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
        shown["rows"] = self._rows()
        return shown

    def _rows(self) -> list[dict[str, Any]]:
        """Rows; where a unit stands in one row only, the parts of a row stand inside it, so that rows add up."""
        if self.multiple:
            return [self._row(row) for row in self.rows]
        found: list[dict[str, Any]] = []
        for row in self.rows:
            if row.depth and found:
                found[-1].setdefault("parts", []).append(self._row(row))
            else:
                found.append(self._row(row))
        return found

    def _row(self, row: Row) -> dict[str, Any]:
        shown: dict[str, Any] = {"code": row.code, "label": row.label, "count": row.count, "share": row.share}
        if self.columns:
            shown["counts"] = list(row.counts)
        if row.hidden:
            shown["hidden"] = True
        return shown


@dataclass(frozen=True, slots=True)
class Portrait:
    """All the tables of a programme for a period and a territory ("" for the whole).

    `protected` figures may be read by people outside the team; `rounded` ones are multiples of 5 besides, and a 0 among
    them may stand for a few.
    """

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
    rounded: bool = False

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
            "tables": [table.as_json() for table in self.tables if table.unit in UNITS],
            "more": [table.as_json() for table in self.tables if table.unit not in UNITS],
            "protected": self.protected,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """A row beside the same code of another portrait. `points` is the difference of shares (0.05 is five points)."""

    before: float | None
    before_share: float | None
    points: float | None


def differences(now: Portrait, before: Portrait) -> dict[str, dict[str, Difference]]:
    """For each table of both portraits, each row of `now` beside the row of `before` that bears the same code."""
    found: dict[str, dict[str, Difference]] = {}
    others = {table.id: {row.code: row for row in table.rows} for table in before.tables}
    for table in now.tables:
        rows = others.get(table.id)
        if rows is None or table.id == "monthly":
            continue
        found[table.id] = {row.code: _difference(row, rows.get(row.code)) for row in table.rows}
    return found


def _difference(row: Row, before: Row | None) -> Difference:
    if before is None:
        return Difference(None, None, None)
    comparable = row.share is not None and before.share is not None
    return Difference(before.count, before.share, row.share - before.share if comparable else None)  # type: ignore[operator]
