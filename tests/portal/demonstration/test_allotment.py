"""Exact totals, whatever chance does."""

import random

from hypothesis import given
from hypothesis import strategies as st

from maillage.portal.demonstration.allotment import choose, parts, share_out

SHARES = st.dictionaries(st.text(min_size=1, max_size=4), st.floats(0.001, 1), min_size=1, max_size=8)


@given(st.integers(0, 20_000), SHARES)
def test_parts_add_up_and_stay_within_one(total: int, shares: dict[str, float]) -> None:
    found = parts(total, shares)
    assert sum(found.values()) == total
    whole = sum(shares.values())
    assert all(abs(found[key] - total * share / whole) < 1 for key, share in shares.items())


@given(st.lists(st.floats(-3, 3), max_size=60), st.data())
def test_choose_takes_exactly_that_many(leaning: list[float], data: st.DataObject) -> None:
    count = data.draw(st.integers(0, len(leaning)))
    found = choose(random.Random(1), leaning, count)
    assert len(found) == count
    assert found <= set(range(len(leaning)))


@given(st.integers(0, 300), SHARES, st.integers(0, 2**32))
def test_share_out_keeps_the_parts(places: int, shares: dict[str, float], seed: int) -> None:
    found = share_out(random.Random(seed), shares, [{}] * places)
    wanted = {key: count for key, count in parts(places, shares).items() if count}
    assert {key: found.count(key) for key in set(found)} == wanted


def test_what_leans_is_taken_more_often() -> None:
    draw = random.Random(7)
    leaning = [2.0] * 500 + [0.0] * 500
    found = choose(draw, leaning, 500)
    assert sum(place < 500 for place in found) > 350


def test_same_seed_same_draw() -> None:
    first, again = (share_out(random.Random(3), {"a": 1.0, "b": 2.0}, [{}] * 30) for _ in range(2))
    assert first == again
