"""Ties, measures and comparison of the web, from invented deeds: worked by hand, and properties that hold for any."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.concertation.network.comparison import compare
from maillage.concertation.network.deeds import Deed, Period
from maillage.concertation.network.measures import measure
from maillage.concertation.network.protection import floored, protected
from maillage.concertation.network.ties import at_least, step_of, touching, weave

# A table where four meet, a pair that meets again, and a school that one of them alone speaks with.
OFFICE, CLSC, CENTRE, TOWN, SCHOOL = range(1, 6)
SECTORS = {OFFICE: "housing_office", CLSC: "health", CENTRE: "community", TOWN: "municipal", SCHOOL: "education"}
DEEDS = [
    Deed("meeting", 1, (OFFICE, CLSC, CENTRE, TOWN)),
    Deed("meeting", 2, (OFFICE, CENTRE)),
    Deed("follow_up", 1, (OFFICE, CENTRE)),
    Deed("initiative", 1, (CENTRE, SCHOOL)),
    Deed("referral", (OFFICE, CLSC), (OFFICE, CLSC), 7),
    Deed("referral", (CLSC, OFFICE), (CLSC, OFFICE), 2),
]


def test_the_ties_of_a_small_web_are_those_worked_by_hand() -> None:
    ties = {tie.pair: tie for tie in weave(DEEDS)}
    assert set(ties) == {*combinations((OFFICE, CLSC, CENTRE, TOWN), 2), (CENTRE, SCHOOL)}
    both = ties[OFFICE, CENTRE]
    assert both.weight == pytest.approx(1 / 3 + 1 + 1)
    assert both.counts == {"meeting": 2, "follow_up": 1}
    assert both.times == 3
    referred = ties[OFFICE, CLSC]
    assert referred.counts == {"meeting": 1, "referral": 9}
    assert referred.weight == pytest.approx(1 / 3 + 2)
    assert referred.times == 2


def test_few_persons_referred_tie_nobody_for_who_may_not_know() -> None:
    few = [((1, 2), 3), ((2, 1), 1), ((1, 3), 5), ((4, 3), 34), ((3, 4), 1), ((5, 6), 212)]
    assert protected(few) == {(1, 3): 5, (3, 4): 20, (5, 6): 100}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine is no fault
@given(st.integers(0, 5000))
def test_the_step_shown_weighs_what_the_true_number_weighs(persons: int) -> None:
    assert floored(persons) <= persons
    assert step_of(floored(persons)) == (step_of(persons) if persons >= 5 else 0)


@pytest.mark.parametrize(
    ("persons", "step"),
    [(0, 0), (1, 1), (4, 1), (5, 2), (9, 2), (10, 3), (20, 4), (50, 5), (99, 5), (100, 6), (5000, 6)],
)
def test_referrals_weigh_by_steps(persons: int, step: int) -> None:
    assert step_of(persons) == step


def test_measures_of_a_small_web_are_those_worked_by_hand() -> None:
    found = measure(weave(DEEDS), SECTORS)
    by = {standing.organization: standing for standing in found.standings}
    assert {organization: standing.degree for organization, standing in by.items()} == {
        OFFICE: 3,
        CLSC: 3,
        CENTRE: 4,
        TOWN: 3,
        SCHOOL: 1,
    }
    # Only the centre stands between others: on the one shortest path of each of the three with the school, of 6 pairs.
    assert by[CENTRE].bridging == pytest.approx(3 / 6)
    assert [by[other].bridging for other in (OFFICE, CLSC, TOWN, SCHOOL)] == [0, 0, 0, 0]
    assert by[CENTRE].strength == pytest.approx(1 + 1 + 1 + 1)
    assert by[SCHOOL].sectors == ("community",)
    assert found.components == [5]
    assert found.density == pytest.approx(7 / 10)
    assert found.crossing_share == 1
    assert found.mixing["community", "education"].ties == 1


def test_two_webs_apart_are_two_components_and_what_one_does_alone_is_no_tie() -> None:
    found = measure(weave([Deed("meeting", 1, (1, 2, 3)), Deed("meeting", 2, (8, 9)), Deed("meeting", 3, (7, 7))]), {})
    assert found.components == [3, 2]
    assert {standing.organization for standing in found.standings} == {1, 2, 3, 8, 9}
    assert {standing.component for standing in found.standings if standing.organization > 3} == {2}
    assert found.crossing_share == 0


def test_an_empty_web_has_no_measure() -> None:
    found = measure([], {})
    assert (found.standings, found.components, found.density, found.crossing_share) == ([], [], 0, 0)


def test_new_ties_say_which_sectors_had_none() -> None:
    sectors = {1: "health", 2: "community", 3: "community", 4: "education", 5: "health"}
    before = weave([Deed("meeting", 1, (1, 2)), Deed("meeting", 2, (2, 3)), Deed("meeting", 3, (1, 5))])
    after = weave([Deed("meeting", 4, (1, 2)), Deed("meeting", 5, (3, 5)), Deed("meeting", 6, (2, 4))])
    change = compare(before, after, sectors)
    assert [(new.tie.pair, new.crosses, new.opens) for new in change.came] == [
        ((2, 4), True, True),
        ((3, 5), True, False),
    ]
    assert change.opened == [("community", "education")]
    assert (change.stayed, change.went, change.crossing) == (1, 2, 2)


def test_filters_keep_the_ties_that_they_name() -> None:
    ties = weave(DEEDS)
    assert {tie.pair for tie in touching(ties, {SCHOOL})} == {(CENTRE, SCHOOL)}
    assert {tie.pair for tie in at_least(ties, 3)} == {(OFFICE, CENTRE)}


def test_a_period_holds_its_two_ends() -> None:
    year = Period(date(2026, 4, 1), date(2027, 3, 31))
    assert year.holds(date(2026, 4, 1))
    assert year.holds(date(2027, 3, 31))
    assert not year.holds(date(2027, 4, 1))
    assert not year.holds(None)


deeds = st.lists(
    st.builds(
        Deed,
        st.sampled_from(["meeting", "follow_up", "initiative"]),
        st.integers(1, 30),
        st.lists(st.integers(1, 12), min_size=1, max_size=8).map(tuple),
    ),
    max_size=25,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine is no fault
@given(deeds)
def test_each_gives_one_to_what_it_took_part_in(some: list[Deed]) -> None:
    """The strength of an organization is the number of things it did with others, whatever their size."""
    gathered: dict[tuple[str, object], set[int]] = {}
    for deed in some:
        gathered.setdefault((deed.kind, deed.key), set()).update(deed.organizations)
    expected = {
        organization: sum(organization in present for present in gathered.values() if len(present) > 1)
        for organization in range(1, 13)
    }
    found = {standing.organization: standing.strength for standing in measure(weave(some), {}).standings}
    assert found == pytest.approx({key: value for key, value in expected.items() if value})


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine is no fault
@given(deeds, st.randoms(use_true_random=False))
def test_neither_order_nor_telling_twice_changes_the_web(some: list[Deed], chance: object) -> None:
    again = [*some, *some[:3]]
    chance.shuffle(again)  # type: ignore[attr-defined]
    one, other = weave(some), weave(again)
    assert {tie.pair: (pytest.approx(tie.weight), tie.counts) for tie in one} == {
        tie.pair: (tie.weight, tie.counts) for tie in other
    }


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine is no fault
@given(deeds)
def test_measures_agree_with_each_other(some: list[Deed]) -> None:
    sectors = {organization: ("health", "community", "education")[organization % 3] for organization in range(1, 13)}
    found = measure(weave(some), sectors)
    assert sum(standing.degree for standing in found.standings) == 2 * len(found.ties)
    assert sum(crossing.ties for crossing in found.mixing.values()) == len(found.ties)
    assert sum(found.components) == len(found.standings)
    for standing in found.standings:
        assert 0 <= standing.bridging <= 1
        assert 0 <= standing.outside <= 1 + 1e-9
        assert standing.sector not in standing.sectors
        assert bool(standing.sectors) == (standing.outside > 0)


def test_a_large_web_is_estimated_the_same_each_time_and_near_the_truth() -> None:
    """A chain of clubs: those that join two clubs bridge most, exactly or estimated."""
    clubs = [tuple(range(start, start + 11)) for start in range(0, 1500, 10)]
    ties = weave([Deed("meeting", number, club) for number, club in enumerate(clubs)])
    one, other = measure(ties, {}), measure(ties, {})
    assert one.is_estimated
    assert one.standings == other.standings
    best = sorted(one.standings, key=lambda standing: -standing.bridging)[:100]
    assert all(standing.organization % 10 == 0 for standing in best)
    assert best[0].bridging == pytest.approx(0.5, abs=0.05)
