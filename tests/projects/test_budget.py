"""Totals of a budget are exact, whatever its lines."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from maillage.projects.amounts import dollars
from maillage.projects.budget import most_to_ask, passes_share, totals_of


@dataclass(frozen=True)
class Line:
    side: str
    kind: str
    amount: Decimal
    is_confirmed: bool = False


cents = st.integers(0, 10**11).map(lambda n: Decimal(n).scaleb(-2))
kinds = st.sampled_from([("cost", ""), ("source", "asked"), ("source", "money"), ("source", "in_kind")])
lines = st.lists(st.builds(lambda k, a, c: Line(*k, a, c), kinds, cents, st.booleans()), max_size=20)


@given(lines)
def test_every_cent_is_in_one_total_and_one_only(found):
    totals = totals_of(found)
    assert totals.cost + totals.sources == sum(line.amount for line in found)
    assert totals.cost + totals.surplus == totals.sources + totals.missing
    assert totals.balances == (totals.missing == totals.surplus == 0)
    assert 0 <= totals.confirmed <= totals.others


@given(cents, st.integers(1, 100))
def test_the_most_that_may_be_asked_is_within_the_share_and_one_cent_more_is_not(cost, share):
    most = most_to_ask(cost, None, share)
    asked = totals_of([Line("cost", "", cost), Line("source", "asked", most)])
    more = totals_of([Line("cost", "", cost), Line("source", "asked", most + Decimal("0.01"))])
    assert not passes_share(asked, share)
    assert passes_share(more, share)


def test_the_table_of_the_source_has_its_leverage():
    totals = totals_of([
        Line("cost", "", Decimal(94_161)), Line("source", "asked", Decimal(41_300)), Line("source", "money", Decimal(52_861)),
    ])  # fmt: skip
    assert totals.balances
    assert totals.leverage == Decimal("1.28")
    assert totals_of([]).leverage is None
    assert totals_of([]).share is None


def test_amounts_are_printed_with_cents_only_when_there_are_some():
    assert dollars(Decimal(5500)) == "5\u202f500\u00a0$"
    assert dollars(Decimal("5500.50")) == "5\u202f500,50\u00a0$"
