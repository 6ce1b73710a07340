"""Periods and territories that overlap: the pieces they make, and what these let anybody compute."""

import numpy as np
import pytest

from maillage.tables.disclosure import Relation, audit
from maillage.tables.disclosure.overlaps import linked, pieces

YEAR = range(12)
QUARTERS = [range(n, n + 3) for n in (0, 3, 6, 9)]


def test_a_year_and_three_quarters_give_the_fourth() -> None:
    assert pieces([YEAR, *QUARTERS[:3]]) == [tuple(quarter) for quarter in QUARTERS]


def test_the_audit_finds_the_fourth_quarter() -> None:
    relations = [Relation({0: 1, 1: -1, 2: -1, 3: -1, 4: -1})]  # the year is the sum of its four pieces
    seen = [40, 12, 11, 15, None]
    ends = {"lowest": [0] * len(seen), "highest": [np.inf] * len(seen)}
    assert audit(seen, relations, wanted={4: (0, 5)}, **ends).intervals == {4: (2, 2)}
    seen[2] = None
    assert audit(seen, relations, wanted={4: (0, 5)}, **ends).intervals == {4: (0, 13)}


def test_a_year_without_a_quarter_in_the_middle_is_one_piece() -> None:
    assert pieces([YEAR, QUARTERS[1]]) == [(0, 1, 2, 6, 7, 8, 9, 10, 11), (3, 4, 5)]


def test_pieces_of_months() -> None:
    assert pieces([range(12), [3, 4, 5], [4]]) == [(0, 1, 2, 6, 7, 8, 9, 10, 11), (3, 5), (4,)]


def test_overlapping_territories_are_cut_into_pieces() -> None:
    # An MRC (a, b, c) and a CLSC territory (c, d), in a region of five municipalities.
    found = pieces([{"a", "b", "c", "d", "e"}, {"a", "b", "c"}, {"d", "c"}])
    assert found == [("a", "b"), ("c",), ("d",), ("e",)]


def test_pieces_do_not_depend_on_the_order_of_a_set() -> None:
    names = [f"m{n}" for n in range(30)]
    assert pieces([set(names), set(names[:10])]) == pieces([names[::-1], names[9::-1]])


def test_only_what_overlaps_by_a_chain_is_linked() -> None:
    months = {"q1": range(3), "q2": range(3, 6), "year": range(12), "next": range(12, 15)}
    assert linked(list(months.values()), [4]) == [0, 1, 2]
    assert linked([range(3), range(6, 9)], [4]) == []


@pytest.mark.parametrize("seed", range(5))
def test_each_set_is_a_union_of_pieces_and_no_fewer_would_do(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sets = [set(range(a, a + n)) for a, n in zip(rng.integers(0, 30, 6), rng.integers(1, 12, 6), strict=True)]
    found = [set(piece) for piece in pieces(sets)]
    assert sum(map(len, found)) == len(set().union(*sets)), "une partition : chaque élément une fois"
    for one in sets:
        assert set().union(*(piece for piece in found if piece <= one)) == one
    held = [tuple(piece <= one for one in sets) for piece in found]
    assert len(set(held)) == len(found), "deux morceaux que les mêmes ensembles tiennent n'en font qu'un"
