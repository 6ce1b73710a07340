"""Groupings: what they may never do, and that nothing better exists."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.projects.twinning import (
    Answer,
    Place,
    Question,
    Reason,
    by_roads,
    greedy,
    haversine_km,
    in_straight_line,
    left_out,
    solve,
)
from maillage.projects.twinning.question import STEP
from maillage.projects.twinning.reasons import told_number


@st.composite
def questions(draw: st.DrawFn, largest: int = 6) -> Question:
    """Small questions on a grid, where ties, empty places and places that cannot receive are frequent."""
    size = draw(st.integers(0, largest))
    points = draw(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=size, max_size=size))
    people = draw(st.lists(st.integers(0, 5), min_size=size, max_size=size))
    hosts = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    least = draw(st.integers(1, 8))
    most, limit = least + draw(st.integers(0, 5)), draw(st.integers(0, 6))
    travel = {
        (i, j): abs(points[i][0] - points[j][0]) + abs(points[i][1] - points[j][1]) * 0.5
        for i, j in product(range(size), repeat=2)
        if i != j
    }
    places = tuple(Place(key, people[key], hosts[key]) for key in range(size))
    return Question(places, least, most, float(limit), travel)


def every_rank(question: Question) -> Iterator[tuple[int, int]]:
    """What each way of placing everybody is worth, by trying them all."""
    keys = [place.key for place in question.places]
    for chosen in product([None, *keys], repeat=len(keys)):
        went = {key: host for key, host in zip(keys, chosen, strict=True) if host is not None}
        if any(went.get(host) != host or not question.by_key[host].hosts for host in went.values()):
            continue
        if any(k != h and question.travel[k, h] > question.limit for k, h in went.items()):
            continue
        sizes = [sum(question.by_key[k].interested for k in went if went[k] == h) for h in set(went.values())]
        if all(question.least <= size <= question.most for size in sizes):
            far = sum(
                question.by_key[k].interested * round(question.travel[k, h] * STEP) for k, h in went.items() if k != h
            )
            yield -sum(sizes), far


def holds(question: Question, answer: Answer) -> None:
    """No group above most, below least or beyond the limit; nobody in two groups; hosts receive."""
    placed = [key for group in answer.groups for key in group.places]
    assert len(placed) == len(set(placed))
    for group in answer.groups:
        assert group.host in group.places
        assert question.by_key[group.host].hosts
        assert question.least <= group.people <= question.most
        assert group.people == sum(question.by_key[key].interested for key in group.places)
        assert all(key == group.host or question.travel[key, group.host] <= question.limit for key in group.places)


@given(questions())
@settings(deadline=None, max_examples=150)
def test_groups_stay_within_bounds_and_are_never_worse_than_by_hand(question: Question) -> None:
    answer, by_hand = solve(question), greedy(question)
    holds(question, answer)
    holds(question, by_hand)
    assert answer.rank <= by_hand.rank


@given(questions(largest=5))
@settings(deadline=None, max_examples=80)
def test_nothing_better_exists(question: Question) -> None:
    answer = solve(question)
    assert answer.proven
    assert answer.rank == min(every_rank(question))


@given(questions())
@settings(deadline=None, max_examples=80)
def test_each_place_left_out_has_its_reason(question: Question) -> None:
    answer = solve(question)
    inside = {key for group in answer.groups for key in group.places}
    assert set(left_out(question, answer)) == {place.key for place in question.places} - inside


def asked(people: dict[int, int], travel: dict[tuple[int, int], float], **options: object) -> Question:
    """Up to six persons, ten kilometres, at least four; all receive unless `hosts` says which."""
    hosts = options.get("hosts", people)
    places = tuple(Place(key, number, key in hosts) for key, number in people.items())  # type: ignore[operator]
    return Question(places, 4, 6, 10.0, by_roads(travel, 1000.0))


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (asked({1: 2, 2: 2}, {(1, 2): 11}), Reason.ALONE),
        (asked({1: 2, 2: 1}, {(1, 2): 9}), Reason.TOO_FEW),
        (asked({1: 2, 2: 2}, {(1, 2): 9}, hosts=()), Reason.NO_HOST),
        (asked({1: 2, 2: 4}, {(1, 2): 11}, hosts=(2,)), Reason.ALONE),
        (asked({1: 4}, {}, hosts=()), Reason.NO_HOST),
        (asked({1: 7}, {}), Reason.TOO_MANY),
        (asked({1: 0, 2: 4}, {(1, 2): 9}), Reason.NOBODY),
        (asked({1: 3, 2: 3, 3: 1, 4: 1}, {(1, 2): 1, (1, 3): 5, (1, 4): 5}, hosts=(1,)), Reason.OTHERS),
    ],
)
def test_the_reason_is_the_nearest_one(question: Question, reason: Reason) -> None:
    answer = solve(question)
    assert reason in set(left_out(question, answer).values())


def test_a_place_that_nobody_can_find_says_so() -> None:
    question = asked({1: 2, 2: 4}, {})
    assert left_out(question, solve(question), unknown={1}) == {1: Reason.UNKNOWN}


def test_most_persons_come_before_least_travel() -> None:
    question = asked({1: 3, 2: 3, 3: 1}, {(1, 2): 10, (1, 3): 1, (2, 3): 9})
    answer = solve(question)
    assert (answer.served, answer.travel, answer.proven) == (6, 3 * 10 * STEP, True)


def test_time_that_runs_out_still_answers_within_the_bounds() -> None:
    far = {(i, j): abs(i - j) % 7 + 1.0 for i in range(40) for j in range(40) if i != j}
    question = Question(tuple(Place(key, key % 4 + 1) for key in range(40)), 8, 13, 4.0, far)
    answer = solve(question, seconds=0.0)
    holds(question, answer)
    assert answer.rank <= greedy(question).rank
    assert answer.served <= answer.most_served <= question.asked
    assert answer.least_travel <= answer.travel


def test_distances_are_those_of_the_sphere() -> None:
    levis, saint_georges = (46.8033, -71.1779), (46.1144, -70.6693)
    assert haversine_km(levis, saint_georges) == pytest.approx(86.0, abs=0.5)
    assert haversine_km(levis, levis) == 0
    assert set(in_straight_line({1: levis, 2: saint_georges}, 87.0)) == {(1, 2), (2, 1)}
    assert not in_straight_line({1: levis, 2: saint_georges}, 80.0)


def test_a_road_that_is_written_one_way_serves_both() -> None:
    assert by_roads({(1, 2): 5.0, (3, 1): 4.0, (1, 3): 6.0}, 5.5) == {(1, 2): 5.0, (2, 1): 5.0, (3, 1): 4.0}


@pytest.mark.parametrize(("least", "most"), [(0, 3), (4, 3)])
def test_an_impossible_size_is_refused(least: int, most: int) -> None:
    with pytest.raises(ValueError, match="least"):
        Question((), least, most, 1.0, {})


def test_a_reason_is_told_with_its_figure() -> None:
    question, every = asked({1: 2, 2: 1}, {(1, 2): 9}), {(1, 2): 9.0, (2, 1): 9.0}
    assert told_number(question, 1, Reason.TOO_FEW, every) == 3
    apart = asked({1: 2, 2: 2, 3: 2}, {(1, 2): 11, (1, 3): 30})
    assert told_number(apart, 1, Reason.ALONE, {(1, 2): 11.0, (1, 3): 30.0}) == 11
    assert told_number(asked({1: 2}, {}), 1, Reason.ALONE, {}) is None
    assert told_number(question, 1, Reason.OTHERS, every) is None
