"""What is proposed of a target: never better for a worse measure, the same upwards and downwards, in any unit."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from maillage.projects.targets import is_reached, verdict_of

FIGURES = st.decimals(min_value=-10_000, max_value=10_000, places=2, allow_nan=False, allow_infinity=False)
WAYS = st.sampled_from(["at_least", "at_most"])
ORDER = ["not_reached", "partly", "reached"]


@given(WAYS, FIGURES, FIGURES, st.none() | FIGURES)
def test_reached_is_at_the_target_or_beyond_and_nothing_else(way, target, value, began):
    beyond = value >= target if way == "at_least" else value <= target
    assert (verdict_of(way=way, target=target, value=value, began=began) == "reached") == beyond
    assert is_reached(way, target, value) == beyond


@given(WAYS, FIGURES, FIGURES, FIGURES, FIGURES)
def test_a_better_measure_never_has_a_worse_verdict(way, target, one, other, began):
    worse, better = sorted([one, other], reverse=way == "at_most")
    verdicts = [verdict_of(way=way, target=target, value=value, began=began) for value in (worse, better)]
    assert ORDER.index(verdicts[0]) <= ORDER.index(verdicts[1])


@given(WAYS, FIGURES, FIGURES, st.none() | FIGURES, st.integers(1, 1000))
def test_another_unit_changes_nothing(way, target, value, began, factor):
    scaled = None if began is None else began * factor
    said = verdict_of(way=way, target=target, value=value, began=began)
    assert said == verdict_of(way=way, target=target * factor, value=value * factor, began=scaled)


@given(FIGURES, FIGURES, FIGURES)
def test_what_came_down_without_reaching_its_target_is_reached_in_part(target, value, began):
    said = verdict_of(way="at_most", target=target, value=value, began=began)
    assert (said == "partly") == (target < value < began)
    assert (said == "not_reached") == (value > target and value >= began)


@given(FIGURES, FIGURES)
def test_downwards_nothing_is_proposed_without_knowing_where_it_started(target, value):
    said = verdict_of(way="at_most", target=target, value=value, began=None)
    assert said == ("reached" if value <= target else "")


def test_fewer_conflicts_are_not_read_as_a_failure():
    said = [verdict_of(way="at_most", target=Decimal(5), value=Decimal(n), began=Decimal(20)) for n in (4, 5, 12, 25)]
    assert said == ["reached", "reached", "partly", "not_reached"]
