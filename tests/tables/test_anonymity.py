"""Extracts: every class is a crowd, the generalisation is the cheapest there is, and always the same."""

from collections import defaultdict
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.tables.disclosure.anonymity import WITHHELD, Anonymized, Impossible, anonymize, losses_of
from maillage.tables.disclosure.classes import Sensitive, Trait
from maillage.tables.disclosure.lattice import TooManyNodes, nodes_of

K = 5


def trait(name: str, values: list[int], *levels: list[int], weight: float = 1.0) -> Trait:
    return Trait(name, np.array(values, dtype=np.int64), tuple(np.array(level) for level in levels), weight)


def written(traits: list[Trait], levels: Any) -> list[tuple[int, ...]]:
    """Each row as the file would show it."""
    columns = [t.levels[level][t.values] for t, level in zip(traits, levels, strict=True)]
    return [tuple(int(v) for v in row) for row in zip(*columns, strict=True)]


def holds(rows: list[int], sensitive: list[Sensitive], k: int) -> bool:
    """The demands on a class, written again from the document."""
    if len(rows) < k:
        return False
    for field in sensitive:
        values = {int(field.values[row]) for row in rows}
        if len(values) < field.diversity and (values != {0} or not field.empty_passes):
            return False
        if field.marks is not None and (field.marks[rows].sum(axis=0) > field.ceiling * len(rows)).any():
            return False
    return True


def failing(traits: list[Trait], sensitive: list[Sensitive], levels: Any, k: int, fixed: Any = None) -> int:
    """How many rows stand in classes that do not hold."""
    classes = defaultdict(list)
    for row, seen in enumerate(written(traits, levels)):
        classes[seen, None if fixed is None else int(fixed[row])].append(row)
    return sum(len(rows) for rows in classes.values() if not holds(rows, sensitive, k))


def by_force(traits: list[Trait], sensitive: list[Sensitive], k: int, share: float, fixed: Any = None) -> Any:
    """The cheapest node, by trying them all."""
    most = int(share * len(traits[0].values) + 1e-9)
    found = []
    for levels in product(*(range(len(t.levels)) for t in traits)):
        if failing(traits, sensitive, levels, k, fixed) <= most:
            loss = sum(t.weight * losses_of(t)[level] for t, level in zip(traits, levels, strict=True))
            found.append((round(loss, 6), sum(levels), levels))
    return min(found)[2] if found else None


@st.composite
def crowds(draw: Any) -> tuple[list[Trait], list[Sensitive], Any]:
    rows = draw(st.integers(12, 90))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    traits = [
        trait("a", list(random.integers(0, 6, rows)), list(range(6)), [0, 0, 1, 1, 2, 2], [0, 0, 0, 0, 1, 1], [0] * 6),
        trait("b", list(random.geometric(0.5, rows).clip(1, 4) - 1), [0, 1, 2, 3], [0, 1, 1, 1], [0] * 4, weight=3.0),
        trait("c", list(random.integers(0, 2, rows)), [0, 1], [0, 0]),
    ]
    marks = random.random((rows, 2)) < 0.3
    sensitive = [
        Sensitive("theme", random.integers(0, 4, rows), draw(st.integers(2, 3)), marks),
        Sensitive("site", random.integers(0, 5, rows), 3, empty_passes=False),
    ]
    fixed = random.integers(0, 2, rows) if draw(st.booleans()) else None
    return traits, sensitive, fixed


@settings(max_examples=120, deadline=None, derandomize=True)
@given(crowds(), st.sampled_from([0.0, 0.02, 0.05]))
def test_the_cheapest_node_that_holds(crowd: Any, share: float) -> None:
    traits, sensitive, fixed = crowd
    share = 0.0 if fixed is not None else share
    expected = by_force(traits, sensitive, K, share, fixed)
    try:
        found = anonymize(traits, sensitive, k=K, share_withheld=share, fixed=fixed)
    except Impossible:
        assert expected is None
        return
    assert found.levels == expected
    assert found.withheld == failing(traits, sensitive, found.levels, K, fixed)
    _holds_for_each_class(traits, sensitive, found, fixed)


def _holds_for_each_class(traits: list[Trait], sensitive: list[Sensitive], found: Anonymized, fixed: Any) -> None:
    classes = defaultdict(list)
    for row, seen in enumerate(written(traits, found.levels)):
        if found.classes[row] != WITHHELD:
            classes[seen, None if fixed is None else int(fixed[row])].append(row)
    assert all(holds(rows, sensitive, K) for rows in classes.values())
    assert found.smallest == min(len(rows) for rows in classes.values())
    assert len({int(found.classes[row]) for rows in classes.values() for row in rows}) == len(classes)


