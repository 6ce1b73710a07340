"""The primary rules, case by case as the document tells them."""

import numpy as np

from maillage.tables.disclosure import Cells, Thresholds, carries_all, primary


def one(count: float, **columns: object) -> tuple[tuple[str, ...], float, float]:
    made = primary(Cells(np.array([count]), **columns))  # type: ignore[arg-type]
    assert made.unsafe[0] == any(code != "share" for code in made.reasons[0])
    return made.reasons[0], made.below[0], made.above[0]


def test_small_counts_may_be_nobody_or_reach_the_threshold() -> None:
    assert one(0) == ((), 0, 0)
    assert one(3) == (("count",), 3, 2)
    assert one(5) == ((), 0, 0)
    assert one(7, sensitive=True) == (("sensitive",), 7, 3)
    assert one(3, sensitive=True) == (("count",), 3, 7)
    assert one(10, sensitive=True) == ((), 0, 0)


def test_few_workers_or_organizations_and_one_that_dominates() -> None:
    assert one(200, workers=4) == (("workers",), 20, 20)
    assert one(20, workers=4, organizations=2) == (("workers", "organizations"), 5, 5)
    assert one(200, workers=5, organizations=3, largest=0.8) == ((), 0, 0)
    assert one(200, largest=0.81) == (("dominance",), 20, 20)
    assert one(0, workers=0, organizations=0) == ((), 0, 0)


def test_a_waived_rule_does_not_apply() -> None:
    limits = Thresholds(waived=frozenset({"workers", "organizations", "dominance"}))
    made = primary(Cells(np.array([200.0, 3.0]), workers=1, organizations=1, largest=1.0), limits)
    assert made.unsafe.tolist() == [False, True]
    assert made.reasons == ((), ("count",))


def test_areas_zeros_and_shares() -> None:
    assert one(0, population=39) == (("area",), 0, 5)
    assert one(30, population=39) == (("area",), 5, 5)
    assert one(30, population=40) == ((), 0, 0)
    assert one(0, exclusive=True, denominator=12) == (("zero",), 0, 5)
    assert one(0, exclusive=True, denominator=40) == ((), 0, 0)
    assert one(0, denominator=12) == ((), 0, 0)
    assert one(12, alone=True) == (("zero",), 5, 0)
    assert one(8, denominator=9) == (("share",), 0, 0)
    made = primary(Cells(np.array([8.0, 3.0, 30.0]), denominator=np.array([9.0, 50.0, 50.0])))
    assert made.without_share.tolist() == [True, True, False]


def test_a_category_that_carries_all() -> None:
    count, margin = np.array([12.0, 0.0, 3.0]), np.array([12.0, 12.0, 9.0])
    assert carries_all(count, margin).tolist() == [True, False, False]
