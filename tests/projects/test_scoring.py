"""What the scores of a committee come to."""

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from maillage.projects.scoring import share_of, summary_of


@dataclass(frozen=True)
class One:
    """A criterion."""

    pk: int
    most: int
    weight: int


@st.composite
def committees(draw: st.DrawFn) -> tuple[list[One], list[dict[int, int]]]:
    """Criteria and sheets, some of them not whole."""
    count = draw(st.integers(min_value=1, max_value=5))
    positive = st.integers(min_value=1, max_value=20)
    criteria = [One(pk, draw(positive), draw(positive)) for pk in range(count)]
    sheets = []
    for _member in range(draw(st.integers(min_value=0, max_value=5))):
        scored = draw(st.sets(st.sampled_from(range(count)))) if draw(st.booleans()) else set(range(count))
        sheets.append({pk: draw(st.integers(min_value=0, max_value=criteria[pk].most)) for pk in scored})
    return criteria, sheets


@given(committees())
def test_a_summary_is_a_share_of_whole_sheets_only(committee: tuple[list[One], list[dict[int, int]]]) -> None:
    criteria, sheets = committee
    summary = summary_of(sheets, criteria)
    whole = [sheet for sheet in sheets if len(sheet) == len(criteria)]
    assert summary.sheets == len(whole)
    assert (summary.share is None) == (not whole)
    if summary.share is not None:
        assert 0 <= summary.share <= 1
        # The weighted sum of the means is the mean of the weighted sums: nothing is rounded in between.
        weights = sum(one.weight for one in criteria)
        assert summary.share == sum(one.weight * summary.means[one.pk] / one.most for one in criteria) / weights


@given(committees(), st.integers(min_value=2, max_value=9))
def test_only_the_ratio_of_weights_counts(committee: tuple[list[One], list[dict[int, int]]], times: int) -> None:
    criteria, sheets = committee
    heavier = [One(one.pk, one.most, one.weight * times) for one in criteria]
    assert summary_of(sheets, criteria).share == summary_of(sheets, heavier).share


def test_a_worked_case() -> None:
    criteria = [One(1, 5, 1), One(2, 10, 3)]
    assert share_of({1: 5, 2: 0}, criteria) == Fraction(1, 4)
    assert share_of({1: 5}, criteria) is None
    assert summary_of([{1: 5, 2: 0}, {1: 0, 2: 10}, {1: 5}], criteria).share == Fraction(1, 2)
    assert summary_of([], []).share is None
