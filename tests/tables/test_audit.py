"""The audit: worked cases by hand, then against the enumeration of all that is possible."""

import ast
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.tables import disclosure
from maillage.tables.disclosure import Relation
from maillage.tables.disclosure.audit import Audit, Contradiction, audit, integer_interval

ENDLESS = math.inf


def total(whole: int, *parts: int) -> Relation:
    return Relation({whole: 1.0, **dict.fromkeys(parts, -1.0)})


def look(
    figures: Sequence[float | None],
    relations: Sequence[Relation],
    wanted: dict[int, tuple[float, float]] | None = None,
    highest: float = ENDLESS,
    **how: bool,
) -> Audit:
    hidden = {i: (0.0, 0.0) for i, figure in enumerate(figures) if figure is None} if wanted is None else wanted
    size = len(figures)
    return audit(figures, relations, lowest=[0] * size, highest=[highest] * size, wanted=hidden, **how)


def test_one_hidden_figure_of_a_line_is_recomputed() -> None:
    found = look([10, 7, None], [total(0, 1, 2)], {2: (0, 5)})
    assert found.intervals == {2: (3, 3)}
    assert found.exposed == [2]


def test_two_hidden_figures_of_a_line_share_what_is_left() -> None:
    found = look([10, 7, None, None], [total(0, 1, 2, 3)], {2: (0, 3), 3: (0, 5)})
    assert found.intervals == {2: (0, 3), 3: (0, 3)}
    assert found.exposed == [3], "5 est impossible : il ne reste que 3"


def test_a_rectangle_is_as_wide_as_its_least_corner_allows() -> None:
    # 3 9 | 12      the hidden rectangle can turn: +t −t / −t +t, with 3 - t >= 0, 8 - t >= 0; 9 - t, 2 … on the way back
    # 8 2 | 10
    names = [None, None, 12, None, None, 10, 11, 11, 22]
    relations = [total(2, 0, 1), total(5, 3, 4), total(8, 6, 7), total(6, 0, 3), total(7, 1, 4), total(8, 2, 5)]
    found = look(names, relations)
    assert found.intervals == {0: (1, 11), 1: (1, 11), 3: (0, 10), 4: (0, 10)}
    assert found.programmes <= 8


def test_a_table_shown_beside_another_gives_what_neither_gives_alone() -> None:
    # Two tables of the same denominator, 20. In each, two figures are hidden; the figure "both" is in both tables.
    first, second = total(0, 1, 2, 3), total(0, 4, 2, 5)
    alone = look([20, None, None, 15], [total(0, 1, 2, 3)])
    assert alone.intervals == {1: (0, 5), 2: (0, 5)}
    together = look([20, None, None, 15, None, 18], [first, second])
    assert together.intervals == {1: (3, 5), 2: (0, 2), 4: (0, 2)}


def test_what_is_known_beforehand_counts() -> None:
    assert look([10, 7, None, None], [total(0, 1, 2, 3)], highest=2).intervals == {2: (1, 2), 3: (1, 2)}


def test_an_inequality_is_used() -> None:
    # A table in which one person can stand in several rows: each row is at most the denominator, all rows at least it.
    relations = [
        Relation({0: 1, 1: -1}, equal=False),
        Relation({0: 1, 2: -1}, equal=False),
        Relation({1: 1, 2: 1, 3: 1, 0: -1}, equal=False),
    ]
    assert look([12, None, 4, 3], relations).intervals == {1: (5, 12)}
    assert look([12, None, None, 3], relations).intervals == {1: (0, 12), 2: (0, 12)}


def test_a_figure_that_nothing_holds_stays_open() -> None:
    assert look([None, 5], []).intervals == {0: (0, ENDLESS)}
    found = look([None, None], [total(0, 1)])
    assert found.intervals == {0: (0, ENDLESS), 1: (0, ENDLESS)}
    assert found.exposed == []


def test_a_figure_that_is_shown_cannot_be_protected() -> None:
    found = look([10, 7, 3], [total(0, 1, 2)], {2: (0, 5)})
    assert (found.intervals, found.exposed) == ({2: (3, 3)}, [2])


def test_figures_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(Contradiction) as refused:
        look([10, 7, 2, None], [total(3, 0), total(0, 1, 2)])
    assert refused.value.relation == 1
    with pytest.raises(Contradiction):
        look([10, 12, None], [total(0, 1, 2)])
    # Each relation alone has a solution, all together have none.
    with pytest.raises(Contradiction):
        look([None, None, None, 7, 8], [total(3, 0, 1), total(4, 0, 1), total(3, 1, 2)], {0: (0, 0)})


def test_amounts_are_not_rounded() -> None:
    relations = [Relation({0: 2, 1: -1}), total(2, 0, 1)]
    assert look([None, None, 10], relations, whole=False).intervals[0] == pytest.approx((10 / 3, 10 / 3))
    halves = [Relation({0: 2, 1: 1, 2: -1})]
    assert look([None, None, 5], halves).intervals == {0: (0, 2), 1: (0, 5)}
    assert look([None, None, 5], halves, whole=False).intervals[0] == (0, 2.5)


