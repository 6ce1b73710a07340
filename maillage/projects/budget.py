"""Totals of a budget: pure and exact. What it costs, who pays it, what is missing between the two (docs/decisions/0048)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Protocol

from .amounts import CENT, ZERO
from .enums import BudgetSide, SourceKind


class Line(Protocol):
    """What a line of a budget says."""

    @property
    def side(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def amount(self) -> Decimal: ...

    @property
    def is_confirmed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a budget, in dollars: `cost`; `asked` of the fund; others in `money` and `in_kind`; what others `confirmed`."""

    cost: Decimal = ZERO
    asked: Decimal = ZERO
    money: Decimal = ZERO
    in_kind: Decimal = ZERO
    confirmed: Decimal = ZERO

    @property
    def others(self) -> Decimal:
        """What all others bring, in money and in kind."""
        return self.money + self.in_kind

    @property
    def sources(self) -> Decimal:
        """All that pays."""
        return self.asked + self.others

    @property
    def missing(self) -> Decimal:
        """What nobody pays yet; zero when the sources reach the cost."""
        return max(self.cost - self.sources, ZERO)

    @property
    def surplus(self) -> Decimal:
        """What the sources bring beyond the cost; zero when they do not pass it."""
        return max(self.sources - self.cost, ZERO)

    @property
    def balances(self) -> bool:
        """Whether the sources are the cost, to the cent."""
        return self.sources == self.cost

    @property
    def share(self) -> Decimal | None:
        """The part of the cost that is asked, a fraction; None without cost."""
        return self.asked / self.cost if self.cost else None

    @property
    def leverage(self) -> Decimal | None:
        """With how many dollars of others each dollar asked comes, to the cent; None when nothing is asked."""
        return (self.others / self.asked).quantize(CENT, ROUND_HALF_UP) if self.asked else None


def totals_of(lines: Iterable[Line]) -> Totals:
    """The totals of these lines."""
    cost = asked = money = in_kind = confirmed = ZERO
    for line in lines:
        if line.side == BudgetSide.COST:
            cost += line.amount
        elif line.kind == SourceKind.ASKED:
            asked += line.amount
        else:
            money += line.amount if line.kind == SourceKind.MONEY else ZERO
            in_kind += line.amount if line.kind == SourceKind.IN_KIND else ZERO
            confirmed += line.amount if line.is_confirmed else ZERO
    return Totals(cost, asked, money, in_kind, confirmed)


def passes_share(totals: Totals, most_share: int | None) -> bool:
    """Whether what is asked is more than `most_share` percent of the cost; compared in whole cents, without rounding."""
    return most_share is not None and totals.asked * 100 > totals.cost * most_share


def most_to_ask(cost: Decimal, most: Decimal | None, most_share: int | None) -> Decimal | None:
    """The largest amount that may be asked for this cost; None when nothing limits it."""
    limits = [most] if most is not None else []
    if most_share is not None:
        limits.append((cost * most_share / 100).quantize(CENT, ROUND_DOWN))
    return min(limits, default=None)
