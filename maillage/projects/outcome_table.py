"""The table of source 001: what a support measure gave, with what of others, to how many. Pure and exact.

`participants` are distinct persons and `participations` attendances: each has its own column and its own total, and no figure
adds one to the other. A project of two MRC stands in both of them and once in every total (docs/decisions/0049).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from .amounts import CENT, ZERO


class Row(NamedTuple):
    """A supported project. `others` are in money and in kind; amounts are the real ones when `is_actual`, else those planned."""

    key: int
    name: str
    mrcs: tuple[str, ...]
    year: int
    support: Decimal
    money: Decimal
    in_kind: Decimal
    cost: Decimal
    participants: int | None = None
    participations: int | None = None
    results: str = ""
    reached: str = ""
    is_actual: bool = False

    @property
    def gap(self) -> Decimal:
        """What the sources that are written lack to reach the cost (less than zero when they pass it)."""
        return self.cost - self.support - self.money - self.in_kind

    @property
    def leverage(self) -> Decimal | None:
        """With how many dollars of others each dollar of support came."""
        return leverage_of(self.support, self.money + self.in_kind)


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of some rows; `counted` and `attended` say over how many projects participants and participations are known."""

    projects: int = 0
    support: Decimal = ZERO
    money: Decimal = ZERO
    in_kind: Decimal = ZERO
    cost: Decimal = ZERO
    participants: int | None = None
    counted: int = 0
    participations: int | None = None
    attended: int = 0

    @property
    def leverage(self) -> Decimal | None:
        """With how many dollars of others each dollar of support came."""
        return leverage_of(self.support, self.money + self.in_kind)

    @property
    def share(self) -> Decimal | None:
        """The part of the cost that the support pays, from 0 to 1."""
        return self.support / self.cost if self.cost else None


@dataclass(frozen=True, slots=True)
class OutcomeTable:
    """Rows in order, their sums, and the sums by MRC and by year."""

    rows: Sequence[Row] = ()
    total: Sums = field(default_factory=Sums)
    by_mrc: Sequence[tuple[str, Sums]] = ()
    by_year: Sequence[tuple[str, Sums]] = ()

    @property
    def across(self) -> int:
        """How many projects stand in several MRC."""
        return sum(len(row.mrcs) > 1 for row in self.rows)

    @property
    def unbalanced(self) -> int:
        """For how many projects the sources that are written are not the cost."""
        return sum(bool(row.gap) for row in self.rows)

    @property
    def planned(self) -> int:
        """For how many projects the amounts are those of the budget: no report was accepted yet."""
        return sum(not row.is_actual for row in self.rows)


def leverage_of(support: Decimal, others: Decimal) -> Decimal | None:
    """Dollars of others for each dollar of support, to the cent; None without support."""
    return (others / support).quantize(CENT, ROUND_HALF_UP) if support else None


def sums_of(rows: Iterable[Row]) -> Sums:
    """The sums of these rows, in one pass."""
    support = money = in_kind = cost = ZERO
    projects = persons = counted = times = attended = 0
    for row in rows:
        projects += 1
        support += row.support
        money += row.money
        in_kind += row.in_kind
        cost += row.cost
        if row.participants is not None:
            persons += row.participants
            counted += 1
        if row.participations is not None:
            times += row.participations
            attended += 1
    known, told = persons if counted else None, times if attended else None
    return Sums(projects, support, money, in_kind, cost, known, counted, told, attended)


def table_of(rows: Iterable[Row], *, mrc: str = "", year: int | None = None) -> OutcomeTable:
    """The table of the rows of this MRC and year (all by default), by MRC then name."""
    kept = [row for row in rows if (not mrc or mrc in row.mrcs) and (year is None or row.year == year)]
    kept.sort(key=lambda row: (row.mrcs, row.year, row.name, row.key))
    return OutcomeTable(
        kept,
        sums_of(kept),
        _by(kept, lambda row: row.mrcs),
        _by(kept, lambda row: (str(row.year),)),
    )


def _by(rows: Sequence[Row], names: Callable[[Row], Sequence[str]]) -> list[tuple[str, Sums]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        for name in names(row):
            groups.setdefault(name, []).append(row)
    return [(name, sums_of(groups[name])) for name in sorted(groups)]
