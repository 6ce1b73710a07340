"""Periods and territories that overlap: pieces, differences, and what they let anybody compute."""

from datetime import date

import numpy as np
import pytest

from maillage.tables.disclosure import Relation, audit
from maillage.tables.disclosure.overlaps import agreeing, areas, linked, periods, pieces

YEAR = (date(2014, 1, 1), date(2014, 12, 31))
QUARTERS = [
    (date(2014, 1, 1), date(2014, 3, 31)),
    (date(2014, 4, 1), date(2014, 6, 30)),
    (date(2014, 7, 1), date(2014, 9, 30)),
    (date(2014, 10, 1), date(2014, 12, 31)),
]
MAY = (date(2014, 5, 1), date(2014, 5, 31))


def test_a_year_and_three_quarters_give_the_fourth() -> None:
    found = periods([YEAR, *QUARTERS[:3]])
    assert len(found.pieces) == 4
    (fourth,) = found.added[: found.remainders]
    assert [found.pieces[k] for k in fourth] == [(QUARTERS[3],)]
    values = found.values([40, 12, 11, 15])
    assert values[0] == 2
    # The differences of nested pairs that nobody published: the year without each published quarter.
    assert sorted(values[1:]) == [25, 28, 29]


def test_the_audit_finds_the_fourth_quarter() -> None:
    found = periods([YEAR, *QUARTERS[:3]])
    relations = found.relations(range(len(found.sets)))
    seen = [40, 12, 11, 15, *[None] * len(found.added)]
    ends = {"lowest": [0] * len(seen), "highest": [np.inf] * len(seen)}
    assert audit(seen, relations, wanted={4: (0, 5)}, **ends).intervals == {4: (2, 2)}
    seen[2] = None
    assert audit(seen, relations, wanted={4: (0, 5)}, **ends).intervals == {4: (0, 13)}


def test_a_year_without_a_quarter_in_the_middle_is_one_piece_in_two_runs() -> None:
    found = periods([YEAR, QUARTERS[1]])
    assert ((QUARTERS[0]), (date(2014, 7, 1), date(2014, 12, 31))) in found.pieces
    assert found.remainders == len(found.added) == 1, "la différence est le morceau : elle n'est pas comptée deux fois"


def test_a_month_a_quarter_and_a_year() -> None:
    found = periods([MAY, QUARTERS[1], YEAR])
    assert len(found.pieces) == 3
    assert found.remainders == 2
    assert found.values([3, 10, 40]).tolist() == [7, 30, 37]
    assert len(found.relations(range(len(found.sets)))) == 3


def test_the_whole_of_a_programme_and_its_years() -> None:
    years = [(date(n, 1, 1), date(n, 12, 31)) for n in (2013, 2014, 2015)]
    whole = (date(2013, 1, 1), date(2016, 3, 31))
    found = periods([whole, *years])
    (rest,) = found.added[: found.remainders]
    assert [found.pieces[k] for k in rest] == [((date(2016, 1, 1), date(2016, 3, 31)),)]


def test_periods_that_do_not_meet_say_nothing_of_each_other() -> None:
    found = periods(QUARTERS)
    assert found.added == ()
    assert found.relations(range(4)) == []


def test_the_same_period_twice_is_the_same_figure() -> None:
    found = periods([MAY, MAY])
    assert [r.coefficients for r in found.relations([0, 1])] == [{1: 1, 0: -1}]


def test_a_difference_that_needs_no_protection_is_left_out() -> None:
    found = periods([MAY, QUARTERS[1], YEAR])
    relations = found.relations([0, 1, 2, 3, 4, None])
    assert [set(r.coefficients) for r in relations] == [{1, 0, 3}, {2, 0, 3, 4}]


def test_overlapping_territories_are_cut_into_pieces() -> None:
    # An MRC (a, b, c) and a CLSC territory (c, d), in a region of five municipalities.
    found = areas([{"a", "b", "c", "d", "e"}, {"a", "b", "c"}, {"d", "c"}])
    assert sorted(found.pieces) == [("a", "b"), ("c",), ("d",), ("e",)]
    values = found.values([100, 60, 50])
    assert np.isnan(values[:4]).all(), "aucun morceau n'est connu d'avance : seules des sommes le sont"
    assert sorted(values[4:]) == [40, 50]
    nested = areas([{"a", "b", "c"}, {"a"}, {"b"}])
    assert nested.values([[60, 6], [50, 2], [7, 1]])[0].tolist() == [3, 3]


def test_pieces_do_not_depend_on_the_order_of_a_set() -> None:
    names = [f"m{n}" for n in range(30)]
    assert areas([set(names), set(names[:10])]) == areas([names[::-1], names[9::-1]])


def test_only_what_overlaps_by_a_chain_is_linked() -> None:
    months = {"q1": range(3), "q2": range(3, 6), "year": range(12), "next": range(12, 15)}
    assert linked(list(months.values()), [4]) == [0, 1, 2]
    assert linked([range(3), range(6, 9)], [4]) == []


def test_pieces_of_months() -> None:
    assert pieces([range(12), [3, 4, 5], [4]]) == [(0, 1, 2, 6, 7, 8, 9, 10, 11), (3, 5), (4,)]


def test_a_relation_that_corrections_broke_is_set_apart() -> None:
    relations = [Relation({0: 1, 1: -1, 2: -1}), Relation({0: 1, 1: -1}, equal=False)]
    assert agreeing(relations, [10, 7, 3]) == (relations, [])
    assert agreeing(relations, [10, 8, 3]) == (relations[1:], relations[:1])
    assert agreeing(relations, [7, 8, 3]) == ([], relations)


@pytest.mark.parametrize("seed", range(5))
def test_relations_hold_for_any_facts(seed: int) -> None:
    rng = np.random.default_rng(seed)
    months = [(date(2014, m, 1), date(2014, m, 28)) for m in range(1, 13)]
    chosen = [
        (months[a][0], months[min(11, a + n)][1])
        for a, n in zip(rng.integers(0, 11, 6), rng.integers(0, 6, 6), strict=True)
    ]
    found = periods(chosen)
    sizes = rng.integers(0, 9, len(found.pieces))
    values = [float(sum(sizes[list(pieces)])) for pieces in found.sets]
    _, broken = agreeing(found.relations(range(len(found.sets))), values)
    assert broken == []
    computed = found.values(values[: len(chosen)])
    had = ~np.isnan(computed)
    assert np.allclose(computed[had], np.array(values[len(chosen) :])[had])
