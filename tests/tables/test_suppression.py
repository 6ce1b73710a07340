"""Patterns are safe, wherever a linear programme written here looks; by brute force where that is possible."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from maillage.tables.disclosure import (
    FREE,
    NEVER_SHOWN,
    SHOWN_BEFORE,
    UNSAFE,
    Problem,
    Relation,
    Unprotectable,
    suppress,
)


def exposed(problem: Problem, hidden: np.ndarray) -> list[int]:
    """The figures that whoever knows all the others can tell more of than allowed: plain programmes, one by one."""
    unknown = hidden | (problem.status == NEVER_SHOWN)
    rows = np.zeros((len(problem.relations), problem.size))
    for number, relation in enumerate(problem.relations):
        for figure, coefficient in relation.coefficients.items():
            rows[number, figure] = coefficient
    equal = np.array([relation.equal for relation in problem.relations], dtype=bool)
    bounds = [
        (low, None if high == np.inf else high) if open_ else (value, value)
        for low, high, value, open_ in zip(problem.lowest, problem.highest, problem.values, unknown, strict=True)
    ]
    found = []
    for figure in np.flatnonzero((problem.below > 0) | (problem.above > 0)):
        for sign, reach in ((1.0, -problem.below[figure]), (-1.0, problem.above[figure])):
            cost = np.zeros(problem.size)
            cost[figure] = sign
            done = linprog(
                cost,
                A_ub=-rows[~equal] if (~equal).any() else None,
                b_ub=np.zeros((~equal).sum()) if (~equal).any() else None,
                A_eq=rows[equal] if equal.any() else None,
                b_eq=np.zeros(equal.sum()) if equal.any() else None,
                bounds=bounds,
            )
            assert done.status in (0, 3)
            if done.status == 0 and sign * done.x[figure] > sign * (problem.values[figure] + reach) + 1e-6:
                found.append(int(figure))
    return sorted(set(found))


def problem(values: list[float], relations: list[Relation], threshold: float = 5, **given: object) -> Problem:
    """Figures under the threshold are unsafe, the others free."""
    counts = np.array(values, dtype=float)
    unsafe = (counts > 0) & (counts < threshold)
    made = Problem(
        values=counts,
        weights=counts.copy(),
        status=np.where(unsafe, UNSAFE, FREE).astype(np.int8),
        below=np.where(unsafe, counts, 0),
        above=np.where(unsafe, threshold - counts, 0),
        lowest=np.zeros(len(counts)),
        highest=np.full(len(counts), np.inf),
        relations=relations,
    )
    for name, value in given.items():
        setattr(made, name, value)
    return made


@st.composite
def problems(draw: st.DrawFn, largest: int = 3) -> Problem:
    """A table with margins, perhaps a second one that shares its margin, an inequality, statuses of all kinds."""
    rows, columns = draw(st.integers(2, largest)), draw(st.integers(2, 3))
    inner = np.array(draw(st.lists(st.integers(0, 12), min_size=rows * columns, max_size=rows * columns)))
    grid = inner.reshape(rows, columns)
    full = np.vstack([np.hstack([grid, grid.sum(1, keepdims=True)]), np.append(grid.sum(0), grid.sum())])
    width = columns + 1
    number = np.arange(full.size).reshape(full.shape)
    values = full.ravel().astype(float).tolist()
    relations = [Relation({int(r[-1]): 1.0} | {int(c): -1.0 for c in r[:-1]}) for r in (*number, *number.T)]
    if draw(st.booleans()):  # several codes a unit: a part is not more than the whole
        values.append(float(draw(st.integers(0, int(full[0, -1])))))
        relations.append(Relation({width - 1: 1.0, len(values) - 1: -1.0}, equal=False))
    made = problem(values, relations)
    for figure in range(made.size):
        kind = draw(st.sampled_from([None] * 8 + [SHOWN_BEFORE, NEVER_SHOWN]))
        if kind is not None and made.status[figure] == FREE:
            made.status[figure] = kind
    return made


@settings(deadline=None, max_examples=150, derandomize=True)
@given(problems())
def test_what_is_hidden_is_safe(made: Problem) -> None:
    everything = (made.status == UNSAFE) | (made.status == FREE)
    lost = exposed(made, everything)
    if lost:
        with pytest.raises(Unprotectable) as refusal:
            suppress(made, method="fast")
        assert list(refusal.value.figures) == lost
        return
    pattern = suppress(made, method="fast")
    assert exposed(made, pattern.hidden) == []
    assert np.isin(made.status[pattern.hidden], (FREE, UNSAFE)).all()
    assert pattern.hidden[made.status == UNSAFE].all()
    assert pattern.weight == pytest.approx(made.weights[pattern.hidden].sum())
    assert pattern.bound <= pattern.weight


def lightest(made: Problem) -> float:
    """The weight of the lightest safe pattern: all patterns, from the lightest on. Those within an exposed one leak."""
    free = np.flatnonzero(made.status == FREE)
    patterns = [set(free[[bool(bits >> n & 1) for n in range(len(free))]].tolist()) for bits in range(1 << len(free))]
    leaking: list[set[int]] = []
    for chosen in sorted(patterns, key=lambda chosen: made.weights[list(chosen)].sum()):
        if any(chosen <= larger for larger in leaking):
            continue
        hidden = made.status == UNSAFE
        hidden[list(chosen)] = True
        if not exposed(made, hidden):
            return float(made.weights[hidden].sum())
        while True:  # as large a leaking pattern as comes easily
            more = next((f for f in free.tolist() if not hidden[f] and exposed(made, _with(hidden, f))), None)
            if more is None:
                break
            hidden[more] = True
        leaking.append(set(np.flatnonzero(hidden & (made.status == FREE)).tolist()))
    raise AssertionError("no safe pattern")


def _with(hidden: np.ndarray, figure: int) -> np.ndarray:
    more = hidden.copy()
    more[figure] = True
    return more


@settings(deadline=None, max_examples=25, derandomize=True)
@given(problems(largest=2))
def test_the_exact_pattern_is_the_lightest(made: Problem) -> None:
    if exposed(made, np.isin(made.status, (UNSAFE, FREE))):
        return
    pattern = suppress(made, method="exact", seconds=30)
    assert exposed(made, pattern.hidden) == []
    assert pattern.optimal
    assert pattern.weight == pytest.approx(lightest(made))
    assert pattern.bound == pytest.approx(pattern.weight)
    assert suppress(made, method="fast").weight >= pattern.weight - 1e-6


def test_a_search_that_has_no_time_left_gives_the_fast_pattern() -> None:
    numbers = np.arange(9).reshape(3, 3)
    lines = [Relation({int(line[-1]): 1.0} | {int(c): -1.0 for c in line[:-1]}) for line in (*numbers, *numbers.T)]
    made = problem([3, 9, 12, 8, 7, 15, 11, 16, 27], lines)
    pattern = suppress(made, method="exact", seconds=0)
    assert exposed(made, pattern.hidden) == []
    assert pattern.weight == suppress(made, method="fast").weight


@settings(deadline=None, max_examples=30, derandomize=True)
@given(problems())
def test_the_same_problem_has_the_same_pattern(made: Problem) -> None:
    if exposed(made, np.isin(made.status, (UNSAFE, FREE))):
        return
    pattern = suppress(made, method="fast")
    assert suppress(made, method="fast").hidden.tolist() == pattern.hidden.tolist()