def _by_hand() -> tuple[list[Trait], list[str]]:
    """The thirteen rows of the document, five times over (k is never under 5)."""
    cells = {("A", 0): 4, ("A", 1): 2, ("A", 2): 1, ("B", 0): 3, ("B", 1): 1, ("B", 2): 2}
    rows = [cell for cell, count in cells.items() for _ in range(5 * count)]
    traits = [
        trait("tenure", [tenure for _mrc, tenure in rows], [0, 1, 2], [0, 1, 1], [0, 0, 0]),
        trait("mrc", [int(mrc == "B") for mrc, _tenure in rows], [0, 1], [0, 0]),
    ]
    return traits, [mrc for mrc, _tenure in rows]


def test_the_case_worked_by_hand() -> None:
    traits, mrc = _by_hand()
    found = anonymize(traits, k=15, share_withheld=0.0)
    assert found.levels == (1, 0)
    assert found.smallest == 15
    assert found.loss == pytest.approx((30.0, 0.0))
    assert losses_of(traits[1])[1] == pytest.approx(5 * 12.9445, abs=0.01)
    # « B, not omh » all have the need food: the next cheapest is taken.
    needs = np.array(
        [0 if m == "B" and t else i % 2 for i, (m, t) in enumerate(zip(mrc, traits[0].values, strict=True))]
    )
    found = anonymize(traits, [Sensitive("need", needs, empty_passes=False)], k=15, share_withheld=0.0)
    assert found.levels == (0, 1)
    # The first file was handed over: beside it, tenure cannot be told in full.
    earlier = anonymize(traits, k=15, share_withheld=0.0).classes
    assert anonymize(traits, k=15, share_withheld=0.0, fixed=earlier).levels == (1, 0)


def test_rare_rows_are_withheld_rather_than_all_generalised() -> None:
    traits = [trait("a", [0] * 99 + [1], [0, 1], [0, 0])]
    found = anonymize(traits, k=5, share_withheld=0.02)
    assert (found.levels, found.withheld) == ((0,), 1)
    assert found.classes[99] == WITHHELD
    assert anonymize(traits, k=5, share_withheld=0.0).levels == (1,)


def test_a_marked_term_never_fills_a_class() -> None:
    traits = [trait("a", [0] * 10 + [1] * 10, [0, 1], [0, 0])]
    values = np.array(list(range(20)))
    marks = np.zeros((20, 1), dtype=bool)
    marks[:9] = True
    field = Sensitive("theme", values, 2, marks)
    assert anonymize(traits, [field], k=5, share_withheld=0.0).levels == (1,)
    assert anonymize(traits, [Sensitive("theme", values, 2)], k=5, share_withheld=0.0).levels == (0,)


def test_a_field_left_empty_by_all_tells_nothing() -> None:
    traits = [trait("a", [0] * 10 + [1] * 10, [0, 1], [0, 0])]
    empty = np.array([0] * 10 + [1, 2] * 5)
    assert anonymize(traits, [Sensitive("need", empty)], k=5).levels == (0,)
    assert anonymize(traits, [Sensitive("need", empty, empty_passes=False)], k=5).levels == (1,)


def test_it_refuses_with_what_failed() -> None:
    with pytest.raises(Impossible) as refused:
        anonymize([trait("a", [0] * 4, [0], [0])], k=5)
    assert (refused.value.demand, refused.value.rows) == ("k", 4)
    same = Sensitive("need", np.ones(9, dtype=np.int64))
    with pytest.raises(Impossible) as refused:
        anonymize([trait("a", [0] * 9, [0], [0])], [same], k=5)
    assert refused.value.demand == "need"
    with pytest.raises(Impossible):
        anonymize([trait("a", [], [0])], k=5)


@pytest.mark.parametrize(
    "wrong",
    [
        {"k": 4},
        {"k": 5, "share_withheld": 0.06},
        {"k": 5, "share_withheld": 0.02, "fixed": np.zeros(9, dtype=np.int64)},
    ],
)
def test_what_is_never_done(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"k is 5|share"):
        anonymize([trait("a", [0] * 9, [0], [0])], **wrong)


def test_levels_that_do_not_nest() -> None:
    with pytest.raises(ValueError, match="nest"):
        anonymize([trait("a", [0, 1, 2] * 5, [0, 1, 2], [0, 0, 1], [0, 1, 1])], k=5)
    with pytest.raises(TooManyNodes):
        nodes_of([10] * 9)