def test_whole_numbers_can_say_more_than_the_programmes_do() -> None:
    """The documented limit: two odd rings of inequalities add up to three halves each, to one each in whole numbers."""
    rings = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)]
    relations = [Relation({6: 1, a: -1, b: -1}, equal=False) for a, b in rings]
    relations.append(total(7, *range(6)))
    figures = [None] * 6 + [1, None]
    assert look(figures, relations).intervals[7] == (0, 3)
    ends = {"lowest": [0] * 8, "highest": [ENDLESS] * 8}
    assert integer_interval(7, figures, relations, **ends) == (0, 2)


def test_the_audit_shares_nothing_with_the_suppression() -> None:
    """What the three files import of the room: each other, and the class that says what a relation is."""
    own = {"attacker", "extremes"}
    for name in ("audit", "attacker", "extremes"):
        tree = ast.parse((Path(disclosure.__file__).parent / f"{name}.py").read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                names = {alias.name for alias in node.names}
                assert node.module in own or (node.module, names) == ("problem", {"Relation"}), ast.unparse(node)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                assert "maillage" not in ast.unparse(node)


# Against enumeration ------------------------------------------------------------------------------------------------


def spans(figures: Sequence[float | None], relations: Sequence[Relation], top: int) -> dict[int, tuple[float, float]]:
    """The least and the most of each unknown figure among all whole figures, up to `top`, that fit: each is tried."""
    unknown = [i for i, figure in enumerate(figures) if figure is None]
    guesses = np.indices((top + 1,) * len(unknown)).reshape(len(unknown), -1)
    fits = np.ones(guesses.shape[1], dtype=bool)
    for relation in relations:
        sums = np.zeros(guesses.shape[1])
        for index, coefficient in relation.coefficients.items():
            figure = figures[index]
            sums += coefficient * (guesses[unknown.index(index)] if figure is None else figure)
        fits &= (sums == 0) if relation.equal else (sums >= 0)
    return {i: (guesses[k][fits].min(), guesses[k][fits].max()) for k, i in enumerate(unknown)}


@st.composite
def two_way(draw: st.DrawFn) -> tuple[list[float | None], list[Relation]]:
    """A 3 × 3 table with its margins, of which some inner figures are hidden."""
    inner = np.array(draw(st.lists(st.integers(0, 2), min_size=9, max_size=9))).reshape(3, 3)
    full = np.zeros((4, 4))
    full[:3, :3], full[3, :3], full[:3, 3], full[3, 3] = inner, inner.sum(0), inner.sum(1), inner.sum()
    figures: list[float | None] = full.ravel().tolist()
    places = [4 * i + j for i in range(3) for j in range(3)]
    for place in draw(st.lists(st.sampled_from(places), min_size=1, max_size=6, unique=True)):
        figures[place] = None
    rows = [total(4 * i + 3, *(4 * i + j for j in range(3))) for i in range(4)]
    return figures, rows + [total(12 + j, *(4 * i + j for i in range(3))) for j in range(4)]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(two_way())
def test_on_two_way_tables_the_audit_says_exactly_what_is_possible(
    case: tuple[list[float | None], list[Relation]],
) -> None:
    figures, relations = case
    assert look(figures, relations).intervals == spans(figures, relations, 6)


@st.composite
def linked(draw: st.DrawFn) -> tuple[list[float | None], list[Relation]]:
    """Figures under random sums and inequalities, each true of the values drawn."""
    values = [float(v) for v in draw(st.lists(st.integers(0, 2), min_size=5, max_size=5))]
    relations = []
    for _ in range(draw(st.integers(1, 4))):
        parts = draw(st.lists(st.integers(0, 4), min_size=2, max_size=3, unique=True))
        equal = draw(st.booleans())
        values.append(sum(values[i] for i in parts) + (0 if equal else draw(st.integers(0, 2))))
        relations.append(Relation({len(values) - 1: 1.0, **dict.fromkeys(parts, -1.0)}, equal=equal))
    hidden = draw(st.lists(st.integers(0, len(values) - 1), min_size=1, max_size=5, unique=True))
    return [None if i in hidden else value for i, value in enumerate(values)], relations


@settings(max_examples=80, deadline=None, derandomize=True)
@given(linked())
def test_on_linked_figures_the_audit_encloses_and_whole_numbers_agree(
    case: tuple[list[float | None], list[Relation]],
) -> None:
    figures, relations = case
    true = spans(figures, relations, 8)
    found = look(figures, relations, highest=8)
    size = len(figures)
    for index, (low, high) in true.items():
        assert found.intervals[index][0] <= low
        assert found.intervals[index][1] >= high
        ends = {"lowest": [0] * size, "highest": [8] * size}
        assert integer_interval(index, figures, relations, **ends) == (low, high)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(two_way(), st.integers(0, 3))
def test_a_quick_audit_exposes_the_same(case: tuple[list[float | None], list[Relation]], reach: int) -> None:
    figures, relations = case
    truth = look(figures, relations).intervals
    wanted = {i: (float(max(0, low - 1 + reach)), float(high - reach + 1)) for i, (low, high) in truth.items()}
    wanted = {i: (low, max(low, high)) for i, (low, high) in wanted.items()}
    quick, full = (look(figures, relations, wanted, thorough=thorough) for thorough in (False, True))
    assert quick.exposed == full.exposed
    for index, (low, high) in quick.intervals.items():
        assert full.intervals[index][0] <= low <= high <= full.intervals[index][1]
