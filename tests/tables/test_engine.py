"""The engine against the naive reference, on random facts, changes and questions."""

import threading
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.tables.engine import MONTH, AtLeast, CrossTab, Days, Facts, OneOf, Store
from maillage.tables.engine import store as store_module
from maillage.tables.engine.reader import Reader

from .naive import SCHEMA, Visit, amount, batch, bears, in_numpy, units

KINDS = [f"k{i}" for i in range(4)]
TOPICS = [f"t{i:02d}" for i in range(70)]  # more than one mask word
TAGS = [f"g{i}" for i in range(5)]
NEEDS = ["n0", "n1", "n2"]
AREAS = ["a0", "a1", "a2"]


def some(codes: list[str]) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), st.sampled_from(codes))


def several(codes: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(codes), unique=True, max_size=3).map(tuple)


days = st.integers(0, 800).map(lambda n: date(2013, 11, 20) + timedelta(days=n))
referrals = st.fixed_dictionaries(
    {"destination": some(["health", "community"]), "need": some(NEEDS), "persons": st.integers(1, 9)}
)
visits = st.builds(
    Visit,
    key=st.integers(1, 40),
    day=days,
    program=st.sampled_from(["p1", "p2"]),
    area=some(AREAS),
    kind=some(KINDS),
    topic=several(TOPICS),
    tag=several(TAGS),
    persons=st.one_of(st.none(), st.integers(0, 50)),
    minutes=st.one_of(st.none(), st.integers(0, 500)),
    referrals=st.lists(referrals, max_size=3),
)
worlds = st.lists(visits, max_size=25, unique_by=lambda v: v.key)
changes = st.lists(st.tuples(worlds, st.lists(st.integers(1, 40), max_size=6, unique=True)), max_size=4)
conditions = st.lists(
    st.one_of(
        st.tuples(days, days).map(lambda pair: Days(min(pair), max(pair))),
        st.lists(st.sampled_from(AREAS), min_size=1).map(lambda codes: OneOf("area", tuple(codes))),
        st.sampled_from(["p1", "p2", "p3"]).map(lambda code: OneOf("program", (code,))),
        st.lists(st.sampled_from(TOPICS), min_size=1, max_size=9).map(lambda codes: OneOf("topic", tuple(codes))),
        st.lists(st.sampled_from([*KINDS, ""]), min_size=1).map(lambda codes: OneOf("kind", tuple(codes))),
        st.sampled_from(NEEDS).map(lambda code: OneOf("referral.need", (code,))),
        st.integers(0, 60).map(lambda value: AtLeast("persons", value)),
        st.sampled_from(["2014-01", "2015-02"]).map(lambda code: OneOf(MONTH, (code,))),
        st.integers(0, 20).map(
            lambda n: Days(date(2014 + n // 12, n % 12 + 1, 1), date(2015 + n // 12, n % 12 + 1, 1) - timedelta(days=1))
        ),
    ),
    max_size=3,
)

months = st.integers(0, 20).map(
    lambda n: Days(date(2013 + n // 12, n % 12 + 1, 1), date(2014 + n // 12, n % 12 + 1, 1) - timedelta(days=1))
)
whole_cells = st.tuples(  # questions that the cube may answer
    st.sampled_from(["p1", "p2"]).map(lambda code: OneOf("program", (code,))),
    st.one_of(months, st.just(OneOf(MONTH, ("2014-02", "2014-05"))), st.just(Days(date(2013, 1, 1), date(2017, 1, 1)))),
    st.lists(st.sampled_from(AREAS), min_size=1).map(lambda codes: OneOf("area", tuple(codes))),
).map(list)

TABS = [
    CrossTab("kind", "kind", measures=("persons",)),
    CrossTab("month", MONTH),
    CrossTab("area", "area", measures=("minutes", "persons")),
    CrossTab("tag", "tag", unions=(("g0", ("g0", "g1", "g2")),)),
    CrossTab("topic", "topic", unions=(("t00", tuple(TOPICS[:65])),)),
    CrossTab("tags", "tag", columns="tag", measures=("persons",)),
    CrossTab("month_of_measures", MONTH, measures=("minutes", "persons")),
    CrossTab("kind_tag", "kind", columns="tag", where=(OneOf("area", ("a0", "a1")),)),
    CrossTab("tag_of_kind", "tag", where=(OneOf("kind", ("k0", "k1")),), measures=("persons",)),
    CrossTab("need", "need", child="referral", where=(OneOf("destination", ("health",)),), measures=("persons",)),
    CrossTab("destination", "destination", child="referral", unions=(("health", ("health", "community")),)),
    CrossTab("need_destination", "need", columns="destination", child="referral"),
]


def check(facts: Facts, world: dict[int, Visit], where: list[Any], tabs: list[CrossTab] = TABS) -> None:
    """Every figure of every table equals the reference's."""
    answers = facts.ask(tabs, where)
    for tab in tabs:
        counts, kept = answers[tab.id], units(world.values(), tab, where)
        unions = dict(tab.unions)
        for measure in ("count", *tab.measures):
            assert counts.total(measure) == sum(amount(u, measure) for u in kept), (tab.id, measure)
            for row in counts.rows:
                held = [u for u in kept if bears(u, tab.rows, unions.get(row, (row,)))]
                assert counts.count(row, measure) == sum(amount(u, measure) for u in held), (tab.id, row, measure)
                for column in counts.columns:
                    both = [u for u in held if bears(u, tab.columns or "", (column,))]
                    assert counts.cell(row, column, measure) == sum(amount(u, measure) for u in both), (tab.id, row)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds, changes, st.lists(conditions, min_size=2, max_size=3), whole_cells, st.booleans(), st.booleans())
def test_figures_equal_the_naive_reference(
    start: list[Visit], steps: Any, questions: Any, whole: Any, merges: bool, numbers: bool
) -> None:
    given_as = (lambda visits: in_numpy(batch(visits))) if numbers else batch
    with TemporaryDirectory() as folder:
        store = Store(Path(folder), SCHEMA)
        follower = Facts(store)
        world = {visit.key: visit for visit in start}
        with store.writing() as writer:
            writer.rebuild([given_as(start)], epoch="e", cursor="0")
        follower.load()
        for number, (written, removed) in enumerate(steps, 1):
            keys = sorted({*(v.key for v in written), *removed})
            kept = [v for v in written if v.key not in removed]
            for key in keys:
                world.pop(key, None)
            world |= {v.key: v for v in kept}
            with store.writing() as writer:
                writer.publish([given_as(kept)], keys, cursor=str(number))
                if merges and number % 2:
                    writer.compact()
                    writer.clean(older_than=0)
            follower.load()
            check(follower, world, questions[number % len(questions)])
            check(follower, world, whole)
        newcomer = Facts(store)
        newcomer.load()
        for where in [*questions, whole]:
            check(newcomer, world, where)
            check(follower, world, where)
        newcomer.close()
        follower.close()


def test_deltas_are_merged_when_there_are_many(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(store_module, "MAX_DELTAS", 3)
    store = Store(tmp_path, SCHEMA)
    world: dict[int, Visit] = {}
    with store.writing() as writer:
        writer.rebuild([], epoch="e", cursor="0")
    follower = Facts(store)
    for number in range(1, 12):
        visit = Visit(key=number % 5 + 1, day=date(2014, 1, number), kind="k1", topic=(f"t{number}",), persons=number)
        world[visit.key] = visit
        with store.writing() as writer:
            writer.publish([batch([visit])], [visit.key], cursor=str(number))
        if number % 3 == 0:
            follower.load()
            check(follower, world, [])
    manifest = store.manifest()
    assert manifest is not None
    assert manifest.cursor == "11"
    assert len(manifest.segments) <= 5
    follower.load()
    check(follower, world, [])
    follower.close()


def test_whole_cells_are_answered_without_counting_the_facts(tmp_path: Path, monkeypatch: Any) -> None:
    store = Store(tmp_path, SCHEMA)
    world = {
        n: Visit(key=n, day=date(2014, 1 + n % 5, 1 + n % 27), program="p1", area=AREAS[n % 3], kind="k1", tag=("g1",))
        for n in range(1, 60)
    }
    with store.writing() as writer:
        writer.rebuild([batch(list(world.values()))], epoch="e", cursor="0")
    facts = Facts(store)
    facts.load()
    program = OneOf("program", ("p1",))
    spring = [program, Days(date(2014, 2, 1), date(2014, 3, 31)), OneOf("area", ("a1", "a2"))]
    check(facts, world, spring)

    def refuse(*_: Any) -> None:
        raise AssertionError("the facts were counted")

    monkeypatch.setattr(Reader, "answer", refuse)
    check(facts, world, spring)
    check(facts, world, [program, Days(date(2014, 1, 1), date(2030, 1, 1))])
    with pytest.raises(AssertionError, match="the facts were counted"):
        facts.ask(TABS, [program, Days(date(2014, 2, 10), date(2014, 3, 31))])
    moved = Visit(key=3, day=date(2014, 2, 3), program="p1", area="a1", kind="k2", tag=("g0", "g4"))
    world[3] = moved
    with store.writing() as writer:
        writer.publish([batch([moved])], [3], cursor="1")
    facts.load()
    check(facts, world, spring)
    facts.close()


def test_threads_that_ask_while_facts_are_published_see_whole_states(tmp_path: Path) -> None:
    store = Store(tmp_path, SCHEMA)
    with store.writing() as writer:
        writer.rebuild([], epoch="e", cursor="0")
    facts = Facts(store)
    facts.load()
    questions: list[list[Any]] = [[OneOf("program", ("p1",))], []]
    wrong: list[str] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            facts.load()
            for where in questions:
                answers = facts.ask([TABS[0], TABS[2]], where)
                totals = {answers["kind"].total(), answers["area"].total()}
                if len(totals) != 1 or totals.pop() % 2:  # each publication is of two facts
                    wrong.append(str(answers))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 20):
        pair = [Visit(key=number + extra, day=date(2014, 1, 5), program="p1", kind="k1") for extra in (0, 100)]
        with store.writing() as writer:
            writer.publish([batch(pair)], [visit.key for visit in pair], cursor=str(number))
    done.set()
    for thread in threads:
        thread.join()
    facts.load()
    assert wrong == []
    assert facts.ask(TABS, [])["kind"].total() == 38
    facts.close()
